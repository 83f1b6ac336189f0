import type { BackendPool } from '@/lib/domain/cloud'
import type { CloudReport } from '@/lib/domain/cloud-report'
import type { SiteName } from '@/lib/domain/words'
import type { Store } from '@/lib/store/database'

/** Pools as the scheduler listed them last: of a cinder-volume that is down, or was failed over, it lists none. */
export async function rememberedPools(store: Store, site: SiteName): Promise<readonly BackendPool[]> {
  const row = await store.selectFrom('clouds').select('report').where('site', '=', site).executeTakeFirst()
  if (row?.report == null) return []
  return (JSON.parse(row.report) as CloudReport).backends.flatMap(({ pools }) => pools)
}
