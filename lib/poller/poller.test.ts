import { afterEach, beforeEach, expect, test } from 'vitest'
import { heldUntilOf } from '@/lib/domain/held'
import type { Summaries } from '@/lib/domain/summary'
import type { Grade } from '@/lib/domain/verdict-words'
import { changesSince, newestChange } from '@/lib/store/changes'
import { openStore, type Store } from '@/lib/store/database'
import { loadSummary } from '@/lib/store/inventory-figures'
import type { ImagesTable } from '@/lib/store/inventory-tables'
import { migrate } from '@/lib/store/migrate'
import { FakeClock } from './fake-clock'
import { type FakeSite, journalDetail, twoSites } from './fake-sites'
import { createPoller, type Poller } from './poller'

let store: Store
let clock: FakeClock
let east: FakeSite
let west: FakeSite
let poller: Poller

const config = {
  objectives: { rpo: 120, rto: 1800 },
  pools: {},
  sampling: { cpuPercent: 10 },
  sites: ['east', 'west'].map((name) => ({ name, ceph: { conf: '', user: '', exec: [] } })),
}

const silentLog = { info: () => undefined, warn: () => undefined }

const newPoller = () =>
  createPoller({
    config,
    mirror: (site) => (site === 'east' ? east : west).mirror(),
    cluster: (site) => (site === 'east' ? east : west).cluster(),
    store,
    clock,
    log: silentLog,
  })

beforeEach(async () => {
  store = openStore(':memory:')
  await migrate(store)
  clock = new FakeClock()
  ;[east, west] = twoSites(clock) as [FakeSite, FakeSite]
  poller = newPoller()
})

afterEach(async () => {
  await poller.stop()
  await store.destroy()
})

function pair(globalId: string, pool = 'volumes') {
  return { primary: east.add(pool, { globalId }), copy: west.addCopy(pool, { globalId }) }
}

const rows = () => store.selectFrom('images').selectAll().orderBy('name').execute()
const row = async (name: string): Promise<ImagesTable> =>
  (await rows()).find((some) => some.name === name) as ImagesTable
const site = async (name: string) =>
  store.selectFrom('sites').selectAll().where('name', '=', name).executeTakeFirstOrThrow()

/** Seconds of loss that a page would show for an image now. */
async function exposure(name: string): Promise<number | null> {
  const image = await row(name)
  const reading = await store
    .selectFrom('pool_readings')
    .selectAll()
    .where('site', '=', image.primary_site ?? '')
    .where('pool', '=', image.pool)
    .executeTakeFirst()
  const until = heldUntilOf(
    {
      caughtUp: image.caught_up === 1,
      sampled: image.sampled === 1,
      untilAt: image.held_until_at,
      grade: image.held_grade as Grade,
    },
    reading === undefined ? null : { sampledAt: reading.sampled_at, fastSampledAt: reading.fast_sampled_at },
  )
  return until === null ? null : (clock.now() - until) / 1000
}

const ifLost = async (name: string) =>
  (await loadSummary<Summaries['if-lost']>(store, 'if-lost'))?.find((some) => some.site === name)

test('a journal image that follows is measured and within seconds', async () => {
  pair('vol-1')
  await poller.start()
  await clock.advance(20_000)
  expect(await row('vol-1')).toMatchObject({
    verdict: 'following',
    primary_site: 'east',
    held_grade: 'measured',
    caught_up: 1,
    pair: 'east~west',
  })
  expect(await exposure('vol-1')).toBeLessThanOrEqual(5)
  expect(await ifLost('east')).toMatchObject({ known: true, primaries: 1, recover: 1, worstGrade: 'measured' })
})

test('a copy that commits behind its writer is as old as the sample that it has reached', async () => {
  const { primary } = pair('vol-1')
  await poller.start()
  await clock.advance(10_000)
  const stuckAt = clock.now()
  for (let i = 0; i < 20; i++) {
    primary.tail = { tag: 1, entry: 11 + i }
    await clock.advance(2_000)
  }
  const seen = await exposure('vol-1')
  expect(seen).toBeGreaterThanOrEqual((clock.now() - stuckAt) / 1000)
  expect(seen).toBeLessThanOrEqual((clock.now() - stuckAt) / 1000 + 6)
  primary.copyPosition = { tag: 1, entry: 20 }
  await clock.advance(4_000)
  expect(await exposure('vol-1')).toBeLessThan(30)
})

test('a quiet world writes no row', async () => {
  for (let i = 0; i < 50; i++) pair(`vol-${i}`)
  await poller.start()
  await clock.advance(60_000)
  const before = await rows()
  const seq = await newestChange(store)
  await clock.advance(120_000)
  expect(await rows()).toEqual(before)
  const { topics } = await changesSince(store, seq)
  expect(topics.filter((topic) => topic.startsWith('pool:'))).toEqual([])
})

test('a site that dies is silent within 10 s of its last answer, and what would be lost counts on', async () => {
  pair('vol-1')
  await poller.start()
  await clock.advance(20_000)
  const before = await rows()
  east.dead = true
  await clock.advance(13_000)
  const silent = await site('east')
  expect(silent.state).toBe('silent')
  expect(silent.silent_since).toBe(silent.last_ok_at)
  expect((await site('west')).state).toBe('ok')
  const first = (await exposure('vol-1')) as number
  await clock.advance(60_000)
  expect(await exposure('vol-1')).toBeCloseTo(first + 60, 0)
  expect(await rows()).toEqual(before)
  expect(await ifLost('east')).toMatchObject({ known: false, recover: 1 })
  const attention = await loadSummary<Summaries['attention']>(store, 'attention')
  expect(attention?.[0]).toMatchObject({ key: 'silent:east', severity: 'critical' })
})

test('a dead site does not slow the reading of a living one', async () => {
  pair('vol-1')
  east.dead = true
  await poller.start()
  await clock.advance(30_000)
  west.asked = []
  await clock.advance(60_000)
  expect(west.asked.filter((asked) => asked === 'statuses volumes').length).toBeGreaterThanOrEqual(11)
  expect(east.asked.length).toBeLessThan(20)
})

test('a site comes back, and is read again', async () => {
  pair('vol-1')
  await poller.start()
  await clock.advance(20_000)
  east.dead = true
  await clock.advance(60_000)
  east.dead = false
  await clock.advance(60_000)
  expect(await site('east')).toMatchObject({ state: 'ok', silent_since: null })
  expect(await exposure('vol-1')).toBeLessThanOrEqual(5)
})

test('where only the OSDs are dead the site is failing, not silent', async () => {
  pair('vol-1')
  await poller.start()
  await clock.advance(20_000)
  east.osdsDead = true
  await clock.advance(60_000)
  expect(await site('east')).toMatchObject({ state: 'failing' })
  expect(await ifLost('east')).toMatchObject({ known: false })
})

test('two primaries are found though each site reports them as well', async () => {
  const { copy } = pair('vol-1')
  await poller.start()
  await clock.advance(20_000)
  Object.assign(copy, { role: 'primary', state: 'stopped', description: 'local image is primary' })
  copy.detail = { kind: 'primary' }
  await clock.advance(15_000)
  expect(await row('vol-1')).toMatchObject({ verdict: 'two-primaries', primary_site: null, held_until_at: null })
  const lost = { recover: 0, primaries: 1, lost: [{ reason: 'split-brain', images: 1 }] }
  expect(await ifLost('east')).toMatchObject(lost)
  expect(await ifLost('west')).toMatchObject(lost)
})

test('a promotion by force while the other site is silent is not called two primaries', async () => {
  const { copy } = pair('vol-1')
  await poller.start()
  await clock.advance(20_000)
  east.dead = true
  await clock.advance(20_000)
  Object.assign(copy, { role: 'primary', state: 'stopping_replay', description: 'force promoted' })
  copy.detail = { kind: 'force-promoting' }
  await clock.advance(15_000)
  expect(await row('vol-1')).toMatchObject({ verdict: 'unknown', primary_site: 'west', held_until_at: null })
})

test('a restart in the middle goes on from what was known, with the site still silent', async () => {
  const { primary } = pair('vol-1')
  await poller.start()
  await clock.advance(20_000)
  for (let i = 0; i < 10; i++) {
    primary.tail = { tag: 1, entry: 11 + i }
    await clock.advance(2_000)
  }
  east.dead = true
  await clock.advance(15_000)
  const before = (await exposure('vol-1')) as number
  await poller.stop()
  await clock.advance(30_000)
  poller = newPoller()
  await poller.start()
  await clock.advance(60_000)
  expect(await exposure('vol-1')).toBeCloseTo(before + 90, 0)
  expect(await row('vol-1')).toMatchObject({ verdict: 'following', held_grade: 'measured' })
  const stored = await store.selectFrom('journal_samples').selectAll().execute()
  expect(stored.length).toBeGreaterThan(1)
})

test('after a restart nothing is written where nothing has changed', async () => {
  for (let i = 0; i < 20; i++) pair(`vol-${i}`)
  await poller.start()
  await clock.advance(60_000)
  await poller.stop()
  const before = await rows()
  poller = newPoller()
  await poller.start()
  await clock.advance(60_000)
  expect(await rows()).toEqual(before)
  expect(await exposure('vol-1')).toBeLessThanOrEqual(5)
})

test('an image that vanishes from one side has no copy; gone from both it is removed', async () => {
  pair('vol-1')
  await poller.start()
  await clock.advance(20_000)
  west.images.set('volumes', [])
  await clock.advance(10_000)
  expect(await row('vol-1')).toMatchObject({ verdict: 'no-copy', right_role: 'absent', held_until_at: null })
  east.images.set('volumes', [])
  await clock.advance(10_000)
  expect(await rows()).toEqual([])
})

test('a copy that was made anew holds nothing until it says that it is whole', async () => {
  const { copy } = pair('vol-1')
  await poller.start()
  await clock.advance(20_000)
  const since = clock.now() - 1
  Object.assign(copy, { imageId: 'another', lastUpdateAt: since - 60_000 })
  await clock.advance(10_000)
  expect(await row('vol-1')).toMatchObject({ held_until_at: null, caught_up: 0 })
  expect((await row('vol-1')).copy_since).toBeGreaterThan(since)
  Object.assign(copy, { lastUpdateAt: clock.now(), description: 'replaying, {"entries_behind_primary":1}' })
  copy.detail = journalDetail(1)
  await clock.advance(10_000)
  expect(await exposure('vol-1')).toBeLessThanOrEqual(5)
})

test('refreshNow returns when the change has been read', async () => {
  const { copy } = pair('vol-1')
  await poller.start()
  await clock.advance(21_000)
  copy.up = false
  const refreshed = poller.refreshNow('west')
  await clock.advance(100)
  await refreshed
  expect(await row('vol-1')).toMatchObject({ verdict: 'stopped', right_up: 0 })
})
