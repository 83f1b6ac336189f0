import type { BootGate } from '@/lib/domain/boot-order'
import { isTakenAlong, rbdImageOf } from '@/lib/domain/cloud-ghosts'
import type { PastCinder } from '@/lib/domain/cloud-plan'
import type { Plan } from '@/lib/domain/plan'
import { type CinderCompilation, compileCinderFailover, compileCinderForced } from '@/lib/procedures/cinder-failover'
import { type CinderGround, type Former, serverMembers, volumeMembers } from '@/lib/procedures/cinder-ground'
import { families } from '@/lib/procedures/families'
import { MONITORS, TinyCloud } from './tiny-cloud'
import { TinyWorld } from './tiny-world'
import { hurried } from './world-of-three'

/**
 * A backend with a database server that boots from a volume and has another, an application server that needs it and boots
 * from an image of its own, and a volume without replication. For tests of the runner.
 */
export function cinderWorld() {
  const world = new TinyWorld()
  const cloud = new TinyCloud(world)
  cloud.volume('root')
  cloud.volume('data')
  cloud.volume('files')
  cloud.volume('scratch', { replicationStatus: 'disabled', typeName: 'plain' })
  cloud.server('db', ['root', 'data'], { rootDevice: '/dev/vda', metadata: { 'antipode:boot-order': '1' } })
  cloud.server('app', ['files'], {
    glanceImageId: 'img',
    rootDevice: '/dev/vdz',
    metadata: { 'antipode:boot-order': '2' },
  })
  return Object.assign(world, {
    clock: hurried,
    tinyCloud: cloud,
    cloud: (site: string) => (site === 'west' ? cloud.port() : null),
  })
}
export type CinderWorld = ReturnType<typeof cinderWorld>

/** The same by force: west is lost. */
export async function tinyCinderForced(world: CinderWorld): Promise<Plan> {
  const outage = { fence: { kind: 'not-proven', at: null, note: '' }, lastHeardAt: 0, monAddresses: ['west'] } as const
  return compileCinderForced({ ...(await partsOf(world, false, new Map())), outage })
}

/** The same past a cinder-volume that is down. */
export async function tinyCinderPast(world: CinderWorld, past: PastCinder): Promise<Plan> {
  const outage = { fence: { kind: 'not-proven', at: null, note: '' }, lastHeardAt: 0, monAddresses: ['west'] } as const
  const parts = await partsOf(world, false, new Map())
  return compileCinderForced({ ...parts, backend: { ...parts.backend, past }, outage })
}

/** The failover of all of it to north, or its way back. */
export const tinyCinder = async (world: CinderWorld, back = false, former: Former = new Map()): Promise<Plan> =>
  compileCinderFailover(await partsOf(world, back, former))

/** The same with gates between the orders. */
export const tinyCinderGated = async (world: CinderWorld, gates: readonly BootGate[]): Promise<Plan> =>
  compileCinderFailover({ ...(await partsOf(world, false, new Map())), gates })

async function partsOf(
  { tinyCloud: cloud, images }: CinderWorld,
  back: boolean,
  former: Former,
): Promise<CinderCompilation> {
  const port = cloud.port()
  const ground: CinderGround = {
    service: cloud.service,
    volumes: await port.volumes('all'),
    snapshots: await port.snapshots('all'),
    servers: await port.servers('all'),
    attachments: await port.attachments('all'),
    disks: await port.serverDisks([...cloud.servers.keys()]),
  }
  const [from, to, target] = back ? (['north', 'west', 'default'] as const) : (['west', 'north', 'secondary'] as const)
  const chosen = ground.volumes.filter(isTakenAlong).flatMap((volume) => {
    const one = images.get(`volumes/${rbdImageOf(volume)}`)
    if (one === undefined) return []
    return [
      { key: one.image.name, image: one.image, globalId: one.globalId, mode: one.mode, parent: null, sizeBytes: 1 },
    ]
  })
  return {
    ...{ from, to, options: { clients: 'wait' }, images: families(chosen, new Map()).members },
    backend: {
      ...{ kind: 'backend', key: 'backend:west/cinder@ceph', family: 'backend', generation: 0, cloud: 'west' },
      ...{ host: 'cinder@ceph', target, activeBefore: cloud.service.activeBackendId, monitors: [MONITORS[to] ?? ''] },
    },
    servers: serverMembers(ground, 'west').members,
    volumes: volumeMembers(ground, 'west', () => null, 'volumes', former),
  }
}
