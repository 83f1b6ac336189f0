import { hostname } from 'node:os'
import type { Logger } from 'pino'
import type { Clock } from '@/lib/ports/clock'
import type { Store } from '@/lib/store/database'
import { writeSummaries } from '@/lib/store/inventory-figures'
import type { EventLoopWatch } from './event-loop'

const BEAT_MS = 15_000

/**
 * A row that moves while the worker lives, so that pages can say when it does not, and says what held it up. Without it
 * a world in which every site is silent would look like a dead worker: nothing else changes there.
 */
export function startHeartbeat(store: Store, clock: Clock, log: Logger, loop: EventLoopWatch): { stop(): void } {
  const startedAt = clock.now()
  const beat = () => {
    const json = JSON.stringify({ pid: process.pid, host: hostname(), startedAt, loopDelayMs: loop.worstMs() })
    writeSummaries(store, [{ key: 'worker', json }], clock.now()).catch((error: unknown) =>
      log.error({ error: String(error) }, 'the heartbeat could not be written'),
    )
  }
  const timer = setInterval(beat, BEAT_MS)
  beat()
  return { stop: () => clearInterval(timer) }
}
