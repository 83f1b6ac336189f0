import type { Cloud } from './cloud'
import { originOf } from './cloud-spec'
import type { Asked } from './requests'
import { isAdmin } from './requests'
import type { AttachmentRow, SnapshotRow, TypeRow, VolumeRow } from './rows'
import { stamp, stampOrNull } from './times'

/** Cinder's links have two slashes where its public endpoint ends in one; these end in none. */
export const volumeOrigin = (cloud: Cloud): string => originOf(cloud.site, 'volume')

const links = (cloud: Cloud, asked: Asked, path: string) => [
  { rel: 'self', href: `${volumeOrigin(cloud)}/v3/${asked.projectId}/${path}` },
  { rel: 'bookmark', href: `${volumeOrigin(cloud)}/${asked.projectId}/${path}` },
]

/** A volume as `GET /volumes/ID` and `/volumes/detail` show it at the asked microversion. */
export function volumeShown(cloud: Cloud, asked: Asked, volume: VolumeRow): object {
  const { minor } = asked
  const since = (from: number, fields: object): object => (minor >= from ? fields : {})
  const attachments = cloud.store.attachmentsOf('volumeId', volume.id)
  return {
    id: volume.id,
    status: volume.status,
    size: volume.sizeGb,
    availability_zone: 'nova',
    created_at: stamp(volume.createdAt),
    updated_at: stampOrNull(volume.updatedAt),
    name: volume.name,
    description: null,
    volume_type: volume.typeId === null ? null : (cloud.store.get('types', volume.typeId)?.name ?? null),
    snapshot_id: volume.snapshotId,
    source_volid: volume.sourceVolumeId,
    metadata: volume.metadata,
    links: links(cloud, asked, `volumes/${volume.id}`),
    user_id: volume.userId,
    bootable: String(volume.bootable),
    encrypted: false,
    replication_status: volume.replicationStatus,
    consistencygroup_id: null,
    multiattach: false,
    attachments: attachments.filter((one) => one.status === 'attached').map(attachmentInVolume),
    ...(isAdmin(asked) ? { migration_status: volume.migrationStatus ?? null } : {}),
    ...since(13, { group_id: null }),
    ...(isAdmin(asked) ? since(21, { provider_id: null }) : {}),
    ...since(48, { shared_targets: false, service_uuid: null }),
    ...(isAdmin(asked) ? since(61, { cluster_name: null }) : {}),
    ...since(63, { volume_type_id: volume.typeId }),
    ...since(65, { consumes_quota: true }),
    ...(isAdmin(asked) || asked.projectId === volume.projectId
      ? { 'os-vol-tenant-attr:tenant_id': volume.projectId }
      : {}),
    ...(isAdmin(asked)
      ? {
          'os-vol-mig-status-attr:migstat': volume.migrationStatus ?? null,
          'os-vol-mig-status-attr:name_id': null,
          'os-vol-host-attr:host': volume.host,
        }
      : {}),
    ...(volume.imageMeta === null ? {} : { volume_image_metadata: volume.imageMeta }),
  }
}

const attachmentInVolume = (one: AttachmentRow): object => ({
  id: one.volumeId,
  attachment_id: one.id,
  volume_id: one.volumeId,
  server_id: one.serverId,
  host_name: one.hostName,
  device: one.device,
  attached_at: stampOrNull(one.attachedAt),
})

/** An attachment, with how its volume is reached. */
export function attachmentShown(one: AttachmentRow): object {
  const { connection } = one
  return {
    id: one.id,
    status: one.status,
    instance: one.serverId,
    volume_id: one.volumeId,
    attached_at: stampOrNull(one.attachedAt) ?? '',
    detached_at: '',
    attach_mode: one.status === 'attached' ? 'rw' : 'null',
    connection_info:
      connection === null
        ? {}
        : {
            name: connection.name,
            hosts: connection.hosts,
            ports: connection.ports,
            cluster_name: connection.clusterName,
            auth_enabled: true,
            auth_username: connection.user,
            secret_type: 'ceph',
            secret_uuid: connection.secretUuid,
            volume_id: one.volumeId,
            discard: true,
            qos_specs: null,
            access_mode: 'rw',
            encrypted: false,
            cacheable: false,
            driver_volume_type: 'rbd',
            attachment_id: one.id,
          },
  }
}

export const snapshotShown = (asked: Asked, snapshot: SnapshotRow): object => ({
  id: snapshot.id,
  created_at: stamp(snapshot.createdAt),
  updated_at: stampOrNull(snapshot.updatedAt),
  name: snapshot.name,
  description: null,
  volume_id: snapshot.volumeId,
  status: snapshot.status,
  size: snapshot.sizeGb,
  metadata: {},
  'os-extended-snapshot-attributes:project_id': snapshot.projectId,
  'os-extended-snapshot-attributes:progress': snapshot.status === 'available' ? '100%' : '0%',
  ...(asked.minor >= 14 ? { group_snapshot_id: null } : {}),
  ...(asked.minor >= 41 ? { user_id: snapshot.userId } : {}),
  ...(asked.minor >= 65 ? { consumes_quota: true } : {}),
})

export const typeShown = (asked: Asked, type: TypeRow): object => ({
  id: type.id,
  name: type.name,
  is_public: true,
  description: type.description,
  ...(isAdmin(asked) ? { extra_specs: type.extraSpecs, qos_specs_id: null } : {}),
  'os-volume-type-access:is_public': true,
})
