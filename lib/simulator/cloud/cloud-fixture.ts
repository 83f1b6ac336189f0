import type { CloudAnswer } from '@/lib/ports/cloud-channel'
import { type ManualClock, manualClock } from '../manual-clock'
import { smallWorld } from '../small-world'
import { REAL_TIMINGS, type Timings } from '../spec'
import { forgetful, type StateLog } from '../state-log'
import { createWorld, type World } from '../world'
import { originOf, SIMULATED_PASSWORD, type SimulatedService } from './cloud-spec'

export const SITE = 'site-a'
export const HOST = `cinder-${SITE}@ceph`
const NINE = Date.UTC(2026, 10, 21, 9)

export interface Answer extends CloudAnswer {
  /** The body as JSON. */
  readonly said: Record<string, never>
}

interface VolumeSaid {
  readonly id: string
  readonly status: string
  readonly replication_status: string | null
}

/** The small world's cloud on a clock that the test moves, as its administrator sees it. */
export interface CloudScene {
  readonly world: World
  readonly clock: ManualClock
  send(service: SimulatedService, method: string, path: string, body?: unknown, options?: Sending): Promise<Answer>
  /** Of Cinder and Nova, past the project and the version, at the newest microversion. */
  cinder(method: string, path: string, body?: unknown): Promise<Answer>
  nova(method: string, path: string, body?: unknown): Promise<Answer>
  /** Logs in as the user; a token. */
  login(user: string, project: string): Promise<string>
  /** Volumes of the type that are made one after the other, oldest first, and copied. Their ids. */
  volumes(count: number, type?: 'replicated' | 'plain'): Promise<readonly string[]>
  volume(id: string): Promise<VolumeSaid>
  service(): Promise<Record<string, unknown>>
  /** Is the volume's image primary there? */
  primary(site: string, id: string): Promise<boolean>
  /** Lets so many seconds pass. */
  pass(sec: number): Promise<void>
}

interface Sending {
  readonly token?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** At the lab's pace, commands answering at once. */
export async function cloudScene(timings: Partial<Timings> = {}, log: StateLog = forgetful): Promise<CloudScene> {
  const clock = manualClock(NINE)
  const spec = smallWorld({ ...REAL_TIMINGS, commandScale: 0, ...timings })
  const scene = sceneOf(createWorld({ clock, spec, log }), clock)
  return { ...scene, ...(await loggedIn(scene)) }
}

type Bare = Pick<CloudScene, 'world' | 'clock' | 'send' | 'login' | 'pass'>

/** The same words for a world that is there already. */
export function sceneOf(world: World, clock: ManualClock): Bare {
  const send: CloudScene['send'] = async (service, method, path, body, { token, headers = {} } = {}) => {
    const answer = await world.http(SITE, {
      method: method as 'GET',
      url: `${originOf(SITE, service)}${path}`,
      headers: { ...(token === undefined ? {} : { 'X-Auth-Token': token }), ...headers },
      body: body === undefined ? null : JSON.stringify(body),
    })
    return { ...answer, said: answer.body === '' ? {} : JSON.parse(answer.body) }
  }
  return {
    world,
    clock,
    send,
    async login(user, project) {
      const answer = await send('identity', 'POST', '/v3/auth/tokens', loginBody(user, SIMULATED_PASSWORD, project))
      return answer.headers['x-subject-token'] ?? ''
    },
    pass: (sec) => clock.advance(sec * 1000),
  }
}

export const loginBody = (name: string, password: string, project: string): object => ({
  auth: {
    identity: { methods: ['password'], password: { user: { name, domain: { id: 'default' }, password } } },
    scope: { project: { name: project, domain: { id: 'default' } } },
  },
})

/** The rest of the words, once somebody is logged in. */
export async function loggedIn(scene: Bare): Promise<Omit<CloudScene, keyof Bare>> {
  const token = await scene.login('antipode', 'admin')
  const { said } = await scene.send('identity', 'GET', '/v3/auth/projects', undefined, { token })
  const [project] = (said as unknown as { projects: [{ id: string }] }).projects
  const cinder: CloudScene['cinder'] = (method, path, body) =>
    scene.send('volume', method, `/v3/${project.id}${path}`, body, {
      token,
      headers: { 'OpenStack-API-Version': 'volume 3.70' },
    })
  const nova: CloudScene['nova'] = (method, path, body) =>
    scene.send('compute', method, `/v2.1${path}`, body, { token, headers: { 'OpenStack-API-Version': 'compute 2.93' } })
  return {
    cinder,
    nova,
    async volumes(count, type = 'replicated') {
      const ids: string[] = []
      for (let i = 0; i < count; i++) {
        const made = await cinder('POST', '/volumes', { volume: { name: `v-${i}`, size: 1, volume_type: type } })
        ids.push((made.said as unknown as { volume: VolumeSaid }).volume.id)
        await scene.pass(1)
      }
      await scene.pass(60)
      return ids
    },
    async volume(id) {
      return ((await cinder('GET', `/volumes/${id}`)).said as unknown as { volume: VolumeSaid }).volume
    },
    async service() {
      const answer = await cinder('GET', '/os-services?binary=cinder-volume')
      return (answer.said as unknown as { services: Record<string, unknown>[] }).services[0] ?? {}
    },
    async primary(site, id) {
      const said = await scene.world.command(site, ['rbd', 'info', `volumes/volume-${id}`, '--format', 'json'])
      return JSON.parse(said.stdout).mirroring?.primary === true
    },
  }
}
