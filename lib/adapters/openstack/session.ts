import type { CloudService } from '@/lib/domain/cloud'
import type { CloudAnswer, CloudChannel, CloudRequest } from '@/lib/ports/cloud-channel'
import { AdapterError } from '@/lib/ports/errors'
import { atMost } from './at-most'
import { contentType } from './content-type'
import { endpointOf, type Found, versionPlaces } from './endpoint'
import { authBody, type CloudLogin } from './login'
import { agreed, NEWEST, offered, type Versioned, versionHeaders } from './microversion'
import { jsonOf } from './parse'
import { again, lost, placed } from './retry'
import { type Asked, placeOf, refusal, senselessAnswer } from './service-error'
import { type Token, tokenOf } from './token'

/** One look, its retries and a new token included. */
const READ_DEADLINE_MS = 30_000
/** Looks that run side by side at one cloud: its API has a handful of workers, and others need them too. */
const READS_AT_ONCE = 4

export interface ServiceRequest {
  readonly service: CloudService
  readonly method: CloudRequest['method']
  /** Follows the service's URL. */
  readonly path: string
  readonly body: string | null
}

/** An answer and what it answers, for an error that names both. */
export interface Answered {
  readonly answer: CloudAnswer
  readonly asked: Asked
}

export interface ServicePlace extends Found {
  /** The highest microversion that both sides speak; null where the service has none. */
  readonly version: string | null
}

/** A cloud that we are logged in to. Every method throws AdapterError, which names service, region and request id. */
export interface Session {
  /** A look: retried while a repeat may help, within its deadline. Throws what is refused, but for 404 where `absent` is said. */
  get(service: CloudService, path: string, options?: { readonly absent: true }): Promise<Answered>
  /**
   * A change: sent once, and once more where the token was not accepted. Gives whatever was answered. Throws AnswerLost
   * where it may have been taken; any other error is of before it was sent.
   */
  change(request: ServiceRequest): Promise<Answered>
  token(): Promise<Token>
  /** How the token was got; asks for one where there is none. */
  login(): Promise<CloudLogin>
  /** Asked for where it is not known yet. */
  place(service: CloudService): Promise<ServicePlace>
  /** The same, where it is known already. */
  known(service: CloudService): ServicePlace | null
}

/** How long a change is waited for. It is never called off before; a service that takes longer than this has lost it. */
const CHANGE_DEADLINE_MS = 10 * 60_000

/**
 * `login` is asked before every token: a password that was changed in the file is taken up without a restart. It may throw
 * AdapterError.
 */
export function session(channel: CloudChannel, login: () => CloudLogin, now: () => number = Date.now): Session {
  const { site } = channel
  const slots = atMost(READS_AT_ONCE)
  let current: Token | null = null
  let way: CloudLogin | null = null
  let fetching: Promise<Token> | null = null
  const versions = new Map<string, Promise<string | null>>()
  const seen = new Map<CloudService, ServicePlace>()

  const asking = (service: CloudService, what: string, region: string | null = way?.region ?? null): Asked => ({
    site,
    service,
    region,
    what,
    user: current?.user ?? null,
  })

  const send = (asked: Asked, request: CloudRequest, deadlineMs: number): Promise<CloudAnswer> =>
    channel.send(request, { deadlineMs }).catch((error) => Promise.reject(placed(asked, error)))

  async function newToken(): Promise<Token> {
    const entry = login()
    way = entry
    const asked = asking('identity', 'POST /auth/tokens')
    const request: CloudRequest = {
      method: 'POST',
      url: `${entry.authUrl}/auth/tokens`,
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: authBody(entry),
    }
    // Harmless twice: it makes a token too many.
    const answer = await again(READ_DEADLINE_MS, (deadlineMs) => send(asked, request, deadlineMs))
    if (answer.status < 200 || answer.status > 299) throw refusal(asked, answer)
    const text = answer.headers['x-subject-token']
    if (text === undefined) throw senselessAnswer(asked, answer, 'it carries no token')
    return jsonOf(asked, answer, (raw) => tokenOf(raw, text, now()))
  }

  /** One at a time: whoever asks meanwhile gets the same one. */
  function token(): Promise<Token> {
    if (current !== null && now() < current.renewAt) return Promise.resolve(current)
    fetching ??= newToken()
      .then((found) => (current = found))
      .finally(() => (fetching = null))
    return fetching
  }

  /** A new token instead of one that was not accepted; another request may have seen to it already. */
  function renewed(refused: Token): Promise<Token> {
    if (current === refused) current = null
    return token()
  }

  async function version(service: CloudService, url: string, held: Token): Promise<string | null> {
    if (service !== 'volume' && service !== 'compute') return null
    const key = `${service} ${url}`
    const known = versions.get(key)
    if (known !== undefined) return known
    const asked = negotiate(service, url, held)
    versions.set(key, asked)
    asked.catch(() => versions.delete(key))
    return asked
  }

  async function negotiate(service: Versioned, url: string, held: Token): Promise<string | null> {
    for (const place of versionPlaces(service, url)) {
      const asked = asking(service, `GET ${new URL(place).pathname}`)
      const headers = { accept: 'application/json', 'x-auth-token': held.secret.reveal() }
      const request: CloudRequest = { method: 'GET', url: place, headers, body: null }
      const answer = await again(READ_DEADLINE_MS, (deadlineMs) => send(asked, request, deadlineMs))
      // 300 is what a list of several versions is answered with.
      if (answer.status >= 500) throw refusal(asked, answer)
      if (answer.status !== 200 && answer.status !== 300) continue
      const range = jsonOf(asked, answer, (raw) => offered(service, raw))
      if (range === null) return null
      const version = agreed(service, range)
      if (version !== null) return version
      const text = `${placeOf(asked)}: speaks ${range.min} to ${range.max}, and Antipode up to ${NEWEST[service]}`
      throw new AdapterError('unavailable', site, asked.what, text)
    }
    return null
  }

  async function place(service: CloudService): Promise<ServicePlace> {
    const held = await token()
    const found = endpointOf(held, way ?? login(), asking(service, 'find its URL'))
    const whole = { ...found, version: await version(service, found.url, held) }
    seen.set(service, whole)
    return whole
  }

  async function sendOnce(request: ServiceRequest, held: Token, deadlineMs: number): Promise<Answered> {
    const { service, method, path, body } = request
    const { url, region, version } = await place(service)
    const asked = { ...asking(service, `${method} ${withoutQuery(path)}`, region), user: held.user }
    const headers = {
      accept: 'application/json',
      ...(body === null ? {} : { 'content-type': contentType(request) }),
      'x-auth-token': held.secret.reveal(),
      ...versionHeaders(service, version),
    }
    const sent = send(asked, { method, url: `${url}${path}`, headers, body }, deadlineMs)
    return { asked, answer: await sent.catch((error) => Promise.reject(method === 'GET' ? error : lost(error))) }
  }

  async function withToken(request: ServiceRequest, deadlineMs: number): Promise<Answered> {
    const held = await token()
    const first = await sendOnce(request, held, deadlineMs)
    if (first.answer.status !== 401) return first
    return sendOnce(request, await renewed(held), deadlineMs)
  }

  return {
    token,
    login: async () => {
      await token()
      return way ?? login()
    },
    place,
    known: (service) => seen.get(service) ?? null,
    change: (request) => withToken(request, CHANGE_DEADLINE_MS),
    get: (service, path, options) =>
      slots(async () => {
        const request = { service, method: 'GET', path, body: null } as const
        let asked = asking(service, `GET ${withoutQuery(path)}`)
        // Before anything is tried again: it has tries of its own.
        await token()
        const answer = await again(READ_DEADLINE_MS, async (deadlineMs) => {
          const said = await withToken(request, deadlineMs)
          asked = said.asked
          return said.answer
        })
        if (answer.status >= 200 && answer.status < 300) return { answer, asked }
        // The service may be an older one since it was asked: the next look asks it again.
        if (answer.status === 406) versions.clear()
        if (answer.status === 404 && options?.absent) return { answer, asked }
        throw refusal(asked, answer)
      }),
  }
}

const withoutQuery = (path: string): string => path.replace(/\?.*$/s, '')
