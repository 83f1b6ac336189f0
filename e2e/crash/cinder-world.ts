import { cloudPort } from '@/lib/adapters/openstack/cloud-port'
import { simulatedLogin } from '@/lib/composition/simulated-login'
import { isTakenAlong, rbdImageOf } from '@/lib/domain/cloud-ghosts'
import type { Plan } from '@/lib/domain/plan'
import type { CrashWorld } from '@/lib/engine/crash-harness'
import type { CloudPort } from '@/lib/ports/cloud'
import type { CloudChannel } from '@/lib/ports/cloud-channel'
import { AdapterError } from '@/lib/ports/errors'
import { compileCinderFailover } from '@/lib/procedures/cinder-failover'
import { type CinderGround, type Former, serverMembers, volumeMembers } from '@/lib/procedures/cinder-ground'
import { HelperRefusal } from '@/lib/simulator/helper-refusal'
import type { World } from '@/lib/simulator/world'
import { simulatedAdmin } from '../contract/cloud/simulated-admin'
import { A, B, membersAt, type Simulated, simulated } from './crash-world'

const HOST = `cinder-${A}@ceph`
const MONITORS: Readonly<Record<string, string>> = { [A]: '127.0.0.11:6789', [B]: '127.0.0.12:6789' }

/** The simulated cloud without its socket, on the clock that jumps over waiting. */
function channelOf(world: World, sleep: (ms: number) => Promise<void>): CloudChannel {
  return {
    site: A,
    controller: null,
    send: (request, { deadlineMs }) => {
      const no = (text: string) => new AdapterError('unreachable', A, `${request.method} ${request.url}`, text)
      const late = sleep(deadlineMs).then(() => Promise.reject(no('no answer in time')))
      const said = world.http(A, request).catch((error: unknown) => {
        throw error instanceof HelperRefusal ? no(error.message) : error
      })
      // Whichever loses the race is nobody's.
      late.catch(() => undefined)
      return Promise.race([said, late])
    },
    close: async () => {},
  }
}

export interface CinderSimulated extends Simulated {
  readonly cloud: CloudPort
  readonly crash: Simulated['crash'] & Required<Pick<CrashWorld, 'cloud'>>
}

/**
 * A backend with a database server that boots from a volume and has another, an application server that needs it, and a
 * volume without replication; all copied.
 */
export async function cinderSimulated(): Promise<CinderSimulated> {
  const one = simulated()
  const { world } = one
  const { clock } = one.crash
  const cloud = cloudPort(channelOf(world, clock.sleep), () => simulatedLogin(A, 'antipode'))
  const admin = simulatedAdmin(A, (request) => world.http(A, request))
  const volume = async (name: string, volume_type: 'replicated' | 'plain') => {
    const id = await admin.idOf('volume', 'volume', '/v3/volumes', { volume: { name, size: 1, volume_type } })
    await clock.sleep(2_000)
    return id
  }
  const [root, data, boot, files] = [
    await volume('db-root', 'replicated'),
    await volume('db-data', 'replicated'),
    await volume('app-root', 'replicated'),
    await volume('app-files', 'replicated'),
  ]
  await volume('scratch', 'plain')
  await admin.server('db', [root, data], { 'antipode:boot-order': '1' })
  await admin.server('app', [boot, files], { 'antipode:boot-order': '2' })
  await clock.sleep(60_000)
  return { ...one, cloud, crash: { ...one.crash, cloud: (site) => (site === A ? cloud : null) } }
}

/** The failover of all of it to B, or its way back. */
export async function cinderPlan(one: CinderSimulated, way: 'there' | 'back', former: Former): Promise<Plan> {
  const { cloud } = one
  const [from, to, target] = way === 'back' ? ([B, A, 'default'] as const) : ([A, B, 'secondary'] as const)
  const [service] = await cloud.volumeServices()
  if (service === undefined) throw new Error('there is no cinder-volume')
  const ground: CinderGround = {
    service,
    volumes: await cloud.volumes('all'),
    snapshots: await cloud.snapshots('all'),
    servers: await cloud.servers('all'),
    attachments: await cloud.attachments('all'),
    disks: await cloud.serverDisks((await cloud.servers('all')).map(({ id }) => id)),
  }
  const names = ground.volumes.filter(isTakenAlong).map((volume) => `volumes/${rbdImageOf(volume)}`)
  return compileCinderFailover({
    ...{ from, to, options: { clients: 'wait' }, images: await membersAt(one.crash, from, names) },
    backend: {
      ...{ kind: 'backend', key: `backend:${A}/${HOST}`, family: 'backend', generation: 0, cloud: A },
      ...{ host: HOST, target, activeBefore: service.activeBackendId, monitors: [MONITORS[to] ?? ''] },
    },
    servers: serverMembers(ground, A).members,
    volumes: volumeMembers(ground, A, () => null, 'volumes', former),
  })
}
