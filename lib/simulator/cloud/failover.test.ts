import { expect, test } from 'vitest'
import { type CloudScene, cloudScene, HOST } from './cloud-fixture'

const failover = (scene: CloudScene, backend_id: string) =>
  scene.cinder('PUT', '/os-services/failover_host', { host: HOST, backend_id })

const states = (scene: CloudScene, ids: readonly string[]) =>
  Promise.all(
    ids.map(async (id) => {
      const { status, replication_status } = await scene.volume(id)
      return `${status} ${replication_status}`
    }),
  )

const primaries = (scene: CloudScene, site: string, ids: readonly string[]) =>
  Promise.all(ids.map((id) => scene.primary(site, id)))

test('failover_host answers 202 at once and the row says failing-over; then all is at the target, the service is disabled and says where it is', async () => {
  const scene = await cloudScene()
  const ids = await scene.volumes(3)
  expect((await failover(scene, 'secondary')).status).toBe(202)
  expect(await scene.service()).toMatchObject({ replication_status: 'failing-over', active_backend_id: null })
  await scene.pass(30)
  expect(await scene.service()).toMatchObject({
    status: 'disabled',
    disabled_reason: 'failed-over',
    replication_status: 'failed-over',
    active_backend_id: 'secondary',
    backend_state: null,
  })
  expect(await states(scene, ids)).toEqual(ids.map(() => 'available failed-over'))
  expect(await primaries(scene, 'site-a', ids)).toEqual([false, false, false])
  expect(await primaries(scene, 'site-b', ids)).toEqual([true, true, true])
  expect((await scene.cinder('GET', '/scheduler-stats/get_pools?detail=True')).said).toEqual({ pools: [] })
})

test('the way back is default: enabled, and active_backend_id is empty and not null', async () => {
  const scene = await cloudScene()
  const ids = await scene.volumes(2)
  await failover(scene, 'secondary')
  await scene.pass(60)
  await failover(scene, 'default')
  await scene.pass(60)
  expect(await scene.service()).toMatchObject({
    status: 'enabled',
    disabled_reason: '',
    replication_status: 'enabled',
    active_backend_id: '',
    backend_state: 'up',
  })
  expect(await states(scene, ids)).toEqual(ids.map(() => 'available enabled'))
  expect(await primaries(scene, 'site-a', ids)).toEqual([true, true])
})

test('a volume without replication, and its snapshots, end in error; the way back leaves them so', async () => {
  const scene = await cloudScene()
  const [plain = ''] = await scene.volumes(1, 'plain')
  const made = await scene.cinder('POST', '/snapshots', { snapshot: { volume_id: plain, name: 's' } })
  const { id } = (made.said as unknown as { snapshot: { id: string } }).snapshot
  await scene.pass(5)
  await failover(scene, 'secondary')
  await scene.pass(30)
  expect(await states(scene, [plain])).toEqual(['error not-capable'])
  expect((await scene.cinder('GET', `/snapshots/${id}`)).said).toMatchObject({ snapshot: { status: 'error' } })
  await failover(scene, 'default')
  await scene.pass(30)
  expect(await states(scene, [plain])).toEqual(['error not-capable'])
  await scene.cinder('POST', `/volumes/${plain}/action`, { 'os-reset_status': { status: 'available' } })
  expect(await states(scene, [plain])).toEqual(['available not-capable'])
})

test('one ghost stops the demoting: its older neighbours are primary on both sides, and Cinder says failed-over', async () => {
  const scene = await cloudScene()
  const [older = ''] = await scene.volumes(1)
  scene.world.fault({ kind: 'make-ghost', site: 'site-a' })
  await scene.pass(1)
  const [newer = ''] = await scene.volumes(1)
  await failover(scene, 'secondary')
  await scene.pass(60)
  expect(await scene.service()).toMatchObject({ replication_status: 'failed-over' })
  expect(await states(scene, [older, newer])).toEqual(['available failed-over', 'available failed-over'])
  expect([await scene.primary('site-a', newer), await scene.primary('site-b', newer)]).toEqual([false, true])
  expect([await scene.primary('site-a', older), await scene.primary('site-b', older)]).toEqual([true, true])
})

test('a busy volume stops the demoting too: it and all older ones are forced', async () => {
  const scene = await cloudScene()
  const [older = '', busy = '', newer = ''] = await scene.volumes(3)
  scene.world.fault({ kind: 'busy-image', image: `volumes/volume-${busy}`, site: 'site-a' })
  await failover(scene, 'secondary')
  await scene.pass(60)
  expect(await primaries(scene, 'site-a', [older, busy, newer])).toEqual([true, true, false])
  expect(await primaries(scene, 'site-b', [older, busy, newer])).toEqual([true, true, true])
  expect(await states(scene, [older, busy])).toEqual(['available failed-over', 'available failed-over'])
})

test('a demotion that takes too long to arrive leaves the volume in failover-error', async () => {
  const scene = await cloudScene({ demotionMs: [60_000, 60_000] })
  const ids = await scene.volumes(1)
  await failover(scene, 'secondary')
  await scene.pass(40)
  expect(await states(scene, ids)).toEqual(['error failover-error'])
})

test('an unknown target is taken with 202; the row goes back to what it was', async () => {
  const scene = await cloudScene()
  const ids = await scene.volumes(1)
  expect((await failover(scene, 'nowhere')).status).toBe(202)
  await scene.pass(5)
  expect(await scene.service()).toMatchObject({ replication_status: 'enabled', status: 'enabled' })
  expect(await states(scene, ids)).toEqual(['available enabled'])
})

test('while it fails over, and while it is down, another failover is refused in the words of Cinder', async () => {
  const scene = await cloudScene()
  await scene.volumes(2)
  await failover(scene, 'secondary')
  const refusal = `Invalid input received: No service could be changed: replication_status in ['${HOST}'] must be ['enabled', 'failed-over'] and must be up to failover.`
  const again = await failover(scene, 'secondary')
  expect([again.status, again.said]).toEqual([400, { badRequest: { code: 400, message: refusal } }])
  await scene.pass(60)
  scene.world.fault({ kind: 'kill-cinder-volume', site: 'site-a' })
  await scene.pass(21)
  expect((await scene.service()).state).toBe('down')
  expect((await failover(scene, 'default')).status).toBe(400)
})

test('another failover to the target that is active is no repeat of nothing: it demotes and promotes again', async () => {
  const scene = await cloudScene()
  const [id = ''] = await scene.volumes(1)
  await failover(scene, 'secondary')
  await scene.pass(60)
  await failover(scene, 'secondary')
  await scene.pass(0.15)
  expect(await scene.primary('site-b', id)).toBe(false)
  await scene.pass(60)
  expect(await scene.primary('site-b', id)).toBe(true)
})

test('with the site dead: half a minute of connecting, then all are promoted by force', async () => {
  const scene = await cloudScene()
  const ids = await scene.volumes(3)
  scene.world.fault({ kind: 'lose-site', site: 'site-a' })
  expect(await scene.service()).toMatchObject({ state: 'up', backend_state: 'up' })
  await failover(scene, 'secondary')
  await scene.pass(29)
  expect(await scene.service()).toMatchObject({ replication_status: 'failing-over' })
  await scene.pass(3)
  expect(await scene.service()).toMatchObject({ replication_status: 'failed-over' })
  expect(await states(scene, ids)).toEqual(ids.map(() => 'available failed-over'))
})

test('back with images primary on both sides: all volumes in failover-error, and the service enabled on the old data', async () => {
  const scene = await cloudScene()
  const ids = await scene.volumes(2)
  scene.world.fault({ kind: 'lose-site', site: 'site-a' })
  await failover(scene, 'secondary')
  await scene.pass(60)
  scene.world.fault({ kind: 'back', site: 'site-a' })
  await scene.pass(60)
  await failover(scene, 'default')
  await scene.pass(60)
  expect(await scene.service()).toMatchObject({
    replication_status: 'enabled',
    active_backend_id: '',
    status: 'enabled',
  })
  expect(await states(scene, ids)).toEqual(ids.map(() => 'error failover-error'))
  expect(await primaries(scene, 'site-a', ids)).toEqual([true, true])
  expect(await primaries(scene, 'site-b', ids)).toEqual([false, false])
})

test('cinder-volume started while its cluster is dead stays down, and begins when the cluster is back', async () => {
  const scene = await cloudScene()
  await scene.volumes(1)
  scene.world.fault({ kind: 'lose-site', site: 'site-a' })
  scene.world.fault({ kind: 'kill-cinder-volume', site: 'site-a' })
  scene.world.fault({ kind: 'start-cinder-volume', site: 'site-a' })
  expect((await scene.service()).state).toBe('down')
  expect((await failover(scene, 'secondary')).status).toBe(400)
  scene.world.fault({ kind: 'back', site: 'site-a' })
  expect((await scene.service()).state).toBe('up')
})

test('cinder-volume killed in the middle: failing-over stays until it starts again, which makes it enabled and moves nothing', async () => {
  const scene = await cloudScene()
  const ids = await scene.volumes(4)
  await failover(scene, 'secondary')
  await scene.pass(0.3)
  scene.world.fault({ kind: 'kill-cinder-volume', site: 'site-a' })
  await scene.pass(60)
  expect(await scene.service()).toMatchObject({ replication_status: 'failing-over', state: 'down' })
  const before = await primaries(scene, 'site-a', ids)
  expect(new Set(before)).toEqual(new Set([true, false]))
  scene.world.fault({ kind: 'start-cinder-volume', site: 'site-a' })
  expect(await scene.service()).toMatchObject({ replication_status: 'enabled', state: 'up', active_backend_id: null })
  expect(await primaries(scene, 'site-a', ids)).toEqual(before)
})
