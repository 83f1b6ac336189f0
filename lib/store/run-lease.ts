import type { ProcessHandle } from '@/lib/ports/channel'
import type { Lease, WorkerIdentity } from '@/lib/ports/run-journal'
import type { Store } from './database'

interface Holder {
  readonly host: string
  readonly pid: number
  readonly startTicks: number
}

/**
 * Claims one run that is queued or under way and that nobody holds, or whose holder is proven gone. On one host a process
 * that lives keeps its runs even past its lease: it may be stopped between look and act, and would act twice. From another
 * host only the lease can tell.
 */
export async function claimRun(
  store: Store,
  worker: WorkerIdentity,
  now: number,
  leaseMs: number,
  isGone: (process: ProcessHandle) => boolean,
): Promise<Lease | null> {
  return store.transaction().execute(async (tx) => {
    const rows = await tx
      .selectFrom('runs')
      .select(['id', 'fence', 'lease_process', 'lease_until'])
      .where('state', 'in', ['queued', 'running', 'waiting', 'paused'])
      .orderBy('created_at')
      .execute()
    const free = rows.find((row) => isFree(row.lease_process, row.lease_until))
    if (free === undefined) return null
    await tx
      .updateTable('runs')
      .set({
        lease_owner: worker.owner,
        lease_process: JSON.stringify({ host: worker.host, ...worker.process } satisfies Holder),
        lease_until: now + leaseMs,
        fence: free.fence + 1,
      })
      .where('id', '=', free.id)
      .execute()
    return { runId: free.id, fence: free.fence + 1 }
  })

  function isFree(process: string | null, until: number): boolean {
    if (process === null) return true
    const holder = JSON.parse(process) as Holder
    if (holder.host !== worker.host) return until < now
    if (holder.pid === worker.process.pid && holder.startTicks === worker.process.startTicks) return false
    return isGone({ pid: holder.pid, startTicks: holder.startTicks })
  }
}
