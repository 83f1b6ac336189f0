import { z } from 'zod'
import { heldOpen } from '../demote'
import { closeClients, openClient } from '../image-faults'
import type { WorldMemory } from '../world-memory'
import { backendFor, isReplicated } from './cinder-volumes'
import { type Cloud, computeLine } from './cloud'
import { poolHost } from './cloud-spec'
import { type Clouds, keystoneLine, slowLine } from './clouds'
import { makeStack } from './heat'
import { finishTask } from './nova-servers'
import type { VolumeRow } from './rows'

const site = z.string().min(1)

/** What can be done to a cloud from outside. */
export const cloudFaults = [
  z.object({ kind: z.literal('stop-keystone'), site }),
  z.object({ kind: z.literal('start-keystone'), site }),
  /** At once, whatever it is at: a failover stays where it is. */
  z.object({ kind: z.literal('kill-cinder-volume'), site }),
  z.object({ kind: z.literal('start-cinder-volume'), site }),
  /** Cinder's API answers so much later; 0 ends it. */
  z.object({ kind: z.literal('slow-cinder'), site, ms: z.coerce.number().int().nonnegative() }),
  /** Its nova-compute answers nothing: what it is told waits. Its guests go on. */
  z.object({ kind: z.literal('lose-compute'), site, host: z.string().min(1) }),
  z.object({ kind: z.literal('restore-compute'), site, host: z.string().min(1) }),
  /** Somebody holds the image open at the site and does not give the lock away: it cannot be demoted there. */
  z.object({ kind: z.literal('busy-image'), image: z.string().regex(/^[^/]+\/[^/]+$/), site }),
  z.object({ kind: z.literal('free-image'), image: z.string().regex(/^[^/]+\/[^/]+$/), site }),
  /** A volume of the replicated type that could not be made: in error, on the backend, and without an image. */
  z.object({ kind: z.literal('make-ghost'), site, name: z.string().default('ghost') }),
  /** Somebody has Heat make a server with an address and a keypair. */
  z.object({ kind: z.literal('make-stack'), site, name: z.string().default('stack') }),
] as const

const CloudFaultSchema = z.discriminatedUnion('kind', cloudFaults)
export type CloudFault = z.output<typeof CloudFaultSchema>

export const isCloudFault = (fault: { readonly kind: string }): fault is CloudFault =>
  cloudFaults.some(({ shape }) => shape.kind.value === fault.kind)

const HOLDER = 'client.holder'

type OfCloud = Exclude<CloudFault, { kind: 'busy-image' | 'free-image' }>

/** Does it. Throws where the site has no cloud, or the image is not there. */
export function makeCloudFault(clouds: Clouds, fault: CloudFault): void {
  const { memory } = clouds
  if (fault.kind === 'busy-image') {
    openClient(memory, fault.image, fault.site, HOLDER)
    shift(memory, heldOpen(fault.site, fault.image), 'held')
  } else if (fault.kind === 'free-image') {
    closeClients(memory, fault.image, fault.site, HOLDER)
    shift(memory, heldOpen(fault.site, fault.image), 'up')
  } else ofCloud(clouds.at(fault.site), fault)
}

function shift(memory: WorldMemory, name: string, value: string): void {
  const { lines } = memory.conditions.state
  memory.change({ lines: { ...lines, [name]: [...(lines[name] ?? []), { at: memory.now(), value }] } })
}

function ofCloud({ cloud, manager }: ReturnType<Clouds['at']>, fault: OfCloud): void {
  const { memory, site: place } = cloud
  if (fault.kind === 'stop-keystone') shift(memory, keystoneLine(place), 'stopped')
  if (fault.kind === 'start-keystone') shift(memory, keystoneLine(place), 'up')
  if (fault.kind === 'lose-compute') shift(memory, computeLine(place, fault.host), 'down')
  if (fault.kind === 'restore-compute') {
    shift(memory, computeLine(place, fault.host), 'up')
    // It ends what it finds begun, as nova-compute does when it starts.
    for (const { id, host, taskState } of cloud.store.list('servers'))
      if (host === fault.host && taskState !== null) finishTask(cloud, id, taskState)
  }
  if (fault.kind === 'slow-cinder') shift(memory, slowLine(place), fault.ms === 0 ? 'up' : String(fault.ms))
  if (fault.kind === 'kill-cinder-volume') manager.kill()
  if (fault.kind === 'start-cinder-volume') manager.start()
  if (fault.kind === 'make-ghost') makeGhost(cloud, fault.name)
  if (fault.kind === 'make-stack') makeStack(cloud, fault.name)
}

function makeGhost(cloud: Cloud, name: string): void {
  const type = cloud.store.list('types').find(isReplicated)
  if (type === undefined) throw new Error(`the cloud of ${cloud.site} has no replicated volume type`)
  cloud.store.save('volumes', {
    ...GHOST,
    id: cloud.newId(),
    name,
    projectId: cloud.projectId(cloud.spec.projects[0] ?? ''),
    userId: cloud.userId(cloud.spec.users[0]?.name ?? ''),
    typeId: type.id,
    host: poolHost(cloud.spec, backendFor(cloud, type)),
    createdAt: cloud.now(),
    updatedAt: cloud.now(),
  })
}

/** What a creation leaves that has failed. */
export const GHOST: Pick<
  VolumeRow,
  'status' | 'sizeGb' | 'replicationStatus' | 'bootable' | 'imageMeta' | 'snapshotId' | 'sourceVolumeId' | 'metadata'
> = {
  status: 'error',
  sizeGb: 1,
  replicationStatus: null,
  bootable: false,
  imageMeta: null,
  snapshotId: null,
  sourceVolumeId: null,
  metadata: {},
}
