import { afterEach, beforeEach, expect, test } from 'vitest'
import { anAttachment, aServer, aService, aSnapshot, aType, aVolume } from '@/lib/domain/cloud-fixture'
import { RPO_SPEC } from '@/lib/domain/cloud-objective'
import type { CloudReport } from '@/lib/domain/cloud-report'
import { changesSince, newestChange } from '@/lib/store/changes'
import type { StoredAttachment } from '@/lib/store/cloud-tables'
import { FakeCloud } from './fake-cloud'
import { FakeConsole } from './fake-console'

let world: FakeConsole
let cloud: FakeCloud

beforeEach(() => {
  world = new FakeConsole()
  cloud = new FakeCloud(world.clock)
  world.cloud = cloud
  world.poller = world.newPoller()
})

afterEach(() => world.end())

const id = (n: number) => `00000000-0000-0000-0000-${String(n).padStart(12, '0')}`

/** A replicated volume with its image at both sites. */
function volume(n: number, change: Parameters<typeof aVolume>[1] = {}) {
  const globalId = `g-${n}`
  world.east.add('volumes', { globalId, name: `volume-${id(n)}` })
  world.west.addCopy('volumes', { globalId, name: `volume-${id(n)}` })
  cloud.volumes.push(aVolume(id(n), { createdAt: world.clock.now() - 3_600_000, ...change }))
}

const volumeRows = () => world.store.selectFrom('cloud_volumes').selectAll().orderBy('id').execute()
const reading = (kind: string) =>
  world.store.selectFrom('cloud_readings').selectAll().where('kind', '=', kind).executeTakeFirstOrThrow()
const cloudRow = () => world.store.selectFrom('clouds').selectAll().executeTakeFirstOrThrow()
const report = async (): Promise<CloudReport> => JSON.parse((await cloudRow()).report ?? 'null')
const backend = async () => (await report()).backends[0]

test('what a cloud says is kept: volumes with pool, image and attachments, servers, snapshots, Glance images', async () => {
  volume(1, { status: 'in-use' })
  cloud.attachments = [anAttachment('a1', id(1), 's1')]
  cloud.servers = [aServer('s1', [id(1)])]
  cloud.snapshots = [aSnapshot('snap', id(1))]
  await world.start(20_000)
  const [row] = await volumeRows()
  expect(row).toMatchObject({
    site: 'east',
    backend: 'cinder@ceph',
    rbd_pool: 'volumes',
    rbd_image: `volume-${id(1)}`,
    replication_status: 'enabled',
  })
  const [attachment] = JSON.parse(row?.attachments ?? '[]') as StoredAttachment[]
  expect(attachment).toMatchObject({ serverId: 's1', connection: { monitors: ['10.0.1.1:6789'], user: 'cinder' } })
  expect(await world.store.selectFrom('cloud_volume_servers').selectAll().execute()).toMatchObject([
    { volume_id: id(1), server_id: 's1' },
  ])
  expect(await cloudRow()).toMatchObject({ state: 'ok', error: '', silent_since: null })
  expect(await reading('volumes')).toMatchObject({ things: 1, error: '' })
})

test('time is no change: a quiet cloud writes no row, and services are read four times as often as volumes', async () => {
  for (let n = 1; n <= 30; n++) volume(n)
  await world.start(70_000)
  const before = await volumeRows()
  const seq = await newestChange(world.store)
  cloud.asked = []
  await world.clock.advance(240_000)
  expect(await volumeRows()).toEqual(before)
  const { topics } = await changesSince(world.store, seq)
  expect(topics).toContain('cloud:east')
  expect(topics).not.toContain('volumes:east')
  expect(cloud.count('services')).toBeGreaterThanOrEqual(15)
  expect(cloud.count('volumes')).toBeLessThanOrEqual(5)
})

test('a big cloud is read no more than a tenth of the time, and its services as often as ever', async () => {
  volume(1)
  cloud.costMs = 2_500
  await world.start(30_000)
  cloud.asked = []
  await world.clock.advance(1_000_000)
  expect(cloud.count('volumes')).toBeLessThanOrEqual(6)
  expect(cloud.count('services')).toBeGreaterThanOrEqual(60)
})

test('Keystone is down for a minute: the cloud is silent, what was read stays with its age, and Ceph is read as ever', async () => {
  volume(1)
  await world.start(70_000)
  const [before, read] = [await volumeRows(), await reading('services')]
  cloud.dead = true
  await world.clock.advance(60_000)
  const row = await cloudRow()
  expect(row).toMatchObject({ state: 'silent', error: expect.stringContaining('keystone does not answer') })
  expect(row.silent_since).toBe(row.last_ok_at)
  expect(await volumeRows()).toEqual(before)
  const silent = await reading('services')
  expect(silent.error).not.toBe('')
  expect((silent.observed_at ?? 0) - (read.observed_at ?? 0)).toBeLessThan(16_000)
  expect((await world.site('east')).state).toBe('ok')
  const ceph = await world.reading('east', 'volumes')
  expect(world.clock.now() - (ceph?.observed_at ?? 0)).toBeLessThan(10_000)
  const attention = await world.summary('attention')
  expect(attention?.map(({ key }) => key)).toContain('cloud-silent:east')
  cloud.dead = false
  await world.clock.advance(60_000)
  expect(await cloudRow()).toMatchObject({ state: 'ok', error: '', silent_since: null })
  expect((await reading('services')).error).toBe('')
})

test('a cloud that is dead is not asked all the time', async () => {
  cloud.dead = true
  await world.start(300_000)
  expect(cloud.asked.length).toBeLessThan(40)
  expect(await cloudRow()).toMatchObject({ state: 'silent', last_ok_at: null })
})

test('a volume that is deleted while it is read goes, one that stands on two pages is one', async () => {
  volume(1)
  volume(2)
  await world.start(20_000)
  const [first] = cloud.volumes
  cloud.meanwhile.set('volumes', () => {
    cloud.volumes = cloud.volumes.filter((one) => one !== first)
    cloud.volumes = [...cloud.volumes, ...cloud.volumes]
    cloud.meanwhile.clear()
  })
  await world.clock.advance(60_000)
  expect((await volumeRows()).map((row) => row.id)).toEqual([id(2)])
})

test('an answer that makes no sense costs its own kind alone, and is said', async () => {
  volume(1)
  await world.start(20_000)
  cloud.failing.set('volumes', 'unreadable')
  cloud.servers = [aServer('s1', [id(1)])]
  await world.clock.advance(70_000)
  expect(await volumeRows()).toHaveLength(1)
  expect((await reading('volumes')).error).toContain('nonsense')
  expect((await reading('servers')).things).toBe(1)
  expect(await cloudRow()).toMatchObject({ state: 'failing', error: expect.stringContaining('volumes') })
})

test('attachments that cannot be read after a restart do not make known ones vanish', async () => {
  volume(1)
  cloud.attachments = [anAttachment('a1', id(1), 's1')]
  await world.start(20_000)
  const before = await volumeRows()
  cloud.failing.set('attachments', 'refused')
  await world.restart(70_000)
  expect(await volumeRows()).toEqual(before)
})

test('a volume whose creation failed is a ghost, and alarms; one whose image is gone too', async () => {
  for (let n = 1; n <= 3; n++) volume(n)
  cloud.volumes.push(aVolume(id(9), { status: 'error', replicationStatus: null, createdAt: world.clock.now() - 9e6 }))
  cloud.volumes.push(aVolume(id(10), { createdAt: world.clock.now() - 9e6 }))
  await world.start(40_000)
  const found = (await backend())?.ghosts
  expect(found?.list.map(({ volumeId }) => volumeId)).toEqual([id(9), id(10)])
  expect((await report()).withoutImage).toBe(2)
  const attention = await world.summary('attention')
  expect(attention?.find(({ key }) => key === 'ghosts:east/cinder@ceph')).toMatchObject({ severity: 'critical' })
})

test('a volume that was made just now is no ghost for want of an image', async () => {
  volume(1)
  await world.start(60_000)
  cloud.volumes.push(aVolume(id(2), { createdAt: world.clock.now() }))
  await world.clock.advance(65_000)
  expect((await backend())?.ghosts.count).toBe(0)
})

test('nobody knows which images are there while their site is silent', async () => {
  volume(1)
  await world.start(60_000)
  world.east.dead = true
  cloud.volumes.push(aVolume(id(2), { createdAt: world.clock.now() - 9e6 }))
  await world.clock.advance(120_000)
  expect((await backend())?.ghosts.count).toBe(0)
})

test('what a failover would put in error is counted with its snapshots', async () => {
  volume(1)
  cloud.volumes.push(aVolume(id(5), { typeName: 'plain', replicationStatus: 'disabled' }))
  cloud.snapshots = [aSnapshot('s1', id(5)), aSnapshot('s2', id(1))]
  await world.start(40_000)
  expect((await backend())?.spoiled).toMatchObject({ count: 1, snapshots: 1, list: [{ volumeId: id(5) }] })
  expect(await backend()).toMatchObject({ volumes: 2, taken: 1 })
})

test('a backend that was failed over is in no list of pools: those that were seen are remembered', async () => {
  volume(1)
  await world.start(40_000)
  cloud.services = [aService({ activeBackendId: 'secondary', status: 'disabled', disabledReason: 'failed-over' })]
  cloud.pools = []
  await world.clock.advance(40_000)
  expect(await backend()).toMatchObject({
    poolsAre: 'remembered',
    place: { active: 'west', failedOverTo: 'secondary', text: 'Failed over to secondary, which is west' },
  })
  const attention = await world.summary('attention')
  expect(attention?.map(({ key }) => key)).toContain('failed-over:east/cinder@ceph')
  expect(attention?.map(({ key }) => key)).not.toContain('disabled:east/cinder@ceph')
})

test('an image that no volume has is an orphan at the second look, and none once its volume is there', async () => {
  volume(1)
  world.east.add('volumes', { globalId: 'g-7', name: `volume-${id(7)}` })
  world.west.addCopy('volumes', { globalId: 'g-7', name: `volume-${id(7)}` })
  await world.start(40_000)
  const orphans = () => world.store.selectFrom('cloud_orphans').selectAll().execute()
  expect(await orphans()).toEqual([])
  await world.clock.advance(120_000)
  expect(await orphans()).toEqual([{ site: 'east', image_id: 'east~west/volumes//g-7' }])
  cloud.volumes.push(aVolume(id(7)))
  await world.clock.advance(70_000)
  expect(await orphans()).toEqual([])
})

test('the objective of a volume type goes before that of the pool, also after a restart, and leaves with it', async () => {
  world.config.pools = { volumes: { rpo: 60 } }
  world.poller = world.newPoller()
  cloud.types = [aType('replicated', { extraSpecs: { [RPO_SPEC]: '30s' } }), aType('plain')]
  volume(1)
  volume(2, { typeName: 'plain' })
  await world.start(40_000)
  const objectives = async () => (await world.rows()).map((row) => row.objective_sec)
  expect(await objectives()).toEqual([30, 60])
  const before = await world.rows()
  await world.restart(3_000)
  expect((await world.rows()).map((row) => row.changed_at)).toEqual(before.map((row) => row.changed_at))
  cloud.types = [aType('replicated', { extraSpecs: { [RPO_SPEC]: 'soon' } }), aType('plain')]
  await world.clock.advance(70_000)
  expect(await objectives()).toEqual([60, 60])
  expect((await report()).badTypes).toEqual([expect.stringContaining('“soon”')])
})

test('a console without a cloud has none, and forgets one that is configured no more', async () => {
  volume(1)
  await world.start(20_000)
  world.cloud = null
  await world.restart(20_000)
  expect(await volumeRows()).toEqual([])
  expect(await world.store.selectFrom('clouds').selectAll().execute()).toEqual([])
})
