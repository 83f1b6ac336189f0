import { expect, test } from 'vitest'
import { cloudScene, HOST } from './cloud-fixture'
import { FLAVOR } from './nova-views'

test('a slow Cinder answers late and does the same; Nova is as quick as ever', async () => {
  const scene = await cloudScene()
  scene.world.fault({ kind: 'slow-cinder', site: 'site-a', ms: 4_000 })
  let answered = false
  const asked = scene.cinder('GET', '/volumes/detail').then(() => {
    answered = true
  })
  await scene.pass(3.9)
  expect([answered, (await scene.nova('GET', '/servers/detail')).status]).toEqual([false, 200])
  await scene.pass(0.2)
  await asked
  scene.world.fault({ kind: 'slow-cinder', site: 'site-a', ms: 0 })
  expect((await scene.cinder('GET', '/volumes/detail')).status).toBe(200)
})

test('a request hangs or fails by its words, as a command does', async () => {
  const scene = await cloudScene()
  scene.world.fault({ kind: 'fail-next', pattern: 'PUT /os-services/freeze', exit: 503, stderr: '' })
  const freeze = () => scene.cinder('PUT', '/os-services/freeze', { host: HOST })
  expect((await freeze()).status).toBe(503)
  scene.world.fault({ kind: 'hang-next', pattern: 'PUT /os-services/freeze', forMs: 60_000, when: 'after' })
  const hanging = freeze()
  await scene.pass(1)
  expect(await scene.service()).toMatchObject({ frozen: true })
  await scene.pass(60)
  expect((await hanging).status).toBe(200)
})

test('what a fault names has to be there', async () => {
  const scene = await cloudScene()
  expect(() => scene.world.fault({ kind: 'make-ghost', site: 'site-b' })).toThrow('site-b has no cloud')
  expect(() => scene.world.fault({ kind: 'busy-image', image: 'volumes/nope', site: 'site-a' })).toThrow('no image')
})

test('a password in a request is kept nowhere', async () => {
  const scene = await cloudScene()
  await scene.nova('POST', '/servers', { server: { name: 'x', flavorRef: 'nope', adminPass: 'open-sesame' } })
  const told = JSON.stringify(scene.world.recorded())
  expect([told.includes('adminPass'), told.includes('open-sesame')]).toEqual([true, false])
})

test('a nova-compute that is lost takes no order: what was told to its server waits until it is back', async () => {
  const scene = await cloudScene()
  await scene.nova('POST', '/servers', { server: { name: 'x', flavorRef: FLAVOR.id, imageRef: '' } })
  await scene.pass(60)
  const { server } = await one(scene)
  const { 'OS-EXT-SRV-ATTR:host': host, id } = server
  scene.world.fault({ kind: 'lose-compute', site: 'site-a', host })
  expect((await scene.nova('GET', '/os-services?binary=nova-compute')).said.services).toContainEqual(
    expect.objectContaining({ host, state: 'down' }),
  )
  expect((await scene.nova('POST', `/servers/${id}/action`, { 'os-stop': null })).status).toBe(202)
  await scene.pass(600)
  expect((await one(scene)).server).toMatchObject({ status: 'ACTIVE', 'OS-EXT-STS:task_state': 'powering-off' })
  scene.world.fault({ kind: 'restore-compute', site: 'site-a', host })
  expect((await one(scene)).server).toMatchObject({ status: 'SHUTOFF', 'OS-EXT-STS:task_state': null })
})

async function one(scene: Awaited<ReturnType<typeof cloudScene>>) {
  const [server] = (await scene.nova('GET', '/servers/detail')).said.servers as unknown as Record<string, string>[]
  if (server === undefined) throw new Error('no server')
  return { server: server as Record<string, string> & { id: string; 'OS-EXT-SRV-ATTR:host': string } }
}
