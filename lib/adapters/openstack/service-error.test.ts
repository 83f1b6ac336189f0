import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { CloudService } from '@/lib/domain/cloud'
import { captured } from './fake-cloud'
import { complaint, refusal } from './service-error'

const SERVICES: Readonly<Record<string, CloudService>> = {
  cinder: 'volume',
  nova: 'compute',
  glance: 'image',
  keystone: 'identity',
}

function refused(name: string) {
  const answer = captured(name)
  const service = SERVICES[name.split('-')[1] ?? ''] ?? 'volume'
  const what = `${answer.method} ${new URL(answer.url).pathname.replace(/^\/v[\d.]+(\/[0-9a-f]{32})?/, '')}`
  return refusal({ site: 'west', service, region: 'RegionOne', what, user: 'dr' }, answer)
}

const all = readdirSync(join(import.meta.dirname, 'captures'))
  .filter((file) => file.startsWith('err-'))
  .map((file) => file.replace('.json', ''))

test.each(all)('%s is an error that names site, service, region, request and request id, in one plain line', (name) => {
  const answer = captured(name)
  const { message, exit } = refused(name)
  expect(message).toMatch(/^west: (volume|compute|image|identity) in RegionOne: [A-Z]+ \/\S+: \S/)
  expect(message).not.toMatch(/[<>\n]|undefined|\{"/)
  const id = answer.headers['x-openstack-request-id']
  if (id !== undefined) expect(message.endsWith(` (${id})`)).toBe(true)
  expect(exit).toBe(answer.status)
})

test('each kind of refusal is told apart, with what to do about it', () => {
  const says = (name: string) => {
    const { kind, message } = refused(name)
    return [kind, message.replace(/^west: (\S+) in RegionOne: \S+ \S+: /, '').replace(/ \(req-\S+\)$/, '')]
  }
  expect(says('err-cinder-403-services')).toEqual([
    'denied',
    "Policy doesn't allow volume_extension:services:index to be performed. Give dr a role that may",
  ])
  expect(says('err-keystone-401-bad-password')).toEqual([
    'denied',
    'refuses the login: user, password, project or a role on it is wrong in clouds.yaml',
  ])
  expect(says('err-glance-401')).toEqual([
    'denied',
    'does not accept the token, nor a new one: does it ask another Keystone?',
  ])
  expect(says('err-cinder-413-quota-volumes')).toEqual([
    'refused',
    "VolumeLimitExceeded: Maximum number of volumes allowed (1) exceeded for quota 'volumes'. Raise the quota",
  ])
  expect(says('err-cinder-413-body-too-large')).toEqual([
    'refused',
    '413: Request is too large. Larger than max_request_body_size (114688).',
  ])
  expect(says('err-glance-404')).toEqual(['missing', 'No image found with ID nope'])
  expect(says('err-nova-406-microversion')).toEqual([
    'unavailable',
    'Version 2.999 is not supported by the API. Minimum is 2.1 and maximum is 2.93.',
  ])
  expect(says('err-glance-403-protected')[0]).toBe('denied')
  expect(says('err-glance-403-protected')[1]).not.toContain('role')
  expect(says('keystone-versions')).toEqual([
    'unreadable',
    "points elsewhere (300 to http://127.0.0.1:15000/v3/): its URL in the catalogue is not the API's",
  ])
})

test("a proxy's page in HTML becomes a sentence, and a passing one is no refusal", () => {
  const body =
    '<html><head><title>x</title><style>p {}</style></head><body><h1>502 Bad Gateway</h1><hr>nginx &amp; co</body></html>'
  expect(complaint(body)).toBe('502 Bad Gateway nginx & co')
  const asked = { site: 'west', service: 'volume', region: null, what: 'GET /types', user: null } as const
  const error = refusal(asked, { status: 502, headers: {}, body })
  expect(error.kind).toBe('unreachable')
  expect(error.message).toBe(
    'west: volume: GET /types: is not there behind its proxy (502): 502 Bad Gateway nginx & co',
  )
})

test('what a body does not say is not made up, and what it says of a token is taken out', () => {
  expect(complaint('')).toBeNull()
  expect(complaint('{"badRequest": {"code": 400}}')).toBeNull()
  expect(complaint('{"NeutronError": {"type": "X", "message": "no such port"}}')).toBe('no such port')
  const token = `gAAAAABm${'x'.repeat(150)}`
  expect(complaint(`{"error": {"message": "bad token ${token}"}}`)).toBe('bad token ***')
  expect(complaint('x'.repeat(1_000))).toHaveLength(401)
})
