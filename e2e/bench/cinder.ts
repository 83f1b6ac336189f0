import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { WAY_BACK } from '@/lib/domain/cloud-place'
import { judge } from '../lab-tests/cinder-judge'
import { BACKEND, type CinderLab } from '../lab-tests/cinder-lab'
import { lab, root } from '../lab-tests/lab'
import { SITES } from '../lab-tests/lab-world'
import { table, writeResult } from '../soak/result-file'
import { versions } from '../soak/versions'
import { type Became, becameOf, type Move, type Moved, moveByAntipode, moveByCinder } from './cinder-moves'
import { enable, GHOST, needClean, stage } from './cinder-stage'

const RESULT = 'bench/results/cinder.json'
const FILE = join(root, 'e2e', RESULT)
const VOLUMES = 50
/** As many are older than the ghost: Cinder takes the newest first, and stops demoting at the ghost. */
const OLDER = 25

interface Refused {
  readonly by: 'Antipode'
  readonly said: string
  /** By Cinder's API and `rbd info` at both clusters, before and after. */
  readonly changed: boolean
  readonly became: Became
}

interface Case {
  readonly what: string
  readonly moves: readonly Moved[]
  readonly refused?: Refused
  /** The way back, ordered when both sites live again and nothing is repaired. */
  readonly unrepaired?: Moved | Refused
}

type Route = Pick<Move, 'from' | 'to' | 'target'>
const THERE: Route = { from: 'site-a', to: 'site-b', target: BACKEND.target }
const BACK: Route = { from: 'site-b', to: 'site-a', target: WAY_BACK }

const say = (what: string, { by, from, to, servedSec, endedSec, became }: Moved): void =>
  console.log(
    `${what}: ${by} ${from} → ${to}: serves after ${servedSec} s${endedSec === null ? '' : `, ended after ${endedSec} s`}; ${JSON.stringify(became)}`,
  )

/** The same volumes there and back: Antipode goes first one way, Cinder alone the other. */
async function planned(): Promise<Case> {
  const what = 'planned'
  const { world, names, close } = await stage(VOLUMES)
  const moves: Moved[] = []
  const take = async (moved: Moved) => {
    say(what, moved)
    moves.push(moved)
    if (moved.by === 'Cinder alone') await enable()
    await needClean(names, moved.to)
  }
  await take(await moveByAntipode(world, { ...THERE, names }))
  await take(await moveByCinder(world, { ...BACK, names }))
  await take(await moveByCinder(world, { ...THERE, names }))
  await take(await moveByAntipode(world, { ...BACK, names }))
  await close()
  return { what, moves }
}

/** An order that Antipode has to refuse, with what it said; throws where it did not. */
async function refusedBy(world: CinderLab, what: string, move: Move): Promise<Refused> {
  const look = () => judge(SITES, move)
  const before = await look()
  const said = await world.refusalOf(world.intentOf(move.target))
  if (said === null) throw new Error(`${what}: Antipode did not refuse`)
  const after = await look()
  const changed = !isDeepStrictEqual(after, before)
  console.log(`${what}: Antipode refuses, ${changed ? 'BUT SOMETHING CHANGED' : 'nothing is changed'}: ${said}`)
  return { by: 'Antipode', said, changed, became: becameOf(after, move) }
}

/** One ghost among the volumes: Antipode has to refuse and to change nothing, then Cinder alone goes on with the same state. */
async function ghost(): Promise<Case> {
  const what = 'planned, one ghost in the way'
  const { world, names, close } = await stage(VOLUMES, OLDER)
  const move: Move = { ...THERE, names, without: [GHOST] }
  const refused = await refusedBy(world, what, move)
  const moved = await moveByCinder(world, move)
  say(what, moved)
  await close()
  return { what, moves: [moved], refused }
}

/** Site A dies, the backend goes to site B by force; then A is back, and the way back is ordered with nothing repaired. */
async function lost(by: Moved['by']): Promise<Case> {
  const what = 'the site dead'
  const { world, names, close } = await stage(VOLUMES)
  await lab('lose', 'site-a', '--kill')
  // It hangs on the dead site and keeps the lock of every image: nothing could be written to them, whoever promotes them.
  await lab('mirror-stop', 'site-b')
  const move: Move = { ...THERE, names, sites: ['site-b'] }
  const fence = { kind: 'power' as const, at: Date.now(), note: 'killed by the bench' }
  const moved = by === 'Antipode' ? await moveByAntipode(world, move, { lost: fence }) : await moveByCinder(world, move)
  say(what, moved)
  await lab('back', 'site-a')
  await lab('mirror-start', 'site-b')
  if (by === 'Cinder alone') {
    await enable()
    const back = await moveByCinder(world, { ...BACK, names })
    say('the way back, unrepaired', back)
    await close()
    return { what, moves: [moved], unrepaired: back }
  }
  const refused = await refusedBy(world, 'the way back, unrepaired', { ...BACK, names })
  await close()
  return { what, moves: [moved], unrepaired: refused }
}

const CASES: Readonly<Record<string, () => Promise<Case>>> = {
  planned,
  ghost,
  'lost-cinder': () => lost('Cinder alone'),
  'lost-antipode': () => lost('Antipode'),
}
export const CINDER_CASES: readonly string[] = Object.keys(CASES)

type Measured = Case & {
  readonly volumes: number
  readonly date: string
  readonly versions: ReturnType<typeof versions>
}

/**
 * The same volumes by Cinder's own failover_host and by Antipode: time, volumes left in error, images in split-brain. A case
 * that is measured alone leaves the results of the others as they are.
 */
export async function benchCinder(only: readonly string[]): Promise<void> {
  const measured: Record<string, Measured> = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {}
  for (const [name, take] of Object.entries(CASES)) {
    if (only.length > 0 && !only.includes(name)) continue
    const date = new Date().toISOString()
    measured[name] = { ...(await take()), volumes: VOLUMES, date, versions: versions() }
    // Case by case: a quarter of an hour's work must not hang on its last minute.
    writeResult(RESULT, measured)
  }
  await lab('reset')
  console.log(`\n${casesTable(CINDER_CASES.flatMap((name) => measured[name] ?? []))}`)
}

const HEAD = ['of 50 volumes', 'by', 'Cinder serves', 'ended, proven', 'in error', 'primary on both', 'machine busy']

function casesTable(cases: readonly Case[]): string {
  const moved = (what: string, { by, from, to, servedSec, endedSec, became, machine }: Moved) => [
    ...[`${what}, ${from} → ${to}`, by, `${servedSec} s`, endedSec === null ? '' : `${endedSec} s`],
    ...[became.inError, became.atBoth, `${machine.busyPercent} %`],
  ]
  const refused = (what: string, { by, changed, became }: Refused) => [
    ...[what, by, 'refused', changed ? 'CHANGED' : 'nothing changed', became.inError, became.atBoth, ''],
  ]
  const rows = cases.flatMap(({ what, moves, refused: no, unrepaired }) => [
    ...(no === undefined ? [] : [refused(what, no)]),
    ...moves.map((one) => moved(what, one)),
    ...(unrepaired === undefined
      ? []
      : 'said' in unrepaired
        ? [refused('back, nothing repaired', unrepaired)]
        : [moved('back, nothing repaired', unrepaired)]),
  ])
  return table(HEAD, rows)
}
