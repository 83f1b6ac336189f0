import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mirrorPort } from '@/lib/adapters/ceph/mirror-port'
import { cloudPort } from '@/lib/adapters/openstack/cloud-port'
import { cloudEstate } from '@/lib/adapters/openstack/estate'
import { simulatedLogin } from '@/lib/composition/simulated-login'
import type { Volume } from '@/lib/domain/cloud'
import { specText } from '@/lib/domain/words'
import type { CloudPort } from '@/lib/ports/cloud'
import type { CloudChannel } from '@/lib/ports/cloud-channel'
import { simulatorChannel } from '@/lib/simulator/channel'
import { simulatorCloudChannel } from '@/lib/simulator/cloud/channel'
import { realClock } from '@/lib/simulator/real-clock'
import { serve } from '@/lib/simulator/server'
import { smallWorld } from '@/lib/simulator/small-world'
import { createWorld } from '@/lib/simulator/world'
import { glanceRecords } from './glance-record'
import { simulatedAdmin } from './simulated-admin'
import type { CloudWorld, MadeVolume, Who } from './world'

const POOL = 'volumes'
const siteOf = { a: 'site-a', b: 'site-b' } as const
const HOST = 'cinder-site-a@ceph'

const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

/** Asks until it is so; it takes a second or two at the quick pace. */
async function until(what: string, so: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (await so()) return
    await sleep(25)
  }
  throw new Error(`${what} never came to be`)
}

/** The simulator's small world with its cloud behind a socket, on the machine's clock, at its quick pace. */
export async function simCloudWorld(): Promise<CloudWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'antipode-cloud-'))
  const socket = join(folder, 'sim.sock')
  const begin = () => createWorld({ clock: realClock(), spec: smallWorld() })
  let world = begin()
  let serving = await serve(world, socket)
  const channels = [simulatorChannel(siteOf.a, socket), simulatorChannel(siteOf.b, socket)] as const
  const open: CloudChannel[] = []
  let made = 0

  const entry = (who: Who) => () => simulatedLogin(siteOf.a, who === 'admin' ? 'antipode' : 'member')
  const newChannel = (): CloudChannel => {
    const channel = simulatorCloudChannel(siteOf.a, socket)
    open.push(channel)
    return channel
  }
  const port: CloudWorld['port'] = (who, options) => cloudPort(newChannel(), entry(who), options)
  const admin: CloudPort = port('admin')
  const glance = glanceRecords(newChannel(), entry('admin'))
  const ask = simulatedAdmin(siteOf.a, (request) => world.http(siteOf.a, request))

  const volumeOf = async (id: string): Promise<Volume | undefined> => (await admin.volumes([id]))[0]
  const copied = async (name: string): Promise<boolean> => {
    const { images } = await world.call(siteOf.b, 'mirror.statuses', { pool: POOL, namespace: '' })
    return images.find((image) => image.name === name)?.local?.state === 'replaying'
  }

  const makeVolumes: CloudWorld['makeVolumes'] = async (count, kind) => {
    const volumes: MadeVolume[] = []
    for (let i = 0; i < count; i++) {
      const volume = { name: `contract-${kind}-${++made}`, size: 1, volume_type: kind }
      const id = await ask.idOf('volume', 'volume', '/v3/volumes', { volume })
      const image = { pool: POOL, namespace: '', name: `volume-${id}` }
      await until(`${volume.name} available`, async () => (await volumeOf(id))?.status === 'available')
      // What is written to an image that is not mirrored is not counted in this world.
      if (kind === 'replicated') world.fault({ kind: 'write', image: specText(image), site: siteOf.a, writes: 64 })
      volumes.push({ id, image })
      // Cinder keeps whole seconds, and orders by them.
      await sleep(1_000)
    }
    if (kind === 'replicated') {
      for (const { image } of volumes) await until(`the copy of ${image.name}`, () => copied(image.name))
    }
    return volumes
  }

  return {
    siteA: mirrorPort(siteOf.a, channels[0]),
    siteB: mirrorPort(siteOf.b, channels[1]),
    host: HOST,
    target: 'secondary',
    monitors: { a: ['127.0.0.11:6789'], b: ['127.0.0.12:6789'] },
    port,
    estate: (who, options) => cloudEstate(newChannel(), entry(who), options),
    makeVolumes,
    async makeSnapshot(volumeId) {
      const id = await ask.idOf('volume', 'snapshot', '/v3/snapshots', {
        snapshot: { volume_id: volumeId, force: true },
      })
      await until('the snapshot', async () => (await admin.snapshots([id]))[0]?.status === 'available')
      return id
    },
    async makeGhost() {
      const name = `contract-ghost-${++made}`
      world.fault({ kind: 'make-ghost', site: siteOf.a, name })
      const ghost = (await admin.volumes('all')).find((volume) => volume.name === name)
      if (ghost === undefined) throw new Error('there is no ghost')
      await sleep(1_000)
      return ghost.id
    },
    async makeStack() {
      world.fault({ kind: 'make-stack', site: siteOf.a, name: 'contract' })
      const estate = cloudEstate(newChannel(), entry('admin'))
      const stacks = await estate.stacks()
      const stack = stacks.kind === 'known' ? stacks.value.find(({ name }) => name === 'contract') : undefined
      if (stack === undefined) throw new Error('there is no stack')
      const [server] = (await estate.stackResources(stack)).filter(({ type }) => type === 'OS::Nova::Server')
      const user = (await estate.users()).find(({ name }) => name === 'member')?.id ?? ''
      return { id: stack.id, name: stack.name, server: server?.physicalId ?? '', user, project: stack.projectId }
    },
    async makeServer(volumes) {
      const [root] = await makeVolumes(1, 'replicated')
      if (root === undefined) throw new Error('there is no root volume')
      const id = await ask.server(
        `contract-${++made}`,
        [root, ...volumes].map((volume) => volume.id),
      )
      await until('the server', async () => (await admin.servers([id]))[0]?.status === 'ACTIVE')
      return { id, root }
    },
    makeGlanceImage: (kind) => (kind === 'empty' ? glance.record() : glance.image()),
    async write(side, image) {
      world.fault({ kind: 'write', image: specText(image), site: siteOf[side], writes: 64 })
    },
    async hold(side, image, lock) {
      const at = { image: specText(image), site: siteOf[side] }
      world.fault({ kind: 'open-client', ...at, entity: 'client.admin' })
      if (lock === 'kept') world.fault({ kind: 'busy-image', ...at })
      return async () => {
        if (lock === 'kept') world.fault({ kind: 'free-image', ...at })
        world.fault({ kind: 'close-client', ...at })
      }
    },
    // Another world under the same names: nothing of what was done is left.
    async reset() {
      await serving.close()
      world.close()
      world = begin()
      serving = await serve(world, socket)
      await until('the world', async () => (await admin.volumes('all').catch(() => null))?.length === 0)
    },
    sleep,
    async close() {
      await Promise.all([...channels, ...open].map((channel) => channel.close()))
      await serving.close()
      world.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
