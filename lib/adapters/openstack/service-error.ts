import type { CloudService } from '@/lib/domain/cloud'
import type { SiteName } from '@/lib/domain/words'
import type { CloudAnswer } from '@/lib/ports/cloud-channel'
import { AdapterError, type AdapterErrorKind } from '@/lib/ports/errors'

/** What a service is asked for, and where: every error names all of it. */
export interface Asked {
  readonly site: SiteName
  readonly service: CloudService
  readonly region: string | null
  /** `PUT /os-services/freeze`. */
  readonly what: string
  /** Whom we are logged in as; null before that. */
  readonly user: string | null
}

/** `eu-west: volume in RegionOne`. */
export const placeOf = ({ site, service, region }: Omit<Asked, 'what' | 'user'>): string =>
  `${site}: ${service}${region === null ? '' : ` in ${region}`}`

export const requestId = ({ headers }: CloudAnswer): string | null =>
  headers['x-openstack-request-id'] ?? headers['x-compute-request-id'] ?? null

/** The AdapterError of an answer that is no 2xx; `exit` is its status. */
export function refusal(asked: Asked, answer: CloudAnswer): AdapterError {
  const id = requestId(answer)
  const { kind, says } = judged(asked, answer)
  const text = `${placeOf(asked)}: ${asked.what}: ${says}${id === null ? '' : ` (${id})`}`
  return new AdapterError(kind, asked.site, asked.what, text, answer.status)
}

/** The AdapterError of an answer that is not what it should be. */
export function senselessAnswer(asked: Asked, answer: CloudAnswer | null, what: string): AdapterError {
  const id = answer === null ? null : requestId(answer)
  const text = `${placeOf(asked)}: the answer to ${asked.what} makes no sense: ${what}${id === null ? '' : ` (${id})`}`
  return new AdapterError('unreadable', asked.site, asked.what, text)
}

/** The AdapterError where a service is too old for a question. */
export function tooOld(asked: Asked, speaks: string | null, needed: string): AdapterError {
  const text = `${placeOf(asked)}: ${asked.what} needs microversion ${needed}, and it speaks ${speaks ?? 'none'}`
  return new AdapterError('unavailable', asked.site, asked.what, text)
}

function judged(asked: Asked, answer: CloudAnswer): { readonly kind: AdapterErrorKind; readonly says: string } {
  const { status, headers } = answer
  const why = complaint(answer.body)
  const said = why ?? `status ${status}, and no reason given`
  if (status === 401)
    return asked.service === 'identity' && asked.what.includes('/auth/tokens')
      ? { kind: 'denied', says: 'refuses the login: user, password, project or a role on it is wrong in clouds.yaml' }
      : { kind: 'denied', says: 'does not accept the token, nor a new one: does it ask another Keystone?' }
  if (status === 403) {
    const who = asked.user === null ? 'the user of clouds.yaml' : asked.user
    const role = /policy|not authorized/i.test(said) ? `${ended(said)} Give ${who} a role that may` : said
    return { kind: 'denied', says: role }
  }
  if (status === 404 || status === 410) return { kind: 'missing', says: said }
  if (status === 406) return { kind: 'unavailable', says: said }
  if (status === 413 && /quota|LimitExceeded/i.test(said))
    return { kind: 'refused', says: `${ended(said)} Raise the quota` }
  if (status >= 300 && status < 400) {
    const to = headers.location === undefined ? '' : ` to ${placeOnly(headers.location)}`
    return { kind: 'unreadable', says: `points elsewhere (${status}${to}): its URL in the catalogue is not the API's` }
  }
  if (status === 502 || status === 503 || status === 504)
    return { kind: 'unreachable', says: `is not there behind its proxy (${status}): ${said}` }
  return { kind: 'refused', says: `${status}: ${said}` }
}

const ended = (sentence: string): string => (/[.!?…]$/.test(sentence) ? sentence : `${sentence}.`)

/** Without a query, which may carry anything. */
const placeOnly = (location: string): string => location.replace(/[?#].*$/s, '').slice(0, 200)

/**
 * The sentence that says why, of any of the shapes that the services have: `{"badRequest": {"message"}}` (Cinder, Nova),
 * `{"error": {"message"}}` (Keystone), `{"message", "code": "404 Not Found"}` (Glance, paste), `{"NeutronError":
 * {"message"}}`, HTML, plain text. Null where there is none.
 */
export function complaint(body: string): string | null {
  const text = messageIn(body) ?? (/^\s*[[{]/.test(body) ? '' : body)
  const plain = withoutTokens(withoutMarkup(text)).replace(/\s+/g, ' ').trim()
  if (plain === '') return null
  return plain.length > 400 ? `${plain.slice(0, 400)}…` : plain
}

function messageIn(body: string): string | null {
  let said: unknown
  try {
    said = JSON.parse(body)
  } catch {
    return null
  }
  if (typeof said !== 'object' || said === null) return null
  for (const one of [said, ...Object.values(said)]) {
    const message = (one as { message?: unknown } | null)?.message
    if (typeof message === 'string' && message.trim() !== '') return message
  }
  return null
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
}

const withoutMarkup = (text: string): string =>
  text
    .replace(/<(head|style|script)\b.*?<\/\1>/gis, ' ')
    .replace(/<[a-z/!][^>]*>/gi, ' ')
    .replace(/&(lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? entity)

/** Fernet tokens begin like this; a service that repeats what it was sent must not put one into a log. */
const withoutTokens = (text: string): string => text.replace(/\bgAAAA[\w-]{20,}=*/g, '***')
