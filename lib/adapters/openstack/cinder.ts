import { z } from 'zod'
import type {
  BackendPool,
  Volume,
  VolumeAttachment,
  VolumeService,
  VolumeSnapshot,
  VolumeType,
} from '@/lib/domain/cloud'
import { Time, Word } from './parse'

export const ServiceItem = z
  .object({
    host: z.string(),
    status: z.enum(['enabled', 'disabled']),
    disabled_reason: z.string().nullish(),
    state: z.enum(['up', 'down']),
    // Null while it is disabled, and missing before 3.49.
    backend_state: z.enum(['up', 'down']).nullish(),
    replication_status: z.string(),
    active_backend_id: Word,
    frozen: z.boolean(),
    updated_at: Time.nullish(),
  })
  .transform(
    (said): VolumeService => ({
      host: said.host,
      status: said.status,
      disabledReason: said.disabled_reason ?? '',
      state: said.state,
      backendState: said.backend_state ?? null,
      replicationStatus: said.replication_status,
      activeBackendId: said.active_backend_id,
      frozen: said.frozen,
      updatedAt: said.updated_at ?? null,
    }),
  )

/** A capacity is a number, or a word ("infinite", "unknown") that is none. */
const Gigabytes = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((said) => (typeof said === 'number' ? said : null))

export const PoolItem = z
  .object({
    name: z.string(),
    capabilities: z.object({
      volume_backend_name: z.string().default(''),
      storage_protocol: z.unknown(),
      replication_enabled: z.union([z.boolean(), z.string()]).nullish(),
      replication_targets: z.array(z.string()).nullish(),
      location_info: z.string().nullish(),
      total_capacity_gb: Gigabytes,
      free_capacity_gb: Gigabytes,
    }),
  })
  .transform(
    ({ name, capabilities }): BackendPool => ({
      name,
      host: name.replace(/#.*$/, ''),
      backendName: capabilities.volume_backend_name,
      replicationEnabled: /true/i.test(String(capabilities.replication_enabled ?? false)),
      targets: capabilities.replication_targets ?? [],
      // Newer releases give all the names that a protocol goes by.
      location: [capabilities.storage_protocol].flat().includes('ceph')
        ? locationOf(capabilities.location_info ?? '')
        : null,
      totalGb: capabilities.total_capacity_gb,
      freeGb: capabilities.free_capacity_gb,
    }),
  )

/** `CLUSTER:/etc/ceph/ceph.conf:FSID:USER:POOL`, as the RBD driver has it. A path may have colons, the rest has none. */
function locationOf(said: string): BackendPool['location'] {
  const found = /^[^:]*:(?<conf>.*):(?<fsid>[^:]*):(?<user>[^:]*):(?<pool>[^:]*)$/s.exec(said)?.groups
  if (found === undefined) return null
  return { conf: found.conf ?? '', fsid: found.fsid ?? '', user: found.user ?? '', pool: found.pool ?? '' }
}

export const TypeItem = z
  .object({ id: z.string(), name: z.string(), extra_specs: z.record(z.string(), z.string()).default({}) })
  .transform(
    ({ id, name, extra_specs }): VolumeType => ({
      id,
      name,
      replicated: /^\s*<is>\s*true\s*$/i.test(extra_specs.replication_enabled ?? ''),
      backendName: extra_specs.volume_backend_name ?? null,
      extraSpecs: extra_specs,
    }),
  )

const Text = z
  .string()
  .nullish()
  .transform((text) => text ?? '')

export const VolumeItem = z
  .object({
    id: z.string(),
    name: Text,
    'os-vol-tenant-attr:tenant_id': z.string(),
    status: z.string(),
    size: z.number(),
    volume_type: Word,
    'os-vol-host-attr:host': z
      .string('is missing: Cinder shows it to administrators alone')
      .nullable()
      .transform((host) => host || null),
    replication_status: Word,
    migration_status: Word,
    bootable: z.union([z.boolean(), z.enum(['true', 'false'])]),
    multiattach: z.boolean(),
    encrypted: z.boolean(),
    volume_image_metadata: z.looseObject({ image_id: z.string().optional() }).nullish(),
    snapshot_id: Word,
    source_volid: Word,
    'os-vol-mig-status-attr:name_id': Word,
    metadata: z.record(z.string(), z.string()),
    attachments: z.array(
      z.object({
        attachment_id: z.string(),
        // Null where it is attached to a host and to no server.
        server_id: z.string().nullish(),
        device: z.string().nullish(),
        host_name: Word,
      }),
    ),
    created_at: Time,
  })
  .transform(
    (said): Volume => ({
      id: said.id,
      name: said.name,
      projectId: said['os-vol-tenant-attr:tenant_id'],
      status: said.status,
      sizeGb: said.size,
      typeName: said.volume_type,
      host: said['os-vol-host-attr:host'],
      replicationStatus: said.replication_status,
      migrationStatus: said.migration_status,
      bootable: String(said.bootable) === 'true',
      multiattach: said.multiattach,
      encrypted: said.encrypted,
      glanceImageId: said.volume_image_metadata?.image_id ?? null,
      snapshotId: said.snapshot_id,
      sourceVolumeId: said.source_volid,
      nameId: said['os-vol-mig-status-attr:name_id'] ?? said.id,
      metadata: said.metadata,
      attachedTo: said.attachments.map((one) => ({
        attachmentId: one.attachment_id,
        serverId: one.server_id ?? '',
        device: one.device ?? '',
        hostName: one.host_name,
      })),
      createdAt: said.created_at,
    }),
  )

export const SnapshotItem = z
  .object({
    id: z.string(),
    name: Text,
    volume_id: z.string(),
    status: z.string(),
    size: z.number(),
    'os-extended-snapshot-attributes:project_id': z.string(),
  })
  .transform(
    (said): VolumeSnapshot => ({
      id: said.id,
      name: said.name,
      volumeId: said.volume_id,
      status: said.status,
      projectId: said['os-extended-snapshot-attributes:project_id'],
      sizeGb: said.size,
    }),
  )

/** Nobody's yet while a volume is only reserved; another driver's says other things. */
const Connection = z
  .union([
    z.looseObject({
      driver_volume_type: z.literal('rbd'),
      name: z.string(),
      hosts: z.array(z.string()),
      ports: z.array(z.union([z.string(), z.number()])),
      cluster_name: Text,
      auth_username: Text,
      secret_uuid: Text,
    }),
    z.looseObject({ driver_volume_type: z.string().optional() }).refine((said) => said.driver_volume_type !== 'rbd'),
    z.literal(''),
  ])
  .nullish()

export const AttachmentItem = z
  .object({
    id: z.string(),
    volume_id: z.string(),
    instance: Word,
    status: z.string(),
    connection_info: Connection,
  })
  .transform(
    (said): VolumeAttachment => ({
      id: said.id,
      volumeId: said.volume_id,
      serverId: said.instance,
      status: said.status,
      connection: connectionOf(said.connection_info),
    }),
  )

function connectionOf(said: z.output<typeof Connection>): VolumeAttachment['connection'] {
  if (typeof said !== 'object' || said === null || !isRbd(said)) return null
  return {
    image: said.name,
    monitors: said.hosts.map(
      (host, at) => `${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${said.ports[at] ?? ''}`,
    ),
    clusterName: said.cluster_name,
    user: said.auth_username,
    secretUuid: said.secret_uuid,
  }
}

type Rbd = Extract<z.output<typeof Connection>, { readonly hosts: readonly string[] }>
const isRbd = (said: object): said is Rbd => (said as { driver_volume_type?: unknown }).driver_volume_type === 'rbd'
