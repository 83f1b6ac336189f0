import type { Transaction } from 'kysely'
import type { GroupSpec } from '@/lib/domain/group'
import { conflictText } from '@/lib/domain/group-conflicts'
import type { CloudPicture } from '@/lib/domain/group-picture'
import { cloudPicture } from '@/lib/store/cloud-picture'
import type { Store, Tables } from '@/lib/store/database'
import { groupConflicts, resolveGroups } from '@/lib/store/group-resolve'
import { loadGroups, type StoredGroup } from '@/lib/store/groups'
import type { CloudContext } from './context'
import { ServiceError } from './errors'

/** What a save rests on: the group with ids in place of names, and the groups that it was held against. */
export interface CheckedGroup {
  readonly spec: GroupSpec
  readonly picture: CloudPicture
  /** When the readings of volumes and servers were made, the older of both; null where there is none yet. */
  readonly readAt: number | null
  readonly others: readonly StoredGroup[]
}

/** Refuses what names no cloud, nothing at all, what the cloud does not have, and members of other groups. Throws ServiceError. */
export async function checkGroup(
  asked: GroupSpec,
  before: StoredGroup | null,
  context: CloudContext,
): Promise<CheckedGroup> {
  const { store } = context
  const { selection, cloud } = asked
  if (!context.sites.includes(cloud) || context.cloud(cloud) === null)
    throw new ServiceError('invalid', `cloud: ${cloud} has no cloud; name it in antipode.yaml under openstack.`)
  const { rules, byHand } = selection
  if (rules.length + byHand.volumes.length + byHand.servers.length === 0)
    throw new ServiceError('invalid', 'A group without a rule and without a member by hand is empty: add one of them.')
  const [picture, readAt, all] = await Promise.all([
    cloudPicture(store, cloud),
    cloudReadAt(store, cloud),
    loadGroups(store, cloud),
  ])
  const others = all.filter(({ id }) => id !== before?.id)
  const spec = readAt === null ? asked : withIds(asked, before?.spec ?? null, picture)
  const resolved = await resolveGroups([spec, ...others.map((one) => one.spec)], picture)
  // Others may be in conflict with one another: that is not the fault of this one.
  const conflicts = groupConflicts(resolved).filter(({ groups }) => groups.includes(spec.name))
  if (conflicts.length > 0) throw new ServiceError('refused', conflictText(conflicts))
  return { spec, picture, readAt, others }
}

/** When volumes and servers of a cloud were last read, the older of both; null where one was not. */
export async function cloudReadAt(store: Store, cloud: string): Promise<number | null> {
  const rows = await store
    .selectFrom('cloud_readings')
    .select(['observed_at'])
    .where('site', '=', cloud)
    .where('kind', 'in', ['volumes', 'servers'])
    .execute()
  const times = rows.flatMap(({ observed_at }) => observed_at ?? [])
  return times.length < 2 ? null : Math.min(...times)
}

/** In the transaction of the save: two that are saved at once could each take what the other has. Throws ServiceError. */
export async function refuseOthersSince(
  tx: Transaction<Tables>,
  { cloud, name }: GroupSpec,
  butId: string,
  others: readonly StoredGroup[],
): Promise<void> {
  const rows = await tx.selectFrom('protection_groups').select(['id', 'name', 'version', 'cloud']).execute()
  const same = rows.find((row) => row.id !== butId && row.name.toLowerCase() === name.toLowerCase())
  if (same !== undefined)
    throw new ServiceError('conflict', `There is a group called “${same.name}” already: choose another name.`)
  const mine = rows.filter((row) => row.cloud === cloud && row.id !== butId)
  const isSame = mine.length === others.length && mine.every(({ id, version }) => versionOf(others, id) === version)
  if (!isSame)
    throw new ServiceError(
      'conflict',
      'Another group was saved at the same moment, and may have the same members: save again.',
    )
}

const versionOf = (groups: readonly StoredGroup[], id: string): number | undefined =>
  groups.find((one) => one.id === id)?.version

export const noSuchGroup = (): ServiceError =>
  new ServiceError('missing', 'This group is gone: somebody has deleted it.')

/** Refuses an edit of what is another by now. */
export function refuseOldVersion(
  row: { readonly version: number; readonly changed_by: string },
  version: number,
): void {
  if (row.version === version) return
  const { name } = JSON.parse(row.changed_by) as { readonly name: string }
  throw new ServiceError(
    'conflict',
    `${name} has changed this group since you opened it, so nothing was saved. Open it again, then make your change.`,
  )
}

/** Names by hand as ids. What stood in the group before may be gone from the cloud by now: that is drift, and no fault. */
function withIds(spec: GroupSpec, before: GroupSpec | null, picture: CloudPicture): GroupSpec {
  const known = (kind: 'volumes' | 'servers') =>
    new Set([...(before?.selection.byHand[kind] ?? []), ...(before?.selection.except[kind] ?? [])])
  const ids = (kind: 'volumes' | 'servers', words: readonly string[]) => {
    const byName = new Map<string, string[]>()
    const open = words.filter((word) => !picture[kind].has(word) && !known(kind).has(word))
    if (open.length > 0)
      for (const { id, name } of picture[kind].values())
        if (open.includes(name)) byName.set(name, [...(byName.get(name) ?? []), id])
    return [
      ...new Set(words.map((word) => (open.includes(word) ? idOf(kind, word, byName.get(word) ?? [], spec) : word))),
    ]
  }
  const all = (list: GroupSpec['selection']['byHand']) => ({
    volumes: ids('volumes', list.volumes),
    servers: ids('servers', list.servers),
  })
  const { rules, byHand, except } = spec.selection
  return { ...spec, selection: { rules, byHand: all(byHand), except: all(except) } }
}

function idOf(kind: 'volumes' | 'servers', word: string, found: readonly string[], { cloud }: GroupSpec): string {
  const [id] = found
  const one = kind === 'volumes' ? 'volume' : 'server'
  if (id === undefined)
    throw new ServiceError('invalid', `The cloud of ${cloud} has no ${one} “${word}”: give its name or its id.`)
  if (found.length > 1)
    throw new ServiceError(
      'invalid',
      `${found.length} ${kind} are called “${word}” (${found.slice(0, 3).join(', ')}): give the id.`,
    )
  return id
}
