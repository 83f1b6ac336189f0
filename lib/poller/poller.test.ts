import { afterEach, beforeEach, expect, test } from 'vitest'
import { changesSince, newestChange } from '@/lib/store/changes'
import { FakeConsole } from './fake-console'
import { journalDetail } from './fake-sites'

let world: FakeConsole

beforeEach(() => {
  world = new FakeConsole()
})

afterEach(() => world.end())

function pair(globalId: string, pool = 'volumes') {
  return { primary: world.east.add(pool, { globalId }), copy: world.west.addCopy(pool, { globalId }) }
}

test('a journal image that follows is measured and within seconds', async () => {
  pair('vol-1')
  await world.start(20_000)
  expect(await world.row('vol-1')).toMatchObject({
    verdict: 'following',
    primary_site: 'east',
    held_grade: 'measured',
    caught_up: 1,
    pair: 'east~west',
  })
  expect(await world.exposure('vol-1')).toBeLessThanOrEqual(5)
  expect(await world.ifLost('east')).toMatchObject({ known: true, primaries: 1, recover: 1, worstGrade: 'measured' })
})

test('a copy that commits behind its writer is as old as the sample that it has reached', async () => {
  const { primary } = pair('vol-1')
  await world.start(10_000)
  const stuckAt = world.clock.now()
  for (let i = 0; i < 20; i++) {
    primary.tail = { tag: 1, entry: 11 + i }
    await world.clock.advance(2_000)
  }
  const seen = await world.exposure('vol-1')
  expect(seen).toBeGreaterThanOrEqual((world.clock.now() - stuckAt) / 1000)
  expect(seen).toBeLessThanOrEqual((world.clock.now() - stuckAt) / 1000 + 6)
  primary.copyPosition = { tag: 1, entry: 20 }
  await world.clock.advance(4_000)
  expect(await world.exposure('vol-1')).toBeLessThan(30)
})

test('a quiet world writes no row', async () => {
  for (let i = 0; i < 50; i++) pair(`vol-${i}`)
  await world.start(60_000)
  const before = await world.rows()
  const seq = await newestChange(world.store)
  await world.clock.advance(120_000)
  expect(await world.rows()).toEqual(before)
  const { topics } = await changesSince(world.store, seq)
  expect(topics.filter((topic) => topic.startsWith('pool:'))).toEqual([])
})

test('a site that dies is silent within 10 s of its last answer, and what would be lost counts on', async () => {
  pair('vol-1')
  await world.start(20_000)
  const before = await world.rows()
  world.east.dead = true
  await world.clock.advance(13_000)
  const silent = await world.site('east')
  expect(silent.state).toBe('silent')
  expect(silent.silent_since).toBe(silent.last_ok_at)
  expect((await world.site('west')).state).toBe('ok')
  const first = (await world.exposure('vol-1')) as number
  expect((await world.summary('streams'))?.[0]).toMatchObject({ byVerdict: { unknown: 1 } })
  await world.clock.advance(60_000)
  expect(await world.exposure('vol-1')).toBeCloseTo(first + 60, 0)
  expect(await world.rows()).toEqual(before)
  expect(await world.ifLost('east')).toMatchObject({ known: false, recover: 1 })
  expect((await world.summary('attention'))?.[0]).toMatchObject({ key: 'silent:east', severity: 'critical' })
})

test('a console that is started after the loss takes the silent site for the primary, and promises no recovery', async () => {
  pair('vol-1')
  world.east.dead = true
  await world.start(60_000)
  expect(await world.row('vol-1')).toMatchObject({
    verdict: 'unknown',
    verdict_text: 'east has not been read yet; at west it is non-primary, so east is taken for its primary',
    primary_site: 'east',
    // rbd-mirror at west goes on saying that nothing is behind.
    held_until_at: null,
  })
  expect(await world.ifLost('east')).toMatchObject({ known: false, primaries: 1, recover: 0 })
  world.east.dead = false
  await world.clock.advance(120_000)
  expect(await world.row('vol-1')).toMatchObject({ verdict: 'following', primary_site: 'east' })
})

test('a dead site does not slow the reading of a living one', async () => {
  pair('vol-1')
  world.east.dead = true
  await world.start(30_000)
  world.west.asked = []
  await world.clock.advance(60_000)
  expect(world.west.asked.filter((asked) => asked === 'statuses volumes').length).toBeGreaterThanOrEqual(11)
  expect(world.east.asked.length).toBeLessThan(20)
})

test('a site comes back, and is read again', async () => {
  pair('vol-1')
  await world.start(20_000)
  world.east.dead = true
  await world.clock.advance(60_000)
  world.east.dead = false
  await world.clock.advance(60_000)
  expect(await world.site('east')).toMatchObject({ state: 'ok', silent_since: null })
  expect(await world.exposure('vol-1')).toBeLessThanOrEqual(5)
})

test('where only the OSDs are dead the site is failing, not silent', async () => {
  pair('vol-1')
  await world.start(20_000)
  world.east.osdsDead = true
  await world.clock.advance(60_000)
  expect(await world.site('east')).toMatchObject({ state: 'failing' })
  expect(await world.ifLost('east')).toMatchObject({ known: false })
})

test('two primaries are found though each site reports them as well', async () => {
  const { copy } = pair('vol-1')
  await world.start(20_000)
  Object.assign(copy, { role: 'primary', state: 'stopped', description: 'local image is primary' })
  copy.detail = { kind: 'primary' }
  await world.clock.advance(15_000)
  expect(await world.row('vol-1')).toMatchObject({ verdict: 'two-primaries', primary_site: null, held_until_at: null })
  const lost = { recover: 0, primaries: 1, lost: [{ reason: 'split-brain', images: 1 }] }
  expect(await world.ifLost('east')).toMatchObject(lost)
  expect(await world.ifLost('west')).toMatchObject(lost)
})

test('a restart in the middle goes on from what was known, with the site still silent', async () => {
  const { primary } = pair('vol-1')
  await world.start(20_000)
  for (let i = 0; i < 10; i++) {
    primary.tail = { tag: 1, entry: 11 + i }
    await world.clock.advance(2_000)
  }
  world.east.dead = true
  await world.clock.advance(15_000)
  const before = (await world.exposure('vol-1')) as number
  await world.poller.stop()
  await world.clock.advance(30_000)
  await world.restart(60_000)
  expect(await world.exposure('vol-1')).toBeCloseTo(before + 90, 0)
  expect(await world.row('vol-1')).toMatchObject({ verdict: 'following', held_grade: 'measured' })
  const stored = await world.store.selectFrom('journal_samples').selectAll().execute()
  expect(stored.length).toBeGreaterThan(1)
})

test('after a restart nothing is written where nothing has changed', async () => {
  for (let i = 0; i < 20; i++) pair(`vol-${i}`)
  await world.start(60_000)
  const before = await world.rows()
  await world.restart(60_000)
  expect(await world.rows()).toEqual(before)
  expect(await world.exposure('vol-1')).toBeLessThanOrEqual(5)
})

test('an image that vanishes from one side has no copy; gone from both it is removed', async () => {
  pair('vol-1')
  await world.start(20_000)
  world.west.images.set('volumes', [])
  await world.clock.advance(10_000)
  expect(await world.row('vol-1')).toMatchObject({ verdict: 'no-copy', right_role: 'absent', held_until_at: null })
  world.east.images.set('volumes', [])
  await world.clock.advance(10_000)
  expect(await world.rows()).toEqual([])
})

test('a copy that was made anew holds nothing until it says that it is whole', async () => {
  const { copy } = pair('vol-1')
  await world.start(20_000)
  const since = world.clock.now() - 1
  Object.assign(copy, { imageId: 'another', lastUpdateAt: since - 60_000 })
  await world.clock.advance(10_000)
  expect(await world.row('vol-1')).toMatchObject({ held_until_at: null, caught_up: 0 })
  expect((await world.row('vol-1')).copy_since).toBeGreaterThan(since)
  Object.assign(copy, { lastUpdateAt: world.clock.now(), description: 'replaying, {"entries_behind_primary":1}' })
  copy.detail = journalDetail(1)
  await world.clock.advance(10_000)
  expect(await world.exposure('vol-1')).toBeLessThanOrEqual(5)
})

test('however often somebody looks again, the slow round comes each minute', async () => {
  pair('vol-1')
  await world.start(30_000)
  world.west.asked = []
  for (let i = 0; i < 50; i++) {
    const looked = world.poller.refreshNow('west')
    await world.clock.advance(7_000)
    await looked
  }
  const facts = world.west.asked.filter((asked) => asked === 'facts').length
  expect(facts).toBeGreaterThanOrEqual(5)
  expect(facts).toBeLessThanOrEqual(7)
})

test('refreshNow returns when the change has been read', async () => {
  const { copy } = pair('vol-1')
  await world.start(21_000)
  copy.up = false
  const refreshed = world.poller.refreshNow('west')
  await world.clock.advance(100)
  await refreshed
  expect(await world.row('vol-1')).toMatchObject({ verdict: 'stopped', right_up: 0 })
})

test('a pool that is deleted at one site leaves its images without a copy', async () => {
  pair('vol-1')
  await world.start(20_000)
  world.west.images.delete('volumes')
  await world.clock.advance(70_000)
  expect(await world.row('vol-1')).toMatchObject({ verdict: 'no-copy', right_role: 'absent' })
})

test('an image whose journal cannot be sampled grows old alone, and holds no other back', async () => {
  pair('vol-1')
  pair('vol-2')
  await world.start(20_000)
  world.east.unreadable.add('east-vol-1')
  await world.clock.advance(60_000)
  expect(await world.exposure('vol-1')).toBeGreaterThan(55)
  expect(await world.exposure('vol-2')).toBeLessThanOrEqual(5)
})

test('a site that is configured no more is forgotten with all that was known of it', async () => {
  pair('vol-1')
  await world.start(20_000)
  world.config.sites = world.config.sites.filter(({ name }) => name === 'east')
  await world.restart(20_000)
  expect(await world.rows()).toEqual([])
  expect((await world.store.selectFrom('sites').select('name').execute()).map(({ name }) => name)).toEqual(['east'])
})
