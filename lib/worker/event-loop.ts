import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Logger } from 'pino'

const LOOK_MS = 5_000
const RESOLUTION_MS = 10
/** Past this, whatever else this thread has to do waits noticeably. */
const SLOW_MS = 50

export interface EventLoopWatch {
  /** The longest delay since it was asked last, in milliseconds. */
  worstMs(): number
  stop(): void
}

/** Measures how long this thread's event loop was held up, and logs what goes past 50 ms. */
export function watchEventLoop(log: Logger): EventLoopWatch {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delay.enable()
  let worst = 0
  const look = () => {
    const ms = Math.max(0, Math.round(delay.max / 1e6) - RESOLUTION_MS)
    if (ms > SLOW_MS) log.warn({ ms, p99Ms: Math.round(delay.percentile(99) / 1e6) }, 'the event loop was held up')
    worst = Math.max(worst, ms)
    delay.reset()
  }
  const timer = setInterval(look, LOOK_MS)
  return {
    worstMs() {
      const ms = worst
      worst = 0
      return ms
    },
    stop() {
      clearInterval(timer)
      delay.disable()
    },
  }
}
