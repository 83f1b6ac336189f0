import { z } from 'zod'
import type { ComputeService, Server, ServerDisk } from '@/lib/domain/cloud'
import { Time, Word } from './parse'

/**
 * A server with the name of its flavor, or before 2.47 with its id. While a cell does not answer Nova gives of its servers
 * hardly more than the id: that is no server without volumes, so it makes no sense here.
 */
export const ServerItem = z
  .object({
    id: z.string(),
    name: z.string('is missing: Nova cannot reach the cell of this server'),
    tenant_id: z.string(),
    status: z.string(),
    'OS-EXT-STS:task_state': Word,
    // Administrators alone are told it, and before 2.3 nobody is told the root's.
    'OS-EXT-SRV-ATTR:host': Word,
    'OS-EXT-SRV-ATTR:root_device_name': Word,
    flavor: z.union([z.looseObject({ original_name: z.string() }), z.looseObject({ id: z.string() })]),
    'os-extended-volumes:volumes_attached': z.array(z.object({ id: z.string() })),
    // '' where it boots from a volume.
    image: z.union([z.literal(''), z.looseObject({ id: z.string() })]).nullish(),
    addresses: z.record(z.string(), z.array(z.looseObject({ addr: z.string() }))).default({}),
    metadata: z.record(z.string(), z.string()).default({}),
    // Since 2.9.
    locked: z.boolean().default(false),
    created: Time,
  })
  .transform(
    (said): Server => ({
      id: said.id,
      name: said.name,
      projectId: said.tenant_id,
      status: said.status,
      taskState: said['OS-EXT-STS:task_state'],
      host: said['OS-EXT-SRV-ATTR:host'],
      flavor: String('original_name' in said.flavor ? said.flavor.original_name : said.flavor.id),
      volumeIds: said['os-extended-volumes:volumes_attached'].map(({ id }) => id),
      glanceImageId: typeof said.image === 'object' && said.image !== null ? said.image.id : null,
      rootDevice: said['OS-EXT-SRV-ATTR:root_device_name'],
      addresses: Object.values(said.addresses).flatMap((all) => all.map(({ addr }) => addr)),
      metadata: said.metadata,
      locked: said.locked,
      createdAt: said.created,
    }),
  )

/** One of `os-volume_attachments`. */
export const DiskItem = z
  .object({
    serverId: z.string(),
    volumeId: z.string(),
    // Since 2.70, and since 2.79.
    tag: Word,
    delete_on_termination: z.boolean(),
  })
  .transform(
    ({ serverId, volumeId, tag, delete_on_termination }): ServerDisk => ({
      ...{ serverId, volumeId, tag, deleteOnTermination: delete_on_termination },
    }),
  )

export const ComputeItem = z
  .object({
    host: z.string(),
    state: z.enum(['up', 'down']),
    status: z.enum(['enabled', 'disabled']),
    // Since 2.11.
    forced_down: z.boolean().default(false),
  })
  .transform(
    ({ host, state, status, forced_down }): ComputeService => ({ host, state, status, forcedDown: forced_down }),
  )

export const FlavorItem = z.object({ id: z.string(), name: z.string() })
