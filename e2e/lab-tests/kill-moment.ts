import { fraction } from '@/lib/simulator/random'
import { pause, until } from './lab'
import type { WorkerProcess } from './worker-process'

export interface Kill {
  readonly at: string
  readonly run: number
  readonly aim: 'a change that runs' | 'any time'
  /** Since this worker was started. */
  readonly afterMs: number
  /** Changes that ran at that moment, by what recorded them; empty where there was none. */
  readonly during: readonly string[]
}

/** Changes as they are recorded outside the app. */
export interface ChangesSeen {
  /** More than `skip` began after that moment, and this is one to aim at. */
  isDue(since: number, skip: number): boolean
  /** What ran at that moment, in words. */
  openAt(at: number): readonly string[]
}

interface Moment {
  readonly seed: number
  readonly index: number
  readonly run: number
  /** Of so many changes after its start one is aimed at. */
  readonly among: number
  readonly changes: ChangesSeen
  hasEnded(): Promise<boolean>
}

/** Kills the worker at its seeded moment; null where the run ended before that came. */
export async function killOnce(worker: WorkerProcess, moment: Moment): Promise<Kill | null> {
  const { seed, index, run, among, changes, hasEnded } = moment
  const random = (what: number) => fraction(seed, index, what)
  // Most moments of a run are waits; the dangerous ones are those in which a command runs.
  const aim = random(0) < 0.85 ? 'a change that runs' : 'any time'
  const skip = Math.floor(random(1) * among)
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
    if (aim === 'a change that runs') await until(() => ended || changes.isDue(worker.startedAt, skip), 5)
    await until(() => ended || Date.now() - worker.startedAt > waitMs, 20)
    if (aim === 'a change that runs') await pause(waitMs)
  } finally {
    clearInterval(watch)
  }
  if (ended) return null
  const at = Date.now()
  await worker.kill()
  // Its start may have been written a moment after: what counts is what ran when it was killed.
  return { at: new Date(at).toISOString(), run, aim, afterMs: at - worker.startedAt, during: changes.openAt(at) }
}
