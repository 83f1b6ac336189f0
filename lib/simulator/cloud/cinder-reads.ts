import { badRequest, notFound, ok, Refusal, type Said } from './answers'
import { attachmentShown, snapshotShown, typeShown, volumeOrigin, volumeShown } from './cinder-views'
import type { Cloud } from './cloud'
import { paged } from './paging'
import { type Asked, isAdmin, type Route } from './requests'
import type { VolumeRow } from './rows'
import { stamp } from './times'
import { DEFAULT_QUOTA } from './volume-quota'

/** The policy of Cinder in its own words. */
export function volumePolicy(asked: Asked, rule: string): void {
  if (!isAdmin(asked)) throw new Refusal(403, `Policy doesn't allow ${rule} to be performed.`)
}

/** Does the caller see what belongs to this project? Without `all_tenants` also an admin sees only the own one. */
const sees = (asked: Asked, projectId: string): boolean =>
  (isAdmin(asked) && ['1', 'true', 'True'].includes(asked.query.get('all_tenants') ?? '')) ||
  projectId === asked.projectId

/** The volume, where the caller may know of it. */
export function volumeOf(cloud: Cloud, asked: Asked, id: string): VolumeRow {
  const volume = cloud.store.get('volumes', id)
  if (volume === null || !(isAdmin(asked) || volume.projectId === asked.projectId))
    throw notFound(`Volume ${id} could not be found.`)
  return volume
}

const url = (cloud: Cloud, asked: Asked, path: string): string => `${volumeOrigin(cloud)}/v3/${asked.projectId}/${path}`

function listed<T extends { readonly id: string; readonly createdAt: number }>(
  cloud: Cloud,
  asked: Asked,
  [key, path]: readonly [key: string, path: string],
  rows: readonly T[],
  shown: (row: T) => object,
): Said {
  const page = paged(asked, rows, url(cloud, asked, path))
  const link = key.replace(/s$/, '')
  // Of attachments Cinder gives no link, though it takes a marker.
  const linked = page.links !== null && key !== 'attachments'
  const links = linked ? { [`${key === 'volume_types' ? link : key}_links`]: page.links } : {}
  return ok({ [key]: page.rows.map(shown), ...links })
}

/** What a list of volumes may be cut down by, where the caller asked for it. */
const FILTERS: Readonly<Record<string, (volume: VolumeRow) => string | null>> = {
  status: ({ status }) => status,
  name: ({ name }) => name,
  bootable: ({ bootable }) => String(bootable),
  replication_status: ({ replicationStatus }) => replicationStatus,
  host: ({ host }) => host,
  project_id: ({ projectId }) => projectId,
  id: ({ id }) => id,
}
const NO_FILTERS = ['all_tenants', 'limit', 'marker', 'offset', 'sort', 'sort_key', 'sort_dir', 'with_count']

function volumes(cloud: Cloud, asked: Asked): readonly VolumeRow[] {
  const filters = [...asked.query].filter(([name]) => !NO_FILTERS.includes(name))
  const unknown = filters.map(([name]) => name).filter((name) => FILTERS[name] === undefined)
  if (unknown.length > 0)
    throw badRequest(`Invalid input received: Invalid filters ${unknown.join(', ')} are found in query options.`)
  return cloud.store
    .list('volumes')
    .filter(
      (volume) => sees(asked, volume.projectId) && filters.every(([name, value]) => FILTERS[name]?.(volume) === value),
    )
}

const ofQuery = (asked: Asked, name: string, value: string): boolean => (asked.query.get(name) ?? value) === value

const attachmentsOf = (cloud: Cloud, asked: Asked) =>
  cloud.store
    .list('attachments')
    .filter((one) => sees(asked, cloud.store.get('volumes', one.volumeId)?.projectId ?? ''))
    .filter((one) => ofQuery(asked, 'volume_id', one.volumeId) && ofQuery(asked, 'instance_id', one.serverId))
    .map((one) => ({ ...one, createdAt: one.attachedAt ?? 0 }))

export const CINDER_READS: readonly Route[] = [
  [
    'GET',
    /^\/volumes\/detail$/,
    (cloud, asked) =>
      listed(cloud, asked, ['volumes', 'volumes/detail'], volumes(cloud, asked), (v) => volumeShown(cloud, asked, v)),
  ],
  [
    'GET',
    /^\/volumes\/summary$/,
    (cloud, asked) => {
      const all = volumes(cloud, asked)
      const size = all.reduce((sum, { sizeGb }) => sum + sizeGb, 0)
      return ok({ 'volume-summary': { total_count: all.length, total_size: size, metadata: {} } })
    },
  ],
  [
    'GET',
    /^\/volumes\/([^/]+)$/,
    (cloud, asked, [id = '']) => ok({ volume: volumeShown(cloud, asked, volumeOf(cloud, asked, id)) }),
  ],
  [
    'GET',
    /^\/types$/,
    (cloud, asked) =>
      listed(cloud, asked, ['volume_types', 'types'], cloud.store.list('types'), (type) => typeShown(asked, type)),
  ],
  [
    'GET',
    /^\/snapshots\/detail$/,
    (cloud, asked) => {
      const mine = cloud.store.list('snapshots').filter((one) => sees(asked, one.projectId))
      const rows = mine.filter(
        (one) => ofQuery(asked, 'volume_id', one.volumeId) && ofQuery(asked, 'status', one.status),
      )
      return listed(cloud, asked, ['snapshots', 'snapshots/detail'], rows, (one) => snapshotShown(asked, one))
    },
  ],
  [
    'GET',
    /^\/snapshots\/([^/]+)$/,
    (cloud, asked, [id = '']) => {
      const snapshot = cloud.store.get('snapshots', id)
      if (snapshot === null) throw notFound(`Snapshot ${id} could not be found.`)
      return ok({ snapshot: snapshotShown(asked, snapshot) })
    },
  ],
  [
    'GET',
    /^\/attachments\/detail$/,
    (cloud, asked) =>
      listed(cloud, asked, ['attachments', 'attachments/detail'], attachmentsOf(cloud, asked), (one) =>
        attachmentShown(one),
      ),
  ],
  [
    'GET',
    /^\/attachments$/,
    (cloud, asked) =>
      listed(cloud, asked, ['attachments', 'attachments'], attachmentsOf(cloud, asked), (one) => ({
        id: one.id,
        status: one.status,
        instance: one.serverId,
        volume_id: one.volumeId,
      })),
  ],
  [
    'GET',
    /^\/attachments\/([^/]+)$/,
    (cloud, asked, [id = '']) => {
      const one = cloud.store.get('attachments', id)
      if (one === null) throw notFound(`Volume attachment could not be found with filter: attachment_id = ${id}.`)
      volumeOf(cloud, asked, one.volumeId)
      return ok({ attachment: attachmentShown(one) })
    },
  ],
  [
    'GET',
    /^\/messages$/,
    (cloud, asked) => {
      const rows = cloud.store.list('messages').filter((one) => ofQuery(asked, 'resource_uuid', one.resourceId))
      return listed(cloud, asked, ['messages', 'messages'], rows, (one) => ({
        id: one.id,
        event_id: 'VOLUME_VOLUME_001_003',
        user_message: one.text,
        message_level: 'ERROR',
        created_at: stamp(one.createdAt),
        guaranteed_until: stamp(one.createdAt + 30 * 86_400_000),
        request_id: one.requestId,
        resource_type: 'VOLUME',
        resource_uuid: one.resourceId,
      }))
    },
  ],
  [
    'GET',
    /^\/os-quota-sets\/([^/]+)$/,
    (cloud, _asked, [id = '']) => {
      const { volumes: most, gigabytes } = cloud.store.get('quotas', id) ?? DEFAULT_QUOTA
      return ok({ quota_set: { volumes: most, gigabytes, snapshots: 500, id } })
    },
  ],
]
