import { afterEach, beforeEach, expect, test } from 'vitest'
import { changesSince, newestChange } from '@/lib/store/changes'
import { FakeConsole } from './fake-console'

let world: FakeConsole

beforeEach(() => {
  world = new FakeConsole()
})

afterEach(() => world.end())

function pair(globalId: string, pool = 'volumes', parent: string | null = null) {
  const spec = parent === null ? null : { pool: 'images', namespace: '', name: parent }
  return {
    primary: world.east.add(pool, { globalId, parent: spec }),
    copy: world.west.addCopy(pool, { globalId }),
  }
}

test('10,000 images of which nothing changes write no row, and their exposure stays small', async () => {
  for (let i = 0; i < 10_000; i++) {
    const snapshot = i % 2 === 0
    const { primary, copy } = pair(`vol-${i}`)
    if (!snapshot) continue
    const takenAt = world.clock.now() - 20_000
    Object.assign(primary, {
      mode: 'snapshot',
      snapshots: [{ id: 5, complete: true, primarySnapId: null, primary: true, takenAt }],
    })
    Object.assign(copy, {
      mode: 'snapshot',
      snapshots: [{ id: 7, complete: true, primarySnapId: 5, primary: false, takenAt: 0 }],
    })
  }
  world.config.sampling.cpuPercent = 100
  await world.start(60_000)
  const before = await world.rows()
  const seq = await newestChange(world.store)
  await world.clock.advance(20_000)
  expect(before.length).toBe(10_000)
  expect(await world.rows()).toEqual(before)
  expect((await changesSince(world.store, seq)).topics.filter((topic) => topic.startsWith('pool:'))).toEqual([])
  expect(await world.exposure('vol-1')).toBeLessThan(30)
}, 180_000)

test('what is not mirrored, and clones whose parents are not, are lost and counted as such', async () => {
  pair('golden', 'images')
  pair('good-clone', 'volumes', 'golden')
  pair('bad-clone', 'volumes', 'nowhere')
  world.east.unmirrored = 3
  await world.start(90_000)
  expect(await world.ifLost('east')).toMatchObject({
    primaries: 9,
    recover: 2,
    lost: [
      { reason: 'not-mirrored', images: 6 },
      { reason: 'parent-not-mirrored', images: 1 },
    ],
  })
  expect(await world.row('good-clone')).toMatchObject({ parent_name: 'golden', parent_mirrored: 1 })
  expect(await world.row('bad-clone')).toMatchObject({ parent_name: 'nowhere', parent_mirrored: 0 })
  expect((await world.summary('attention'))?.map((item) => item.key)).toContain('parents')
})

test('a clone is lost while its parent has no copy, and comes back with it', async () => {
  const { copy } = pair('golden', 'images')
  pair('clone', 'volumes', 'golden')
  await world.start(30_000)
  expect(await world.ifLost('east')).toMatchObject({ recover: 2 })
  world.west.images.set('images', [])
  await world.clock.advance(15_000)
  expect(await world.ifLost('east')).toMatchObject({ recover: 0 })
  world.west.images.set('images', [copy])
  copy.lastUpdateAt = world.clock.now()
  await world.clock.advance(15_000)
  expect(await world.ifLost('east')).toMatchObject({ recover: 2 })
})

test('exposure is rolled up by the minute, and a breach has a beginning and an end', async () => {
  const { primary } = pair('vol')
  world.config.pools = { volumes: { rpo: 60 } }
  world.poller = world.newPoller()
  await world.start(30_000)
  primary.tail = { tag: 1, entry: 11 }
  await world.clock.advance(150_000)
  const open = await world.store.selectFrom('breaches').selectAll().execute()
  expect(open).toMatchObject([{ ended_at: null, worst_sec: 60 }])
  expect((await world.summary('counts'))?.behindObjective).toBe(1)
  primary.copyPosition = { tag: 1, entry: 11 }
  await world.clock.advance(150_000)
  const [ended] = await world.store.selectFrom('breaches').selectAll().execute()
  expect(ended?.ended_at).not.toBeNull()
  expect(ended?.worst_sec).toBeGreaterThanOrEqual(150)
  const rollups = await world.store.selectFrom('rollups').selectAll().orderBy('minute').execute()
  expect(rollups.map((row) => row.scope)).toContain('pool:east~west/volumes/east')
  expect(Math.max(...rollups.map((row) => row.worst_sec ?? 0))).toBeGreaterThanOrEqual(90)
  expect(rollups.at(-1)?.worst_sec).toBeLessThan(10)
})

test('a breach goes on over a restart, and is one', async () => {
  const { primary } = pair('vol')
  await world.start(30_000)
  primary.tail = { tag: 1, entry: 11 }
  await world.clock.advance(180_000)
  await world.restart(60_000)
  expect(await world.store.selectFrom('breaches').selectAll().execute()).toMatchObject([{ ended_at: null }])
})

test('a pool whose peer is no configured site is told of, and its images make no rows', async () => {
  pair('vol')
  world.east.peer = null
  world.west.peer = null
  await world.start(15_000)
  expect(await world.rows()).toEqual([])
})

test('where copies go one way only, the site without a peer is paired by the one that has it', async () => {
  pair('vol')
  world.east.peer = null
  await world.start(15_000)
  expect(await world.row('vol')).toMatchObject({ verdict: 'following', primary_site: 'east' })
})

test('journals that do not fit into the budget take turns, and say so', async () => {
  for (let i = 0; i < 300; i++) pair(`vol-${i}`)
  world.config.sampling.cpuPercent = 1
  world.east.costMs = 20
  await world.start(120_000)
  const rows = await world.rows()
  const inSet = rows.filter((row) => row.sampled === 1).length
  expect(inSet).toBeGreaterThan(0)
  expect(inSet).toBeLessThan(300)
  const asked = world.east.asked.filter((text) => text.startsWith('samples')).length
  expect(asked).toBeLessThanOrEqual(61)
})

test('a rotation is a second class: its times are its own', async () => {
  for (let i = 0; i < 40; i++) pair(`vol-${i}`)
  world.config.sampling.cpuPercent = 1
  await world.start(180_000)
  const reading = await world.reading('east', 'volumes')
  expect(reading?.sampled_at).toBeLessThanOrEqual(reading?.fast_sampled_at ?? 0)
  expect(world.clock.now() - (reading?.fast_sampled_at ?? 0)).toBeLessThan(6_000)
})
