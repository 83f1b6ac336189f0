import type { Logger } from 'pino'
import type { Clock } from '@/lib/ports/clock'
import { pruneChanges } from '@/lib/store/changes'
import type { Store } from '@/lib/store/database'
import { pruneFigures } from '@/lib/store/inventory-figures'

const PACE_MS = 600_000

/** Removes what nobody will ask for any more: rows that only say that something is new, and figures of long ago. */
export function startPruning(store: Store, clock: Clock, log: Logger): { stop(): void } {
  const prune = async () => {
    await pruneChanges(store)
    await pruneFigures(store, clock.now())
  }
  const timer = setInterval(() => {
    prune().catch((error: unknown) => log.warn({ error: String(error) }, 'old rows could not be removed'))
  }, PACE_MS)
  return { stop: () => clearInterval(timer) }
}
