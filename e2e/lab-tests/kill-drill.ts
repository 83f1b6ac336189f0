import { type ChangesSeen, type Kill, killOnce } from './kill-moment'
import { until } from './lab'
import { type RolesSeen, sampleRoles } from './role-sampler'
import type { WorkerProcess } from './worker-process'

export interface DrilledRun {
  readonly run: number
  readonly from: string
  readonly to: string
  readonly state: string
  readonly seconds: number
  readonly kills: number
  readonly acts: number
  /** What was seen from outside against it; must be empty. */
  readonly wrongs: readonly string[]
}

export interface KillDrill {
  readonly seed: number
  readonly kills: readonly Kill[]
  readonly runs: readonly DrilledRun[]
  readonly roles: RolesSeen
}

export interface DrillOptions {
  readonly seed: number
  readonly kills: number
  readonly perRun: number
  say(line: string): void
}

/** What is moved there and back, and how it is judged from outside. */
export interface Drilled {
  /** `pool/name` of every image whose roles are watched all the time. */
  readonly images: readonly string[]
  readonly log: string
  readonly among: number
  readonly changes: ChangesSeen
  startWorker(): WorkerProcess
  /** Starts the move, when nothing is in its way. */
  begin(from: string, to: string): Promise<string>
  hasEnded(run: string): Promise<boolean>
  run(run: string): Promise<{ readonly state: string; readonly reason: string }>
  /** Of the run that began at `since`: how many changes it made, and what is wrong with them and with where it ended. */
  against(
    since: number,
    from: string,
    to: string,
  ): Promise<{ readonly acts: number; readonly wrongs: readonly string[] }>
}

/**
 * Moves there and back as often as it takes, while the worker is killed at seeded moments and started again at once. Judged
 * from outside alone.
 */
export async function drill(drilled: Drilled, { seed, kills: wanted, perRun, say }: DrillOptions): Promise<KillDrill> {
  const sampler = await sampleRoles(drilled.log, drilled.images)
  let worker = drilled.startWorker()
  const kills: Kill[] = []
  const runs: DrilledRun[] = []
  let direction: readonly [string, string] = ['site-a', 'site-b']
  try {
    while (kills.length < wanted) {
      const [from, to] = direction
      const run = runs.length + 1
      const since = Date.now()
      const id = await drilled.begin(from, to)
      const began = Date.now()
      const hasEnded = () => drilled.hasEnded(id)
      const { among, changes } = drilled
      for (let count = 0; count < perRun && kills.length < wanted; count++) {
        const kill = await killOnce(worker, { seed, index: kills.length, run, among, changes, hasEnded })
        if (kill === null) break
        kills.push(kill)
        const during = kill.during.join(', ') || `no change runs (${kill.afterMs} ms)`
        say(`kill ${kills.length}/${wanted} in run ${run}: ${during}`)
        worker = drilled.startWorker()
      }
      await until(hasEnded)
      const { state, reason } = await drilled.run(id)
      const { acts, wrongs } = await drilled.against(since, from, to)
      const seconds = Math.round((Date.now() - began) / 1000)
      const mine = kills.filter((kill) => kill.run === run).length
      runs.push({ run, from, to, state, seconds, kills: mine, acts, wrongs })
      say(`run ${run} from ${from} to ${to}: ${state} (${reason}) in ${seconds} s, ${mine} kills, ${acts} changes`)
      if (state !== 'succeeded' || wrongs.length > 0) break
      direction = [to, from]
    }
    await worker.stop()
    return { seed, kills, runs, roles: await sampler.stop() }
  } finally {
    await worker.kill()
    await sampler.stop().catch(() => undefined)
  }
}
