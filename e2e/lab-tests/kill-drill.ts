import { join } from 'node:path'
import { fraction } from '@/lib/simulator/random'
import { pause, primariesOf, until } from './lab'
import { labWorld } from './lab-world'
import { type Act, actLog, openAt, wrongs } from './recorded'
import { type RolesSeen, sampleRoles } from './role-sampler'
import { bundledWorker, startWorker, type WorkerProcess } from './worker-process'

/** All that the lab seeds and mirrors: both modes, and a clone with its parent in another pool. */
export const DRILLED = [
  ...['vol-journal-1', 'vol-journal-2', 'vol-snap-1', 'vol-snap-2', 'vol-clone-1'].map((name) => `volumes/${name}`),
  'images/img-base-1',
]

export interface Kill {
  readonly at: string
  readonly run: number
  readonly aim: 'a change that runs' | 'any time'
  /** Since this worker was started. */
  readonly afterMs: number
  /** Changes that ran at that moment, by the recorder; empty where there was none. */
  readonly during: readonly string[]
}

export interface DrilledRun {
  readonly run: number
  readonly from: string
  readonly to: string
  readonly state: string
  readonly seconds: number
  readonly kills: number
  readonly acts: number
  /** What the recorder and `rbd info` say against it; must be empty. */
  readonly wrongs: readonly string[]
}

export interface KillDrill {
  readonly seed: number
  readonly kills: readonly Kill[]
  readonly runs: readonly DrilledRun[]
  readonly roles: RolesSeen
}

interface DrillOptions {
  readonly seed: number
  readonly kills: number
  readonly perRun: number
  say(line: string): void
}

/**
 * Moves the images there and back as often as it takes, while the worker is killed at seeded moments and started again at
 * once. Judged from outside alone: by the recorder in the exec prefix, by librbd and by `rbd info`.
 */
export async function killDrill({ seed, kills: wanted, perRun, say }: DrillOptions): Promise<KillDrill> {
  const recordTo = join(process.env.TMPDIR ?? '/tmp', `antipode-recorded-${process.pid}-${seed}.log`)
  const world = await labWorld({ recordTo, changesPerCluster: 3 })
  const log = actLog(recordTo)
  const file = await bundledWorker()
  const sampler = await sampleRoles(`${recordTo}.roles`, DRILLED)
  let worker = startWorker(file, world.dir)
  const kills: Kill[] = []
  const runs: DrilledRun[] = []
  let direction: readonly [string, string] = ['site-a', 'site-b']
  try {
    while (kills.length < wanted) {
      const [from, to] = direction
      const run = runs.length + 1
      const id = await world.begin(from, to, DRILLED)
      const began = Date.now()
      const hasEnded = () => world.hasEnded(id)
      for (let count = 0; count < perRun && kills.length < wanted; count++) {
        const kill = await killOnce(worker, { seed, index: kills.length, run, log, hasEnded })
        if (kill === null) break
        kills.push(kill)
        say(
          `kill ${kills.length}/${wanted} in run ${run}: ${kill.during.join(', ') || `no change runs (${kill.afterMs} ms)`}`,
        )
        worker = startWorker(file, world.dir)
      }
      await until(hasEnded)
      const { state, reason } = await world.run(id)
      const acts = log.read().filter(({ startedAt }) => startedAt >= began)
      const against = [...wrongs(acts, DRILLED, from, to), ...(await wrongPrimaries(to))]
      const seconds = Math.round((Date.now() - began) / 1000)
      const mine = kills.filter((kill) => kill.run === run).length
      runs.push({ run, from, to, state, seconds, kills: mine, acts: acts.length, wrongs: against })
      say(
        `run ${run} from ${from} to ${to}: ${state} (${reason}) in ${seconds} s, ${mine} kills, ${acts.length} changes`,
      )
      if (state !== 'succeeded' || against.length > 0) break
      direction = [to, from]
    }
    await worker.stop()
    return { seed, kills, runs, roles: await sampler.stop() }
  } finally {
    await worker.kill()
    await sampler.stop().catch(() => undefined)
    await world.close()
  }
}

const wrongPrimaries = async (to: string): Promise<readonly string[]> => {
  const primaries = await Promise.all(DRILLED.map(primariesOf))
  return DRILLED.flatMap((image, index) => {
    const at = primaries[index] ?? []
    return at.length === 1 && at[0] === to ? [] : [`${image} is primary at ${at.join(' and ') || 'no site'}`]
  })
}

interface KillContext {
  readonly seed: number
  readonly index: number
  readonly run: number
  readonly log: { read(): readonly Act[] }
  hasEnded(): Promise<boolean>
}

/** Null where the run ended before its moment came. */
async function killOnce(worker: WorkerProcess, context: KillContext): Promise<Kill | null> {
  const { seed, index, run, log, hasEnded } = context
  const random = (what: number) => fraction(seed, index, what)
  // Most moments of a run are waits; the dangerous ones are those in which a command runs.
  const aim = random(0) < 0.85 ? 'a change that runs' : 'any time'
  const skip = Math.floor(random(1) * 7)
  const waitMs = aim === 'any time' ? 300 + random(2) * 4_000 : random(2) * 80
  let ended = false
  const watch = setInterval(
    () =>
      void hasEnded().then(
        (now) => {
          ended ||= now
        },
        () => undefined,
      ),
    200,
  )
  try {
    if (aim === 'a change that runs') {
      const isOpen = () => log.read().some(({ endedAt }) => endedAt === null)
      const started = () => log.read().filter(({ startedAt }) => startedAt > worker.startedAt).length
      await until(() => ended || (started() > skip && isOpen()), 5)
    }
    await until(() => ended || Date.now() - worker.startedAt > waitMs, 20)
    if (aim === 'a change that runs') await pause(waitMs)
  } finally {
    clearInterval(watch)
  }
  if (ended) return null
  const at = Date.now()
  await worker.kill()
  // Its start may have been written a moment after: what counts is what ran when it was killed.
  const during = openAt(log.read(), at).map(({ site, verb, target }) => `${site}: ${verb} ${target}`)
  return { at: new Date(at).toISOString(), run, aim, afterMs: at - worker.startedAt, during }
}
