import { afterEach, expect, test } from 'vitest'
import { NeverSent } from '@/lib/ports/cloud-channel'
import { type Answers, captured, type FakeCloud, fakeCloud } from './fake-cloud'
import { httpChannel } from './http-channel'
import { failing } from './port-fixture'
import { AnswerLost } from './retry'
import { session } from './session'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

const ok: Answers = () => ({ body: { ok: true } })

async function cloud(answers: Answers = ok, options?: Parameters<typeof fakeCloud>[1]) {
  const made = await fakeCloud(answers, options)
  const channel = httpChannel('west', { tls: () => made.login().tls, controllerExec: null, attempts: '/nowhere' })
  open.push(made, channel)
  let now = 0
  return {
    made,
    at: session(channel, made.login, () => now),
    pass: (ms: number) => {
      now += ms
    },
  }
}

const tokens = (made: FakeCloud): number => made.asked('/identity/v3/auth/tokens').length

test('many questions at once share one token and one look at the versions', async () => {
  const { made, at } = await cloud()
  await Promise.all(['/a', '/b', '/c'].map((path) => at.get('volume', path)))
  expect(tokens(made)).toBe(1)
  expect(made.asked('/volume/v3/')).toHaveLength(1)
  expect(made.asked('/volume/v3/p1/b')[0]?.headers).toMatchObject({
    'x-auth-token': 'token-1',
    'openstack-api-version': 'volume 3.70',
  })
  await at.get('compute', '/a')
  expect(made.asked('/compute/v2.1/a')[0]?.headers).toMatchObject({
    'openstack-api-version': 'compute 2.93',
    'x-openstack-nova-api-version': '2.93',
  })
})

test('a token is renewed before it ends', async () => {
  const { made, at, pass } = await cloud(ok, { tokenLifeMs: 100 * 60_000 })
  await at.get('image', '/v2/images')
  pass(94 * 60_000)
  await at.get('image', '/v2/images')
  expect(tokens(made)).toBe(1)
  pass(2 * 60_000)
  await at.get('image', '/v2/images')
  expect(tokens(made)).toBe(2)
})

test('a token that is not accepted is renewed once, for a change too, and for many at once', async () => {
  const { made, at } = await cloud(ok, { refuses: ['token-1'] })
  const change = { service: 'volume', method: 'PUT', path: '/os-services/freeze', body: '{}' } as const
  const [{ answer }] = await Promise.all([at.change(change), at.get('volume', '/types'), at.get('volume', '/volumes')])
  expect(answer.status).toBe(200)
  expect(tokens(made)).toBe(2)
  expect(made.asked('/volume/v3/p1/os-services/freeze').map(({ headers }) => headers['x-auth-token'])).toEqual([
    'token-1',
    'token-2',
  ])
})

test('a service that accepts no token at all is told so, after one try more', async () => {
  const { made, at } = await cloud(ok, { refuses: ['token-1', 'token-2'] })
  const error = await failing(at.get('volume', '/types'))
  expect(error.kind).toBe('denied')
  expect(error.message).toMatch(
    /^west: volume in RegionOne: GET \/types: does not accept the token, nor a new one: .* \(req-[\w-]+\)$/,
  )
  expect(tokens(made)).toBe(2)
})

test('a login that Keystone refuses names the file to mend, and no secret', async () => {
  const { made, at } = await cloud(ok, { admits: false })
  const error = await failing(at.get('volume', '/types'))
  expect(error.kind).toBe('denied')
  expect(error.message).toMatch(
    /^west: identity in RegionOne: POST \/auth\/tokens: refuses the login: .* wrong in clouds\.yaml \(req-/,
  )
  expect(JSON.stringify([error, error.message, error.stack])).not.toContain('pass-of-test')
  expect(tokens(made)).toBe(1)
})

test('a Keystone that is not there is told as such, and was never asked', async () => {
  const { made, at } = await cloud()
  await made.close()
  const error = await failing(at.get('volume', '/types'))
  expect(error).toBeInstanceOf(NeverSent)
  expect(error.message).toBe(
    `west: identity in RegionOne: POST /auth/tokens: ${made.url} refuses the connection: nothing listens there`,
  )
})

test('a look is tried again where a proxy had nobody to ask, a change is not', async () => {
  let failures = 2
  const { made, at } = await cloud(() => (failures-- > 0 ? { status: 503, body: '<h1>Busy</h1>' } : { body: {} }))
  expect((await at.get('volume', '/types')).answer.status).toBe(200)
  expect(made.asked('/volume/v3/p1/types')).toHaveLength(3)
  failures = 1
  const change = { service: 'volume', method: 'PUT', path: '/x', body: null } as const
  expect((await at.change(change)).answer.status).toBe(503)
  expect(made.asked('/volume/v3/p1/x')).toHaveLength(1)
})

test('what is refused is not asked again', async () => {
  const { made, at } = await cloud(() => captured('err-cinder-403-services'))
  await failing(at.get('volume', '/os-services'))
  expect(made.asked('/volume/v3/p1/os-services')).toHaveLength(1)
})

test('a change whose answer is lost may have been taken, one that was never sent was not', async () => {
  const { made, at } = await cloud(() => 'hangs-up')
  const change = { service: 'volume', method: 'PUT', path: '/x', body: null } as const
  expect(await failing(at.change(change))).toBeInstanceOf(AnswerLost)
  expect(made.asked('/volume/v3/p1/x')).toHaveLength(1)
  await made.close()
  expect(await failing(at.change(change))).toBeInstanceOf(NeverSent)
})

test('no more than four looks are under way at once', async () => {
  let under = 0
  let most = 0
  const { at } = await cloud(async () => {
    under += 1
    most = Math.max(most, under)
    await new Promise((done) => setImmediate(done))
    under -= 1
    return { body: {} }
  })
  await Promise.all(Array.from({ length: 20 }, (_, n) => at.get('volume', `/x${n}`)))
  expect(most).toBeLessThanOrEqual(4)
  expect(most).toBeGreaterThan(1)
})

test('an older service is spoken to in its own version, one of before microversions in none', async () => {
  const older = JSON.parse(captured('cinder-versions').body)
  older.versions[0].version = '3.9'
  const said: Record<string, unknown> = {
    '/volume/v3/': older,
    '/compute/v2.1/': { version: { id: 'v2.1', version: '' } },
  }
  const plain = await fakeCloud(ok)
  open.push(plain)
  const channel = httpChannel('west', { tls: () => plain.login().tls, controllerExec: null, attempts: '/nowhere' })
  open.push(channel)
  const at = session(
    {
      ...channel,
      send: async (request, options) => {
        const body = said[new URL(request.url).pathname]
        return body === undefined
          ? channel.send(request, options)
          : { status: 200, headers: {}, body: JSON.stringify(body) }
      },
    },
    plain.login,
  )
  expect((await at.place('volume')).version).toBe('3.9')
  expect((await at.place('compute')).version).toBeNull()
  await at.get('compute', '/servers')
  expect(plain.asked('/compute/v2.1/servers')[0]?.headers).not.toHaveProperty('openstack-api-version')
})

test('a service that the catalogue has not, or has elsewhere, is named with what it has', async () => {
  const { made, at } = await cloud()
  expect((await failing(at.get('network', '/x'))).message).toBe(
    'west: network in RegionOne: find its URL: the catalogue has no such service',
  )
  const other = (over: object) => {
    const channel = httpChannel('west', { tls: () => made.login().tls, controllerExec: null, attempts: '/nowhere' })
    open.push(channel)
    return failing(session(channel, () => ({ ...made.login(), ...over })).get('volume', '/x'))
  }
  expect((await other({ region: 'South' })).message).toMatch(
    /^west: volume in South: .*the catalogue has it in RegionOne alone$/,
  )
  expect((await other({ interface: 'internal' })).message).toMatch(
    /the catalogue has it for public alone: set interface in clouds\.yaml$/,
  )
})
