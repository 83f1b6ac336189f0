import type { Clock } from '@/lib/ports/clock'
import { LONGEST_WAIT_MS, retryWaitMs } from './pace'
import { isNoAnswer } from './site-health'
import { Waker } from './waker'

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

export interface LaneHooks {
  readonly onDone: () => void
  readonly onError: (job: Job, error: unknown) => void
}

/** Runs the jobs of one lane, one at a time, the first due one of the list first, until `signal` is aborted. */
export function runLane(jobs: readonly Job[], clock: Clock, signal: AbortSignal, hooks: LaneHooks): Lane {
  const waker = new Waker(clock, signal)
  let failures = 0
  let notBefore = 0

  const loop = async () => {
    while (!signal.aborted) {
      const now = clock.now()
      const job = now < notBefore ? undefined : jobs.find((candidate) => candidate.nextAt <= now)
      if (job === undefined) {
        const next = Math.min(...jobs.map((candidate) => candidate.nextAt))
        await waker.sleep(Math.max(10, Math.max(next, notBefore) - now))
        continue
      }
      try {
        await job.run()
        failures = 0
        hooks.onDone()
      } catch (error) {
        hooks.onError(job, error)
        if (!isNoAnswer(error)) continue
        failures++
        const waitMs = retryWaitMs(failures, Math.random())
        // Three times its duration here too; but one that ran into a deadline only waited, and cost nothing.
        notBefore = clock.now() + Math.max(waitMs, Math.min(2 * (clock.now() - now), LONGEST_WAIT_MS))
      }
    }
  }

  return {
    wake() {
      notBefore = 0
      waker.wake()
    },
    done: loop(),
  }
}
