import { hostname } from 'node:os'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Logger } from 'pino'
import type { Clock } from '@/lib/ports/clock'
import type { Store } from '@/lib/store/database'
import { writeSummaries } from '@/lib/store/inventory-figures'

const BEAT_MS = 15_000
const LOOK_MS = 5_000
const RESOLUTION_MS = 10
/** Past this, renewing a lease and answering a look would wait noticeably. */
const SLOW_MS = 50

/**
 * A row that moves while the worker lives, so that pages can say when it does not, and says what held it up. Without it
 * a world in which every site is silent would look like a dead worker: nothing else changes there.
 */
export function startHeartbeat(store: Store, clock: Clock, log: Logger): { stop(): void } {
  const startedAt = clock.now()
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delay.enable()
  let worstMs = 0

  const look = () => {
    const ms = Math.max(0, Math.round(delay.max / 1e6) - RESOLUTION_MS)
    if (ms > SLOW_MS) log.warn({ ms, p99Ms: Math.round(delay.percentile(99) / 1e6) }, 'the event loop was held up')
    worstMs = Math.max(worstMs, ms)
    delay.reset()
  }
  const beat = () => {
    const json = JSON.stringify({ pid: process.pid, host: hostname(), startedAt, loopDelayMs: worstMs })
    worstMs = 0
    writeSummaries(store, [{ key: 'worker', json }], clock.now()).catch((error: unknown) =>
      log.error({ error: String(error) }, 'the heartbeat could not be written'),
    )
  }
  const timers = [setInterval(look, LOOK_MS), setInterval(beat, BEAT_MS)]
  beat()
  return {
    stop() {
      for (const timer of timers) clearInterval(timer)
      delay.disable()
    },
  }
}
