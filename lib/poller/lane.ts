import type { Clock } from '@/lib/ports/clock'
import { isNoAnswer } from './site-health'

/** A piece of work that comes again. Whoever runs sets its own `nextAt` (epoch milliseconds). */
export interface Job {
  readonly name: string
  nextAt: number
  /** One bounded piece. Throws what the port threw where nothing answered. */
  run(): Promise<void>
}

export interface Lane {
  /** Lets what is due run now, even where the lane was told to wait. */
  wake(): void
  done: Promise<void>
}

/** Between attempts at a site that does not answer: doubling, with jitter, so that sites do not beat in step. */
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000

/** Runs the jobs of one lane, one at a time, the first due one of the list first, until `signal` is aborted. */
export function runLane(
  jobs: readonly Job[],
  clock: Clock,
  signal: AbortSignal,
  onError: (job: Job, error: unknown) => void,
): Lane {
  let waker = new AbortController()
  let failures = 0
  let notBefore = 0

  const loop = async () => {
    while (!signal.aborted) {
      const now = clock.now()
      const job = now < notBefore ? undefined : jobs.find((candidate) => candidate.nextAt <= now)
      if (job === undefined) {
        waker = new AbortController()
        const next = Math.min(...jobs.map((candidate) => candidate.nextAt))
        await clock.sleep(Math.max(10, Math.max(next, notBefore) - now), AbortSignal.any([signal, waker.signal]))
        continue
      }
      try {
        await job.run()
        failures = 0
      } catch (error) {
        onError(job, error)
        if (!isNoAnswer(error)) continue
        failures++
        const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1)) * (0.75 + Math.random() / 4)
        // Never more often than three times its last duration, a deadline that passed included.
        notBefore = Math.max(clock.now() + waitMs, now + 3 * (clock.now() - now))
      }
    }
  }

  return {
    wake() {
      notBefore = 0
      waker.abort()
    },
    done: loop(),
  }
}
