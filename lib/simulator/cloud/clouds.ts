import type { SiteName } from '@/lib/domain/words'
import type { CloudAnswer, CloudRequest } from '@/lib/ports/cloud-channel'
import type { Snag } from '../conditions'
import { HelperRefusal } from '../helper-refusal'
import type { Recorder } from '../recorder'
import type { WorldMemory } from '../world-memory'
import { keystoneFault, Refusal, type Said, sent, UNAUTHORIZED } from './answers'
import { Cloud } from './cloud'
import { authUrlOf, type SimulatedService, serviceAt } from './cloud-spec'
import { keystone } from './keystone'
import { minorOf, versionHeaders } from './microversion'
import { finishTask } from './nova-servers'
import { finishAttach, finishDetach } from './nova-volumes'
import { type Asked, routed } from './requests'
import { type Service, servicesOf } from './services'
import { read, type Token } from './tokens'
import { VolumeManager } from './volume-manager'

/** Cinder and Nova take no more in one body. */
const MOST_BYTES = 114_688
/** token_cache_time of Keystone's middleware. */
const TOKEN_CACHE_MS = 300_000

/** Names of lines of the world: a Keystone that was stopped, a Cinder that answers late (its value in milliseconds). */
export const keystoneLine = (site: SiteName): string => `keystone ${site}`
export const slowLine = (site: SiteName): string => `cinder-api ${site}`

const REFUSED_CONNECTION = 111

interface Running {
  readonly cloud: Cloud
  readonly manager: VolumeManager
  readonly services: Readonly<Record<string, Service>>
  /** When each token was last seen to be good by a service, so that it is for a while without Keystone. */
  readonly seen: Map<string, number>
}

/** The clouds of a world: what they answer to one HTTP request. */
export class Clouds {
  readonly #running = new Map<SiteName, Running>()

  constructor(
    readonly memory: WorldMemory,
    readonly recorder: Recorder,
  ) {
    for (const spec of memory.spec.clouds ?? []) {
      const store = memory.clouds.get(spec.site)
      if (store === undefined) throw new Error(`no rows of the cloud of ${spec.site}`)
      const cloud = new Cloud(spec, memory, store)
      const manager = new VolumeManager(cloud)
      this.#running.set(spec.site, { cloud, manager, services: servicesOf(manager), seen: new Map() })
      if (memory.wasThere) afterRestart(cloud, manager)
    }
  }

  /** What runs at the site. Throws where it has no cloud. */
  at(site: SiteName): { readonly cloud: Cloud; readonly manager: VolumeManager } {
    const running = this.#running.get(site)
    if (running === undefined) throw new Error(`${site} has no cloud`)
    return running
  }

  /** One request. Rejects with HelperRefusal where nothing listens. */
  async answer(site: SiteName, request: CloudRequest): Promise<CloudAnswer> {
    const running = this.#running.get(site)
    const url = new URL(request.url)
    const service = running === undefined ? null : serviceAt(site, url)
    if (running === undefined || service === null || (service === 'identity' && this.#keystoneStopped(site)))
      throw new HelperRefusal('unreachable', REFUSED_CONNECTION, `connection refused: ${url.origin}`)
    const { cloud } = running
    running.manager.look()
    const words = ['openstack', service, request.method, pathOf(running, service, url)]
    const changes = request.method !== 'GET' && service !== 'identity'
    const ended = changes
      ? this.recorder.began(
          site,
          [...words, ...(request.body === null ? [] : [withoutSecrets(request.body)])],
          null,
          this.memory.now(),
        )
      : () => undefined
    const snags = this.memory.takeSnags(site, words)
    const failure = await this.#before(snags, service, cloud)
    const answer = failure ?? this.#said(running, service, url, request)
    ended(answer.status < 300 ? 0 : answer.status, this.memory.now())
    for (const { effect, ...snag } of snags) {
      if (effect.kind === 'hang' && effect.when === 'after')
        await this.memory.released({ ...snag, effect }, effect.forMs)
    }
    return answer
  }

  #keystoneStopped(site: SiteName): boolean {
    return this.memory.conditions.valueAt(keystoneLine(site), this.memory.now()) !== 'up'
  }

  /** Hangs, delays and fails as the faults want it, before anything is done. */
  async #before(snags: readonly Snag[], service: SimulatedService, cloud: Cloud): Promise<CloudAnswer | null> {
    const slow = this.memory.conditions.valueAt(slowLine(cloud.site), this.memory.now())
    if (service === 'volume' && slow !== 'up') await cloud.sleep(Number(slow))
    for (const snag of snags) {
      const { effect } = snag
      if (effect.kind === 'delay') await cloud.sleep(effect.ms)
      if (effect.kind === 'hang' && effect.when === 'before') await this.memory.released(snag, effect.forMs)
      if (effect.kind === 'fail')
        return { status: effect.exit >= 400 ? effect.exit : 500, headers: {}, body: effect.stderr }
    }
    return null
  }

  #said(running: Running, name: SimulatedService, url: URL, request: CloudRequest): CloudAnswer {
    const { cloud } = running
    const headers = lowered(request.headers)
    const requestId = cloud.requestId()
    const token = read(cloud.seed, headers['x-auth-token'], this.memory.now())
    if (name === 'identity') return identity(cloud, url, request, headers, token, requestId)
    const service = running.services[name]
    if (service === undefined)
      throw new HelperRefusal('unreachable', REFUSED_CONNECTION, `nothing listens at ${url.origin}`)
    const plain = { [service.requestIdHeader]: requestId }
    const document = request.method === 'GET' ? service.documents(cloud, url.pathname) : null
    if (document !== null) return sent(document, plain)
    const barred = this.#barred(running, service, headers['x-auth-token'] ?? '', token)
    if (barred !== null || token === null) return sent(barred ?? { status: 401 }, plain)
    if (Buffer.byteLength(request.body ?? '') > MOST_BYTES) return sent(tooLarge, plain)
    let versions: Readonly<Record<string, string>> = {}
    try {
      const minor = minorOf(service, headers)
      versions = versionHeaders(service, minor)
      const path = url.pathname.replace(service.under, '')
      const asked = askedOf(cloud, request, url, headers, token, path, minor, requestId)
      const found = routed(service.routes, request.method, path)
      if (found === null) throw new Refusal(404, 'The resource could not be found.')
      // No handler waits: what takes time goes on behind its answer.
      return sent(found.answer(cloud, asked, found.ids) as Said, { ...plain, ...versions })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const { status, headers: more } = error
      return sent({ status, headers: more, body: service.fault(error) }, { ...plain, ...versions })
    }
  }

  /** What Keystone's middleware says before the service sees anything; null: pass. */
  #barred(running: Running, service: Service, text: string, token: Token | null): Said | null {
    const { cloud, seen } = running
    const now = this.memory.now()
    const key = `${service.micro?.word ?? ''} ${text}`
    if (token !== null && this.#keystoneStopped(cloud.site)) {
      if (now - (seen.get(key) ?? Number.NEGATIVE_INFINITY) < TOKEN_CACHE_MS) return null
      return { status: 503, body: 'The Keystone service is temporarily unavailable.' }
    }
    if (token !== null) {
      seen.set(key, now)
      return null
    }
    const refusal = new Refusal(401, UNAUTHORIZED)
    const body = service.micro === null ? service.fault(refusal) : keystoneFault(refusal)
    return { status: 401, body, headers: { 'www-authenticate': `Keystone uri="${authUrlOf(cloud.site)}"` } }
  }
}

const tooLarge: Said = {
  status: 413,
  body: {
    message: 'Request is too large.<br /><br />\n\n\n',
    code: '413 Request Entity Too Large',
    title: 'Request Entity Too Large',
  },
}

const lowered = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

/** What follows the endpoint that the catalogue names, as whoever sends it writes it. */
const pathOf = (running: Running, name: SimulatedService, url: URL): string =>
  url.pathname.replace(running.services[name]?.under ?? /^\/v3/, '') + url.search

function askedOf(
  cloud: Cloud,
  request: CloudRequest,
  url: URL,
  headers: Readonly<Record<string, string>>,
  token: Token,
  path: string,
  minor: number,
  requestId: string,
): Asked {
  return {
    method: request.method,
    path,
    query: url.searchParams,
    headers,
    body: parsed(request.body),
    bodyText: request.body,
    token,
    projectId: token.project === null ? '' : cloud.projectId(token.project),
    minor,
    requestId,
  }
}

/** The body as it may be kept. */
const withoutSecrets = (body: string): string =>
  body.replace(/"(password|adminPass|secret|user_data|private_key)"\s*:\s*"(?:[^"\\]|\\.)*"/g, '"$1":"***"')

/** The body as JSON; null where it is none, as data that is uploaded need not be. */
function parsed(text: string | null): Asked['body'] {
  if (text === null || !/^\s*[{[]/.test(text)) return null
  try {
    return JSON.parse(text) as Asked['body']
  } catch {
    return null
  }
}

function identity(
  cloud: Cloud,
  url: URL,
  request: CloudRequest,
  headers: Readonly<Record<string, string>>,
  token: Token | null,
  requestId: string,
): CloudAnswer {
  const plain = { 'x-openstack-request-id': requestId, vary: 'X-Auth-Token' }
  const asked = token === null ? null : askedOf(cloud, request, url, headers, token, url.pathname, 0, requestId)
  try {
    return sent(keystone(cloud, request.method, url.pathname, parsed(request.body), asked), plain)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return sent({ status: error.status, headers: error.headers, body: keystoneFault(error) }, plain)
  }
}

/** What was under way died with the simulator: Nova carries its tasks to their end, cinder-volume was killed. */
function afterRestart(cloud: Cloud, manager: VolumeManager): void {
  manager.afterRestart()
  for (const { id, taskState } of cloud.store.list('servers')) if (taskState !== null) finishTask(cloud, id, taskState)
  for (const one of cloud.store.list('attachments')) {
    finishAttach(cloud, one.id)
    finishDetach(cloud, one.id)
  }
}
