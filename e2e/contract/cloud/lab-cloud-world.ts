import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { localChannel } from '@/lib/adapters/ceph/local-channel'
import { mirrorPort } from '@/lib/adapters/ceph/mirror-port'
import { cloudPort } from '@/lib/adapters/openstack/cloud-port'
import { readCloud } from '@/lib/adapters/openstack/clouds'
import { cloudEstate } from '@/lib/adapters/openstack/estate'
import { httpChannel } from '@/lib/adapters/openstack/http-channel'
import type { ImageSpec } from '@/lib/domain/words'
import { specText } from '@/lib/domain/words'
import type { CloudChannel } from '@/lib/ports/cloud-channel'
import type { Side } from '../world'
import { glanceRecords } from './glance-record'
import type { CloudWorld, MadeStack, MadeVolume, Who } from './world'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../../..')
const labDir = resolve(process.env.LAB_DIR ?? join(root, 'e2e/lab/state'))
const clouds = join(labDir, 'clouds.yaml')
const siteOf = { a: 'site-a', b: 'site-b' } as const
const entryOf: Readonly<Record<Who, string>> = { admin: 'lab', member: 'lab-member' }

async function lab(...verb: string[]): Promise<string> {
  const { stdout } = await run('bash', [join(root, 'e2e/lab/lab'), ...verb], { maxBuffer: 1 << 26 })
  return stdout
}

/** What a verb made, as it prints it. */
const made = async <T>(...verb: string[]): Promise<T> => JSON.parse(await lab('cloud', ...verb)) as T

interface LabVolume {
  readonly id: string
  /** `pool/name`. */
  readonly image: string
}

const specOf = (text: string): ImageSpec => {
  const [pool = '', name = ''] = text.split('/')
  return { pool, namespace: '', name }
}
const volumeOf = ({ id, image }: LabVolume): MadeVolume => ({ id, image: specOf(image) })

/** The cluster's monitors as its own configuration names them; Cinder hands on the addresses of the older protocol alone. */
function monitorsOf(side: Side): readonly string[] {
  const conf = readFileSync(join(labDir, `${siteOf[side]}.conf`), 'utf8')
  const line = /^\s*mon[ _]host\s*=\s*(.*)$/m.exec(conf)?.[1] ?? ''
  return [...line.matchAll(/v1:(\d+\.\d+\.\d+\.\d+:\d+)/g)].flatMap((found) => found[1] ?? [])
}

const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

/** The real OpenStack of `npm run lab:up -- --openstack`, in LAB_DIR or beside the lab. */
export async function labCloudWorld(): Promise<CloudWorld> {
  if (!existsSync(clouds)) throw new Error('No lab with a cloud: start one with npm run lab:up -- --openstack.')
  const attempts = mkdtempSync(join(tmpdir(), 'antipode-cloud-contract-'))
  const cluster = (side: Side) =>
    localChannel(
      { name: siteOf[side], conf: join(labDir, `${siteOf[side]}.conf`), user: 'admin', exec: [] },
      { attempts },
    )
  const clusters = [cluster('a'), cluster('b')] as const
  const open: CloudChannel[] = []

  const entry = (who: Who) => () => {
    const found = readCloud({ cloud: entryOf[who], clouds, region: null })
    if (found.kind === 'login') return found.login
    throw new Error(found.mistakes.join('\n'))
  }
  const channelFor = (who: Who): CloudChannel => {
    const channel = httpChannel('site-a', { tls: () => entry(who)().tls, controllerExec: null, attempts })
    open.push(channel)
    return channel
  }
  const port: CloudWorld['port'] = (who, options) => cloudPort(channelFor(who), entry(who), options)
  const glance = glanceRecords(channelFor('admin'), entry('admin'))
  const [service] = await port('admin').volumeServices()
  if (service === undefined) throw new Error('the cloud of the lab has no cinder-volume')

  return {
    siteA: mirrorPort(siteOf.a, clusters[0]),
    siteB: mirrorPort(siteOf.b, clusters[1]),
    host: service.host,
    target: 'secondary',
    monitors: { a: monitorsOf('a'), b: monitorsOf('b') },
    port,
    estate: (who, options) => cloudEstate(channelFor(who), entry(who), options),
    async makeVolumes(count, kind) {
      const all = await made<LabVolume[]>('volumes', String(count), '--type', kind, '--in-order', '--data')
      if (kind === 'replicated') await lab('wait', '--timeout', '120')
      return all.map(volumeOf)
    },
    makeSnapshot: async (volumeId) => (await made<{ id: string }>('snapshot', volumeId)).id,
    makeGhost: async () => {
      const ghost = await made<{ id: string }>('ghost')
      // Cinder keeps whole seconds, and orders by them.
      await sleep(1_000)
      return ghost.id
    },
    makeStack: () => made<MadeStack>('stack', '--name', 'contract'),
    async makeServer(volumes) {
      const ids = volumes.map(({ id }) => id)
      const attach = ids.length === 0 ? [] : ['--attach', ...ids]
      const [server] = await made<{ id: string; root: LabVolume }[]>('servers', '1', '--from-volume', ...attach)
      if (server === undefined) throw new Error('no server was made')
      await lab('wait', '--timeout', '120')
      return { id: server.id, root: volumeOf(server.root) }
    },
    makeGlanceImage: (kind) => (kind === 'empty' ? glance.record() : glance.image()),
    async write(side, image) {
      const how = ['--io-type', 'write', '--io-size', '4K', '--io-total', '256K', '--io-pattern', 'rand']
      await run('rbd', ['-c', join(labDir, `${siteOf[side]}.conf`), 'bench', ...how, specText(image)])
    },
    async hold(side, image, lock) {
      const exclusive = lock === 'kept' ? ['--exclusive'] : []
      await lab('cloud', 'hold', specText(image), '--site', siteOf[side], ...exclusive)
      return async () => void (await lab('cloud', 'free', specText(image)))
    },
    async reset() {
      await glance.remove()
      await lab('reset')
    },
    sleep,
    async close() {
      await glance.remove()
      await lab('reset').finally(() => Promise.all([...clusters, ...open].map((channel) => channel.close())))
      rmSync(attempts, { recursive: true, force: true })
    },
  }
}
