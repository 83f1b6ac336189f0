import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { smallWorld } from '../small-world'
import { REAL_TIMINGS } from '../spec'
import { fileLog } from '../state-log'
import { createWorld } from '../world'
import { cloudScene, HOST, loggedIn, loginBody, sceneOf } from './cloud-fixture'
import { SIMULATED_PASSWORD } from './cloud-spec'

const bodyOf = <T>(answer: { readonly said: object }): T => answer.said as T

test('Keystone gives a token with its catalogue, and one refusal for a wrong password, project or role', async () => {
  const scene = await cloudScene()
  const login = (password: string, project: string) =>
    scene.send('identity', 'POST', '/v3/auth/tokens', loginBody('antipode', password, project))
  const good = await login(SIMULATED_PASSWORD, 'admin')
  expect(good.status).toBe(201)
  const { catalog } = bodyOf<{ token: { catalog: { type: string }[] } }>(good).token
  expect(catalog.map(({ type }) => type)).toEqual([
    'identity',
    'image',
    'network',
    'compute',
    'volumev3',
    'orchestration',
  ])
  for (const answer of [await login('wrong', 'admin'), await login(SIMULATED_PASSWORD, 'demo')]) {
    expect([answer.status, answer.said]).toEqual([
      401,
      { error: { code: 401, message: 'The request you have made requires authentication.', title: 'Unauthorized' } },
    ])
  }
})

test('a token ends after four hours, and one that nobody issued is worth nothing', async () => {
  const scene = await cloudScene()
  expect((await scene.cinder('GET', '/volumes/detail')).status).toBe(200)
  expect((await scene.send('volume', 'GET', '/v3/volumes/detail', undefined, { token: 'gAAAAABx.y' })).status).toBe(401)
  await scene.pass(4 * 3_600)
  const answer = await scene.cinder('GET', '/volumes/detail')
  expect([answer.status, answer.headers['www-authenticate']]).toEqual([
    401,
    'Keystone uri="http://identity.site-a.example:5000/v3"',
  ])
})

test('a stopped Keystone refuses connections; the others know a token for five minutes more', async () => {
  const scene = await cloudScene()
  await scene.cinder('GET', '/volumes/detail')
  scene.world.fault({ kind: 'stop-keystone', site: 'site-a' })
  await expect(scene.login('antipode', 'admin')).rejects.toThrow('connection refused')
  expect((await scene.cinder('GET', '/volumes/detail')).status).toBe(200)
  await scene.pass(301)
  expect((await scene.cinder('GET', '/volumes/detail')).status).toBe(503)
  scene.world.fault({ kind: 'start-keystone', site: 'site-a' })
  expect((await scene.cinder('GET', '/volumes/detail')).status).toBe(200)
})

test('a microversion that nobody speaks is 406, and each service names what it spoke', async () => {
  const scene = await cloudScene()
  const token = await scene.login('antipode', 'admin')
  const asked = (version: string) =>
    scene.send('volume', 'GET', '/v3/os-services', undefined, { token, headers: { 'OpenStack-API-Version': version } })
  expect((await asked('volume 3.999')).said).toEqual({
    computeFault: {
      code: 406,
      message: 'Version 3.999 is not supported by the API. Minimum is 3.0 and maximum is 3.70.',
    },
  })
  const old = await asked('volume 3.0')
  expect(old.headers['openstack-api-version']).toBe('volume 3.0')
  const [, volume] = bodyOf<{ services: object[] }>(old).services
  expect(volume).not.toHaveProperty('backend_state')
  expect(volume).toHaveProperty('active_backend_id', null)
})

test('lists come newest first, page by page, with a link to the next', async () => {
  const scene = await cloudScene()
  const ids = await scene.volumes(3)
  const seen: string[] = []
  let path: string | undefined = '/volumes/detail?all_tenants=1&limit=2'
  while (path !== undefined) {
    const page: { volumes: { id: string }[]; volumes_links?: { href: string }[] } = bodyOf(
      await scene.cinder('GET', path),
    )
    seen.push(...page.volumes.map(({ id }) => id))
    const href = page.volumes_links?.[0]?.href
    path = href === undefined ? undefined : `/volumes/detail${new URL(href).search}`
  }
  expect(seen).toEqual([...ids].reverse())
})

test('a member sees the own project, and what only an administrator may is 403 in the words of the policy', async () => {
  const scene = await cloudScene()
  const token = await scene.login('demo', 'demo')
  await scene.volumes(1)
  const as = (method: string, path: string, body?: object) =>
    scene.send('volume', method, `/v3${path}`, body, { token })
  expect((await as('GET', '/volumes/detail?all_tenants=1')).said).toEqual({ volumes: [] })
  expect((await as('GET', '/os-services')).said).toEqual({
    forbidden: { code: 403, message: "Policy doesn't allow volume_extension:services:index to be performed." },
  })
  expect((await as('PUT', '/os-services/failover_host', { host: HOST })).status).toBe(403)
  expect((await scene.send('compute', 'GET', '/v2.1/servers/detail?all_tenants=1', undefined, { token })).status).toBe(
    403,
  )
})

test('a quota that is used up is 413, and what is not there is 404', async () => {
  const scene = await cloudScene()
  const [id = ''] = await scene.volumes(1)
  const project = (await scene.volume(id)) as unknown as Record<string, string>
  await scene.cinder('PUT', `/os-quota-sets/${project['os-vol-tenant-attr:tenant_id']}`, {
    quota_set: { volumes: 1, gigabytes: 100 },
  })
  const full = await scene.cinder('POST', '/volumes', { volume: { size: 1 } })
  expect([full.status, full.headers['retry-after']]).toEqual([413, '0'])
  expect(full.said).toMatchObject({ overLimit: { retryAfter: '0' } })
  const gone = await scene.cinder('GET', '/volumes/00000000-0000-0000-0000-000000000000')
  expect(gone.said).toEqual({
    itemNotFound: { code: 404, message: 'Volume 00000000-0000-0000-0000-000000000000 could not be found.' },
  })
})

test('freezing twice is refused, a frozen backend keeps its volumes, and thawing enables whatever it was disabled for', async () => {
  const scene = await cloudScene()
  const [id = ''] = await scene.volumes(1)
  const put = (verb: string) => scene.cinder('PUT', `/os-services/${verb}`, { host: HOST })
  await scene.cinder('PUT', '/os-services/failover_host', { host: HOST, backend_id: 'secondary' })
  await scene.pass(60)
  expect((await put('freeze')).status).toBe(200)
  expect(await scene.service()).toMatchObject({ frozen: true, status: 'disabled', disabled_reason: 'frozen' })
  expect((await put('freeze')).said).toMatchObject({
    badRequest: { message: expect.stringContaining(`frozen in ['${HOST}'] must be False to failover.`) },
  })
  expect((await scene.cinder('DELETE', `/volumes/${id}`)).status).toBe(400)
  await put('thaw')
  expect(await scene.service()).toMatchObject({ frozen: false, status: 'enabled', active_backend_id: 'secondary' })
  const [born = ''] = await scene.volumes(1)
  expect(await scene.primary('site-b', born)).toBe(true)
})

test('a volume made on a backend that was failed over is in error, and a message says why', async () => {
  const scene = await cloudScene()
  await scene.cinder('PUT', '/os-services/failover_host', { host: HOST, backend_id: 'secondary' })
  await scene.pass(60)
  const [id = ''] = await scene.volumes(1)
  expect((await scene.volume(id)).status).toBe('error')
  expect((await scene.cinder('GET', `/messages?resource_uuid=${id}`)).said).toMatchObject({
    messages: [{ user_message: 'schedule allocate volume:Could not find any available weighted backend.' }],
  })
})

test('os-reset_status takes a status and no replication_status', async () => {
  const scene = await cloudScene()
  const [id = ''] = await scene.volumes(1)
  const reset = (body: object) => scene.cinder('POST', `/volumes/${id}/action`, { 'os-reset_status': body })
  expect((await reset({ status: 'error' })).status).toBe(202)
  expect((await scene.volume(id)).status).toBe('error')
  expect((await reset({ status: 'bogus' })).status).toBe(400)
  expect((await reset({ replication_status: 'enabled' })).said).toMatchObject({
    badRequest: { message: "Must specify 'status', 'attach_status' or 'migration_status' for update." },
  })
})

test('adoption renames the image and its copy, and forgets replication; a copy that follows cannot be adopted', async () => {
  const scene = await cloudScene()
  const [id = ''] = await scene.volumes(1)
  await scene.cinder('POST', `/volumes/${id}/action`, { 'os-unmanage': {} })
  await scene.pass(5)
  expect((await scene.cinder('GET', `/volumes/${id}`)).status).toBe(404)
  const manage = (source: string) =>
    scene.cinder('POST', '/os-volume-manage', {
      volume: { host: `${HOST}#ceph`, ref: { 'source-name': source }, name: 'adopted', volume_type: 'replicated' },
    })
  const made = bodyOf<{ volume: { id: string } }>(await manage(`volume-${id}`)).volume
  await scene.pass(5)
  expect(await scene.volume(made.id)).toMatchObject({ status: 'available', replication_status: null })
  const ls = await scene.world.command('site-b', ['rbd', 'ls', 'volumes'])
  expect([ls.stdout.includes(made.id), ls.stdout.includes(id)]).toEqual([true, false])
  const missing = bodyOf<{ volume: { id: string } }>(await manage('volume-nope')).volume
  await scene.pass(5)
  expect(await scene.volume(missing.id)).toMatchObject({ status: 'error' })
})

test('a Glance image gets a second location where Glance finds it, and keeps its last', async () => {
  const scene = await cloudScene()
  const token = await scene.login('antipode', 'admin')
  const made = async () => {
    const { id } = bodyOf<{ id: string }>(await scene.send('image', 'POST', '/v2/images', { name: 'base' }, { token }))
    expect((await scene.send('image', 'PUT', `/v2/images/${id}/file`, 'data', { token })).status).toBe(204)
    const image = await scene.send('image', 'GET', `/v2/images/${id}`, undefined, { token })
    return { id, url: bodyOf<{ locations: { url: string }[] }>(image).locations[0]?.url ?? '' }
  }
  const [{ id }, other] = [await made(), await made()]
  const change = (body: object[]) =>
    scene.send('image', 'PATCH', `/v2/images/${id}`, body, {
      token,
      headers: { 'Content-Type': 'application/openstack-images-v2.1-json-patch' },
    })
  const add = (url: string) => change([{ op: 'add', path: '/locations/-', value: { url, metadata: {} } }])
  expect((await add(`rbd://other/images/${other.id}/snap`)).status).toBe(400)
  const added = bodyOf<{ locations: { url: string }[] }>(await add(other.url))
  expect(added.locations.map((one) => one.url.split('/').at(-2))).toEqual([id, other.id])
  expect((await change([{ op: 'remove', path: '/locations/0' }])).status).toBe(200)
  expect((await change([{ op: 'remove', path: '/locations/0' }])).status).toBe(403)
})

test('every request that changes something is on record as it was sent, and no token is', async () => {
  const scene = await cloudScene()
  const [id = ''] = await scene.volumes(1)
  await scene.cinder('DELETE', `/volumes/${id}`)
  await scene.cinder('PUT', '/os-services/thaw', { host: HOST })
  const told = scene.world.recorded().map(({ argv, exit }) => [argv.join(' '), exit])
  expect(told.slice(-2)).toEqual([
    [`openstack volume DELETE /volumes/${id}`, 0],
    [`openstack volume PUT /os-services/thaw {"host":"${HOST}"}`, 400],
  ])
  expect(JSON.stringify(told)).not.toContain(SIMULATED_PASSWORD)
})

test('what was acknowledged is there after the simulator was killed, and a failover that it was at stays where it was', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'antipode-cloud-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const scene = await cloudScene({}, fileLog(folder))
  const ids = await scene.volumes(4)
  await scene.cinder('PUT', '/os-services/failover_host', { host: HOST, backend_id: 'secondary' })
  await scene.pass(0.3)
  const spec = smallWorld({ ...REAL_TIMINGS, commandScale: 0 })
  const again = sceneOf(createWorld({ clock: scene.clock, spec, log: fileLog(folder) }), scene.clock)
  const after = await loggedIn(again)
  await again.pass(30)
  expect(await after.service()).toMatchObject({ replication_status: 'failing-over', state: 'down' })
  expect(await after.volume(ids[0] ?? '')).toMatchObject({ status: 'available', replication_status: 'enabled' })
  again.world.fault({ kind: 'start-cinder-volume', site: 'site-a' })
  expect(await after.service()).toMatchObject({ replication_status: 'enabled', state: 'up' })
})
