import { type EngineWorld, engineWorld } from '../lab-tests/engine-world'
import { lab, rbd } from '../lab-tests/lab'
import { type LabWorld, labWorld, SITES } from '../lab-tests/lab-world'
import { table, writeResult } from '../soak/result-file'
import { versions } from '../soak/versions'
import { type Move, moveByEngine, moveByRbd, type Watched } from './moves'
import { helperProcesses } from './processor-time'
import { pollerCost, type RoundCosts, roundCosts } from './rounds'
import { timedPorts } from './timed-port'

const MODES = ['journal', 'snapshot'] as const
const EACH = 100

/** The helpers of this world, started by a first question: their time counts, and they live on. */
async function helpersOf(world: LabWorld): Promise<readonly number[]> {
  const before = helperProcesses()
  await Promise.all(SITES.map((site) => world.mirror(site).statuses('volumes')))
  return helperProcesses().filter((pid) => !before.includes(pid))
}

async function specsOf(prefix: string): Promise<readonly string[]> {
  const names = JSON.parse(await rbd('site-a', 'ls', 'volumes', '--format', 'json')) as string[]
  return names.filter((name) => name.startsWith(prefix)).map((name) => `volumes/${name}`)
}

/** The same images there and back: the engine goes first one way, `rbd` first the other. */
async function moves(world: EngineWorld, specs: readonly string[], watched: Watched): Promise<Move[]> {
  const found: Move[] = []
  const take = (move: Move) => {
    found.push(move)
    console.log(`${move.by} ${move.from} → ${move.to}: ${move.wallSec} s (demote ${move.demoteSec} s)`)
  }
  take(await moveByEngine(world, specs, 'site-a', 'site-b', watched))
  take(await moveByRbd(specs, 'site-b', 'site-a'))
  take(await moveByRbd(specs, 'site-a', 'site-b'))
  take(await moveByEngine(world, specs, 'site-b', 'site-a', watched))
  return found
}

const mean = (moved: readonly Move[], by: Move['by'], what: 'wallSec' | 'processorSec'): number => {
  const mine = moved.filter((move) => move.by === by).map((move) => move[what])
  return Math.round((mine.reduce((sum, one) => sum + one, 0) / mine.length) * 100) / 100
}

const ratio = (moved: readonly Move[]): number =>
  Math.round((mean(moved, 'engine', 'wallSec') / mean(moved, 'rbd', 'wallSec')) * 100) / 100

/** What reading costs, and failovers of bare images by the engine beside eight-wide `rbd`. */
export async function benchCeph(): Promise<void> {
  await lab('reset')
  console.log(`making ${MODES.length * EACH} images …`)
  for (const mode of MODES)
    await lab('make', `${EACH}`, '--mode', mode, '--prefix', `bench-${mode}`, '--size', '16M', '--data')
  await lab('wait')
  const startedAt = new Date()

  const reader = await labWorld()
  const readers = await helpersOf(reader)
  const rounds = await roundCosts(reader, readers)
  const poller = await pollerCost(reader, readers)
  await reader.close()
  console.log(`\n${roundTable(rounds)}\nthe whole poller, both sites: ${poller.percentOfACore} % of a core\n`)

  // A schedule that fires for two hundred images in the middle of a move would be measured too, in one and not the other;
  // and the manager of 16.2 has died of it.
  await lab('schedule-stop', 'site-a')
  let take: Watched['take'] = () => ({})
  const engine = await engineWorld((mirror) => {
    const timed = timedPorts(mirror)
    take = timed.take
    return timed.mirror
  })
  const watched: Watched = { helpers: await helpersOf(engine), take: () => take() }
  const byMode: Record<string, { ratio: number; engineSec: number; rbdSec: number; moves: Move[] }> = {}
  for (const mode of MODES) {
    const moved = await moves(engine, await specsOf(`bench-${mode}`), watched)
    const [engineSec, rbdSec] = [mean(moved, 'engine', 'wallSec'), mean(moved, 'rbd', 'wallSec')]
    byMode[mode] = { ratio: ratio(moved), engineSec, rbdSec, moves: moved }
  }
  await engine.close()

  const result = {
    date: startedAt.toISOString(),
    versions: versions(),
    rounds,
    poller,
    failover: { images: EACH, byMode },
  }
  writeResult('bench/results/bench.json', result)
  const rows = Object.entries(byMode).map(([mode, { engineSec, rbdSec, ratio: times }]) => [
    ...[mode, EACH, `${engineSec} s`, `${rbdSec} s`, `${times}`, times <= 1.2 ? 'yes' : 'NO'],
  ])
  console.log(`\n${roundTable(rounds)}`)
  console.log(
    `\n${table(['demote, prove, promote', 'images', 'engine', 'eight-wide rbd', 'times', 'at most 1.2'], rows)}`,
  )
  await lab('reset')
}

const roundTable = ({ images, helper, byCommand, bareCommand, helperShareOfBare }: RoundCosts): string =>
  table(
    [`one fast round, ${images} images, both sites`, 'wall', 'processor', 'share of bare rbd'],
    (
      [
        ['by the helper', helper, `${helperShareOfBare} (aim: at most 0.1)`],
        ['by command', byCommand, ''],
        ['rbd mirror pool status --verbose', bareCommand, '1'],
      ] as const
    ).map(([name, cost, share]) => [name, `${cost.wallMs} ms`, `${cost.processorMs} ms`, share]),
  )
