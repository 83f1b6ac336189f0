import type { Transaction } from 'kysely'
import type { AcknowledgedOutage } from '@/lib/domain/acknowledged-outage'
import type { Suspension } from '@/lib/domain/suspension'
import type { Store, Tables } from './database'
import { openOutages } from './outages'
import { openSuspensions } from './suspensions'

/** Everything open that operators have stated: suspensions of replication, and outages that are waited for. */
export async function statedNow(
  store: Store | Transaction<Tables>,
): Promise<{ readonly suspensions: readonly Suspension[]; readonly outages: readonly AcknowledgedOutage[] }> {
  const [suspensions, outages] = await Promise.all([openSuspensions(store), openOutages(store)])
  return { suspensions, outages }
}

/** What was agreed to on the way, when the run was told to go on: consents by name, as the audit trail has them. */
export async function agreedOnTheWay(store: Store | Transaction<Tables>, runId: string): Promise<readonly string[]> {
  const rows = await store
    .selectFrom('audit')
    .select('detail')
    .where('subject', '=', `run:${runId}`)
    .where('action', 'in', ['run:resume', 'run:retry'])
    .where('outcome', '=', 'done')
    .execute()
  return rows.flatMap(({ detail }) => (JSON.parse(detail) as { readonly agreedTo?: readonly string[] }).agreedTo ?? [])
}

/** Why each image that a person keeps on both sides is left alone, by its key. */
export async function keptApart(store: Store): Promise<ReadonlyMap<string, string>> {
  const rows = await store
    .selectFrom('kept_apart')
    .select(['image_id', 'reason'])
    .where('ended_at', 'is', null)
    .execute()
  return new Map(
    rows.map(({ image_id, reason }) => [image_id, `kept on both sides on purpose (${reason}): end that first`]),
  )
}
