import { type SqlBool, sql } from 'kysely'
import { isTakenAlong } from '@/lib/domain/cloud-ghosts'
import { breath } from '@/lib/ports/slices'
import type { Store } from '@/lib/store/database'

const STEP = 1_000
/** So many of the rest are named. */
const NAMED = 5

/** Would failover_host take a volume of this replication status? */
export const isTakenStatus = (replicationStatus: string | null): boolean => isTakenAlong({ replicationStatus })

/** How many volumes failover_host would take, by `CLOUD BACKEND`. From an index alone. */
export async function takenByBackend(store: Store): Promise<ReadonlyMap<string, number>> {
  const rows = await store
    .selectFrom('cloud_volumes')
    .select(['site', 'backend', 'replication_status'])
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('backend', 'is not', null)
    .groupBy(['site', 'backend', 'replication_status'])
    .execute()
  const taken = new Map<string, number>()
  for (const { site, backend, replication_status: status, count } of rows)
    if (isTakenStatus(status)) taken.set(`${site} ${backend}`, (taken.get(`${site} ${backend}`) ?? 0) + count)
  return taken
}

/** Some of the volumes that failover_host would take of a backend and that are not in the group. */
export async function restOf(
  store: Store,
  groupId: string,
  site: string,
  host: string,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const found: { id: string; name: string }[] = []
  for (let after = ''; found.length < NAMED; ) {
    const rows = await store
      .selectFrom('cloud_volumes as v')
      .leftJoin('group_members as m', (join) =>
        join
          .onRef('m.member_id', '=', 'v.id')
          .on('m.group_id', '=', groupId)
          .on('m.kind', '=', 'volume')
          .on('m.state', '!=', 'left'),
      )
      .select(['v.id', 'v.name', 'v.backend', 'v.replication_status', 'm.member_id'])
      .where('v.site', '=', site)
      .where(sql<SqlBool>`v.id > ${after}`)
      .orderBy('v.id')
      .limit(STEP)
      .execute()
    const last = rows.at(-1)
    if (last === undefined) break
    for (const { id, name, backend, replication_status: status, member_id: member } of rows)
      if (backend === host && member === null && isTakenStatus(status) && found.length < NAMED) found.push({ id, name })
    after = last.id
    await breath()
  }
  return found
}
