import { LeaseLost } from '@/lib/ports/run-journal'
import type { EngineDeps } from './deps'
import { driveRun } from './run-loop'

export interface Engine {
  start(): void
  /** Starts nothing more and resolves when the runs in hand are let go. Acts in flight go on by themselves. */
  stop(): Promise<void>
}

/** Claims runs and carries them on, each on its own. */
export function createEngine(deps: EngineDeps): Engine {
  const controller = new AbortController()
  const { signal } = controller
  const live = new Set<Promise<void>>()
  let loop: Promise<void> | undefined

  async function carry(): Promise<boolean> {
    const lease = await deps.journal.claim(deps.worker, deps.leaseMs, deps.isGone)
    if (lease === null) return false
    await deps.point?.('claimed', lease.runId)
    const run = driveRun(deps, lease, signal)
      .then(() => deps.journal.release(lease))
      .catch(async (error: unknown) => {
        if (error instanceof LeaseLost) {
          deps.log('warn', error.message)
          // Where nobody took it over (we were held up past our own lease) it must be free to be taken up again; the fence
          // makes this nothing where somebody did.
          return deps.journal.release(lease)
        }
        // A defect of ours, or a store that fails: the run is let go, stands as it is on disk, and is taken up again.
        deps.log(
          'error',
          `run ${lease.runId}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        )
        await deps.clock.sleep(2_000, signal)
        await deps.journal.release(lease)
      })
      .catch((error: unknown) => deps.log('error', `run ${lease.runId} could not be let go: ${String(error)}`))
      .finally(() => live.delete(run))
    live.add(run)
    return true
  }

  async function forever(): Promise<void> {
    while (!signal.aborted) {
      const claimed = await carry().catch((error: unknown) => {
        deps.log('error', `runs could not be claimed: ${String(error)}`)
        return false
      })
      if (!claimed) await deps.clock.sleep(400, signal)
    }
  }

  return {
    start() {
      loop ??= forever()
    },
    async stop() {
      controller.abort()
      await loop
      await Promise.allSettled([...live])
    },
  }
}
