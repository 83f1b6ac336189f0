import type { GroupSpec } from '@/lib/domain/group'
import type { Store } from './database'
import type { ProtectionGroupsTable } from './group-tables'

/** A group as it is kept. */
export interface StoredGroup {
  readonly id: string
  readonly version: number
  readonly selectionVersion: number
  readonly acceptedVersion: number
  readonly createdAt: number
  readonly changedAt: number
  /** JSON of an Actor. */
  readonly changedBy: string
  readonly spec: GroupSpec
}

export const storedGroup = (row: ProtectionGroupsTable): StoredGroup => ({
  id: row.id,
  version: row.version,
  selectionVersion: row.selection_version,
  acceptedVersion: row.accepted_version,
  createdAt: row.created_at,
  changedAt: row.changed_at,
  changedBy: row.changed_by,
  spec: JSON.parse(row.spec) as GroupSpec,
})

/** All groups, those that are brought back first in front. `cloud`: of one cloud alone. */
export async function loadGroups(store: Store, cloud: string | null = null): Promise<readonly StoredGroup[]> {
  const rows = await store
    .selectFrom('protection_groups')
    .selectAll()
    .$if(cloud !== null, (q) => q.where('cloud', '=', cloud ?? ''))
    .orderBy('priority')
    .orderBy('name_key')
    .execute()
  return rows.map(storedGroup)
}

/** A group by its name, whatever the case of its letters; null where there is none. */
export async function groupNamed(store: Store, name: string): Promise<StoredGroup | null> {
  const row = await store
    .selectFrom('protection_groups')
    .selectAll()
    .where('name_key', '=', name.toLowerCase())
    .executeTakeFirst()
  return row === undefined ? null : storedGroup(row)
}

/** By group, how many joined and left since it was last accepted, and since when there are any; without those of which none has. */
export async function driftOf(
  store: Store,
): Promise<ReadonlyMap<string, { readonly joined: number; readonly left: number; readonly since: number }>> {
  const rows = await store
    .selectFrom('group_members')
    .select(['group_id', 'state'])
    .select((e) => [e.fn.countAll<number>().as('count'), e.fn.min('since').as('since')])
    .where('state', 'in', ['joined', 'left'])
    .groupBy(['group_id', 'state'])
    .execute()
  const found = new Map<string, { joined: number; left: number; since: number }>()
  for (const { group_id: id, state, count, since } of rows) {
    const drift = found.get(id) ?? { joined: 0, left: 0, since }
    drift[state === 'joined' ? 'joined' : 'left'] += count
    drift.since = Math.min(drift.since, since)
    found.set(id, drift)
  }
  return found
}
