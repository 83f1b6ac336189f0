import type { Clock } from '@/lib/ports/clock'

interface Timer {
  readonly at: number
  readonly order: number
  readonly wake: () => void
}

/** A clock that stands until a test moves it. `advance` wakes sleepers one after the other, each at its own time. */
export interface ManualClock extends Clock {
  /** Lets `ms` pass; resolves when everything that was due has had its turn. */
  advance(ms: number): Promise<void>
}

/** Lets promises and callbacks that were woken do what they do before the next one is. */
const settle = async (): Promise<void> => {
  for (let i = 0; i < 3; i++) await new Promise<void>((resolve) => setImmediate(resolve))
}

function timers(start: number) {
  let now = start
  let order = 0
  const waiting = new Set<Timer>()
  const next = (): Timer | null => {
    let first: Timer | null = null
    for (const timer of waiting) {
      if (first === null || timer.at < first.at || (timer.at === first.at && timer.order < first.order)) first = timer
    }
    return first
  }
  return {
    now: () => now,
    next,
    moveTo(at: number) {
      now = Math.max(now, at)
    },
    fire(timer: Timer) {
      waiting.delete(timer)
      now = Math.max(now, timer.at)
      timer.wake()
    },
    sleep(ms: number, signal?: AbortSignal): Promise<void> {
      if (signal?.aborted === true || ms <= 0) return Promise.resolve()
      return new Promise((resolve) => {
        const wake = () => {
          signal?.removeEventListener('abort', wake)
          waiting.delete(timer)
          resolve()
        }
        const timer: Timer = { at: now + ms, order: order++, wake }
        waiting.add(timer)
        signal?.addEventListener('abort', wake)
      })
    },
  }
}

/** Time that moves only when `advance` is called. */
export function manualClock(start: number): ManualClock {
  const { now, next, moveTo, fire, sleep } = timers(start)
  return {
    now,
    sleep,
    async advance(ms) {
      const until = now() + ms
      await settle()
      for (let timer = next(); timer !== null && timer.at <= until; timer = next()) {
        fire(timer)
        await settle()
      }
      moveTo(until)
      await settle()
    },
  }
}

/** Time that jumps to the next sleeper whenever everybody sleeps: hours of waiting pass in no time, in order. */
export function virtualClock(start: number): ManualClock {
  const { now, next, moveTo, fire, sleep } = timers(start)
  let pumping = false
  const pump = async (): Promise<void> => {
    if (pumping) return
    pumping = true
    await settle()
    for (let timer = next(); timer !== null; timer = next()) {
      fire(timer)
      await settle()
    }
    pumping = false
  }
  const waited = (ms: number, signal?: AbortSignal): Promise<void> => {
    const slept = sleep(ms, signal)
    void pump()
    return slept
  }
  return {
    now,
    sleep: waited,
    async advance(ms) {
      const until = now() + ms
      await waited(ms)
      moveTo(until)
    },
  }
}
