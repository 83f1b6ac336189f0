import type { Stated } from '@/lib/procedures/asks'
import type { Store } from '@/lib/store/database'
import { openOutages } from '@/lib/store/outages'
import { openSuspensions } from '@/lib/store/suspensions'

/** Everything open that operators have stated: suspensions of replication, and outages that are waited for. */
export async function statedNow(store: Store): Promise<Stated> {
  const [suspensions, outages] = await Promise.all([openSuspensions(store), openOutages(store)])
  return { suspensions, outages }
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
