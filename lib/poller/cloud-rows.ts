import type { GlanceImage, Server, Volume, VolumeAttachment, VolumeSnapshot } from '@/lib/domain/cloud'
import { rbdImageOf } from '@/lib/domain/cloud-ghosts'
import { backendOf } from '@/lib/domain/cloud-place'
import { glancePlace } from '@/lib/domain/glance-place'
import type {
  CloudImagesTable,
  CloudServersTable,
  CloudSnapshotsTable,
  CloudVolumesTable,
  StoredAttachment,
} from '@/lib/store/cloud-tables'

const flag = (value: boolean): number => (value ? 1 : 0)

interface VolumeSurroundings {
  /** Of the backend, by its location_info. */
  readonly pool: string | null
  /** Of this volume; null where none were read, then Cinder's short list stands. */
  readonly attachments: readonly VolumeAttachment[] | null
  readonly tenant: string
}

export function volumeRow(
  site: string,
  volume: Volume,
  { pool, attachments, tenant }: VolumeSurroundings,
  nowMs: number,
): CloudVolumesTable {
  const { host } = volume
  const image = rbdImageOf(volume)
  return {
    site,
    id: volume.id,
    name: volume.name,
    project_id: volume.projectId,
    tenant,
    status: volume.status,
    size_gb: volume.sizeGb,
    type_name: volume.typeName,
    backend: host === null ? null : backendOf(host),
    host,
    replication_status: volume.replicationStatus,
    bootable: flag(volume.bootable),
    multiattach: flag(volume.multiattach),
    encrypted: flag(volume.encrypted),
    glance_image_id: volume.glanceImageId,
    snapshot_id: volume.snapshotId,
    source_volume_id: volume.sourceVolumeId,
    name_id: volume.nameId,
    rbd_pool: pool ?? poolOfAttachment(image, attachments ?? []),
    rbd_image: image,
    metadata: JSON.stringify(sortedKeys(volume.metadata)),
    attachments: JSON.stringify(storedAttachments(volume, attachments ?? [])),
    created_at: volume.createdAt,
    changed_at: nowMs,
  }
}

function poolOfAttachment(image: string, attachments: readonly VolumeAttachment[]): string | null {
  for (const { connection } of attachments) {
    const slash = connection?.image.lastIndexOf('/') ?? -1
    if (connection !== null && slash > 0 && connection.image.slice(slash + 1) === image) {
      return connection.image.slice(0, slash)
    }
  }
  return null
}

/** Cinder's list of a volume and its attachments by themselves, each once, in a steady order. */
function storedAttachments(volume: Volume, attachments: readonly VolumeAttachment[]): StoredAttachment[] {
  const short = new Map(volume.attachedTo.map((one) => [one.attachmentId, one]))
  const whole = new Map(attachments.map((one) => [one.id, one]))
  return [...new Set([...short.keys(), ...whole.keys()])].sort().map((attachmentId) => {
    const [brief, one] = [short.get(attachmentId), whole.get(attachmentId)]
    const connection = one?.connection ?? null
    return {
      attachmentId,
      serverId: one?.serverId ?? brief?.serverId ?? null,
      device: brief?.device ?? '',
      hostName: brief?.hostName ?? null,
      status: one?.status ?? 'attached',
      connection:
        connection === null
          ? null
          : {
              monitors: connection.monitors,
              clusterName: connection.clusterName,
              user: connection.user,
              secretUuid: connection.secretUuid,
            },
    }
  })
}

export const snapshotRow = (site: string, snapshot: VolumeSnapshot, nowMs: number): CloudSnapshotsTable => ({
  site,
  id: snapshot.id,
  name: snapshot.name,
  volume_id: snapshot.volumeId,
  status: snapshot.status,
  project_id: snapshot.projectId,
  size_gb: snapshot.sizeGb,
  changed_at: nowMs,
})

export function imageRow(site: string, image: GlanceImage, nowMs: number): CloudImagesTable {
  const place = glancePlace(image)
  return {
    site,
    id: image.id,
    name: image.name,
    status: image.status,
    project_id: image.projectId,
    visibility: image.visibility,
    size_bytes: image.sizeBytes,
    locations: JSON.stringify(image.locations),
    rbd_pool: place?.pool ?? null,
    rbd_image: place?.image ?? null,
    guessed: flag(place?.by === 'guess'),
    changed_at: nowMs,
  }
}

export const serverRow = (site: string, server: Server, tenant: string, nowMs: number): CloudServersTable => ({
  site,
  id: server.id,
  name: server.name,
  project_id: server.projectId,
  tenant,
  status: server.status,
  task_state: server.taskState,
  host: server.host,
  flavor: server.flavor,
  volume_ids: JSON.stringify([...server.volumeIds].sort()),
  glance_image_id: server.glanceImageId,
  root_device: server.rootDevice,
  addresses: JSON.stringify([...server.addresses].sort()),
  metadata: JSON.stringify(sortedKeys(server.metadata)),
  locked: flag(server.locked),
  created_at: server.createdAt,
  changed_at: nowMs,
})

/** A service may give its keys in another order each time: that is no change. */
const sortedKeys = (record: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))

/** The same but for the time of its change? */
export function sameThing<T extends { readonly changed_at: number }>(a: T, b: T): boolean {
  for (const column in b) if (column !== 'changed_at' && a[column] !== b[column]) return false
  return true
}
