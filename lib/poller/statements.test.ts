import { afterEach, beforeEach, expect, test } from 'vitest'
import type { OutageProgress, SuspensionProgress } from '@/lib/domain/acknowledged-outage'
import { FakeConsole } from './fake-console'
import type { FakeImage } from './fake-sites'

let world: FakeConsole
const MIN = 60_000
const BY = JSON.stringify({ kind: 'person', name: 'Anna', address: 'loopback' })

beforeEach(() => {
  world = new FakeConsole()
})
afterEach(() => world.end())

function journal(globalId: string): FakeImage {
  world.west.addCopy('volumes', { globalId })
  return world.east.add('volumes', { globalId })
}

/** Writes go on, and the copy commits nothing of them. */
async function standsFor(ms: number, image: FakeImage): Promise<void> {
  for (let passed = 0; passed < ms; passed += 2_000) {
    image.tail = { tag: 1, entry: (image.tail?.entry ?? 0) + 1 }
    await world.clock.advance(2_000)
  }
}

async function catchUp(image: FakeImage): Promise<void> {
  image.copyPosition = image.tail
  image.own = image.tail
  await world.clock.advance(15_000)
}

async function suspend(forMs: number): Promise<void> {
  const at = world.clock.now()
  await world.store
    .insertInto('suspensions')
    .values({
      ...{ id: 's-1', pair: 'east~west', from_site: null, pools: '[]', reason: 'fibre', starts_at: at },
      ...{ ends_at: at + forMs, by: BY, created_at: at, extensions: '[]', ended_at: null, ended_by: null },
      ...{ end_reason: '', progress: null, closed_at: null, closed_by: null, close_reason: '' },
    })
    .execute()
}

const suspension = () => world.store.selectFrom('suspensions').selectAll().executeTakeFirstOrThrow()
const progress = async () => JSON.parse((await suspension()).progress ?? 'null') as SuspensionProgress
const items = async () => ((await world.summary('attention')) ?? []).filter(({ key }) => !key.startsWith('daemon:'))
const severity = async (key: string) => (await items()).find((item) => item.key.startsWith(key))?.severity

test('as a fault a link that stands alarms; as a suspension it is told who, why and until when, and counts on', async () => {
  const image = journal('db')
  await world.start(20_000)
  await standsFor(3 * MIN, image)
  expect(await severity('behind:')).toBe('warning')
  await suspend(30 * MIN)
  await world.clock.advance(2_000)
  const [behind] = (await items()).filter(({ key }) => key.startsWith('behind:'))
  expect(behind).toMatchObject({ severity: 'suspended', note: { by: 'Anna', reason: 'fibre' } })
  const before = (await world.exposure('db')) as number
  await standsFor(MIN, image)
  expect((await world.exposure('db')) as number).toBeCloseTo(before + 60, 0)
  expect(await world.ifLost('east')).toMatchObject({ behindObjective: 1 })
  expect(await progress()).toMatchObject({ images: 1, behind: 1, caughtUp: 0 })
})

test('when it runs out it is overdue and lag alarms again, at once; caught up, it closes by itself with one audit row', async () => {
  const image = journal('db')
  await world.start(20_000)
  await suspend(5 * MIN)
  await standsFor(5 * MIN + 2_000, image)
  expect(await severity('suspension:')).toBe('critical')
  expect(await severity('behind:')).toBe('warning')
  expect((await progress()).rest).toMatchObject([{ name: 'volumes/db', why: expect.stringContaining('not replayed') }])
  await catchUp(image)
  expect(await suspension()).toMatchObject({ closed_at: expect.any(Number), close_reason: 'all has caught up' })
  expect(await severity('suspension:')).toBeUndefined()
  const audited = await world.store.selectFrom('audit').select('action').execute()
  expect(audited).toEqual([{ action: 'suspension:caught-up' }])
})

test('ended early it alarms until all is proven, over a restart too', async () => {
  const image = journal('db')
  await world.start(20_000)
  await suspend(60 * MIN)
  await standsFor(3 * MIN, image)
  await world.store.updateTable('suspensions').set({ ended_at: world.clock.now(), ended_by: BY }).execute()
  await world.clock.advance(2_000)
  expect(await severity('suspension:')).toBe('warning')
  expect(await severity('behind:')).toBe('warning')
  await world.restart(10_000)
  expect(await severity('suspension:')).toBe('warning')
  await catchUp(image)
  expect(await suspension()).toMatchObject({ closed_at: expect.any(Number) })
})

test('one whose images are all gone, or primary at the other site, has nothing left to prove', async () => {
  await world.start(20_000)
  await suspend(MIN)
  await world.clock.advance(MIN + 10_000)
  expect(await suspension()).toMatchObject({ close_reason: 'no image is concerned any more' })
})

test('a suspension explains no split-brain, no silence and no rbd-mirror that is gone', async () => {
  const image = journal('db')
  const other = journal('split')
  await world.start(20_000)
  await suspend(60 * MIN)
  const copy = world.west.images.get('volumes')?.find(({ name }) => name === 'split') as FakeImage
  copy.state = 'error'
  copy.detail = { kind: 'split-brain' }
  await standsFor(MIN, image)
  expect(await severity('verdict:split-brain')).toBe('critical')
  copy.state = 'replaying'
  copy.up = false
  copy.detail = { kind: 'other' }
  other.copyPosition = other.tail
  await standsFor(MIN, image)
  expect(await severity('verdict:stopped')).toBe('warning')
  copy.up = true
  copy.state = 'starting_replay'
  await standsFor(MIN, image)
  expect(await severity('verdict:stopped')).toBeUndefined()
  expect(await severity('connecting:')).toBe('suspended')
  world.west.dead = true
  await world.clock.advance(MIN)
  expect(await severity('silent:west')).toBe('critical')
})

test('a pool that would be full before it ends is an alarm; with too few readings nothing is claimed', async () => {
  const image = journal('db')
  world.east.room.set('volumes', 10 * 2 ** 30)
  await world.start(20_000)
  await suspend(60 * MIN)
  await world.clock.advance(5_000)
  expect((await progress()).room).toMatchObject([{ site: 'east', pool: 'volumes', kind: 'unknown' }])
  for (let minute = 0; minute < 5; minute++) {
    world.east.room.set('volumes', (world.east.room.get('volumes') ?? 0) - 2 ** 30)
    await standsFor(MIN, image)
  }
  expect((await progress()).room).toMatchObject([{ kind: 'filling' }])
  expect(await severity('room:east/volumes')).toBe('critical')
})

async function acknowledge(site: string): Promise<void> {
  const at = world.clock.now()
  const heard = (await world.site(site)).last_ok_at
  await world.store
    .insertInto('outages')
    .values({
      ...{ id: 'o-1', site, reason: 'power is back at noon', last_heard_at: heard, expected_at: at + 30 * MIN, by: BY },
      ...{ acknowledged_at: at, returned_at: null, progress: null, closed_at: null, closed_by: null, close_reason: '' },
    })
    .execute()
}
const outage = () => world.store.selectFrom('outages').selectAll().executeTakeFirstOrThrow()
const proven = async () => JSON.parse((await outage()).progress ?? 'null') as OutageProgress

test('an acknowledged outage is told with who and why; when the site is back replication is proven image by image', async () => {
  const image = journal('db')
  const idle = journal('idle')
  await world.start(20_000)
  world.east.dead = true
  await world.clock.advance(30_000)
  await acknowledge('east')
  await world.clock.advance(5_000)
  const [silent] = (await items()).filter(({ key }) => key === 'silent:east')
  expect(silent).toMatchObject({ severity: 'critical', note: { kind: 'acknowledged', by: 'Anna' } })
  expect(await proven()).toMatchObject({ images: 2, goneOn: 0 })
  await world.restart(31 * MIN)
  expect(await severity('expected:')).toBe('critical')

  world.east.dead = false
  await standsFor(30_000, image)
  expect(await outage()).toMatchObject({ returned_at: expect.any(Number), closed_at: null })
  expect((await proven()).rest).toMatchObject([
    { name: 'volumes/db', helps: expect.stringContaining('Restart rbd-mirror at west') },
  ])
  expect(await severity('outage:')).toBe('warning')
  await catchUp(image)
  expect(await proven()).toMatchObject({ images: 2, goneOn: 1, nothingNew: 1, rest: [] })
  await world.restart(20_000)
  expect(await outage()).toMatchObject({ closed_at: null })
  expect(idle.copyPosition).toEqual(idle.tail)
  await world.clock.advance(2 * MIN)
  expect(await outage()).toMatchObject({ closed_at: expect.any(Number), close_reason: 'replication has gone on' })
  const audited = await world.store.selectFrom('audit').select(['action', 'detail']).orderBy('seq').execute()
  expect(audited.map(({ action }) => action)).toEqual(['outage:returned', 'outage:proven'])
  expect(JSON.parse(audited[1]?.detail ?? '')).toMatchObject({ images: 2, goneOn: 1, nothingNew: 1 })
})

test('a site that falls silent once more has to prove itself once more', async () => {
  const image = journal('db')
  const stuck = journal('stuck')
  await world.start(20_000)
  world.east.dead = true
  await world.clock.advance(30_000)
  await acknowledge('east')
  world.east.dead = false
  stuck.tail = { tag: 1, entry: 99 }
  image.tail = { tag: 1, entry: 30 }
  await world.clock.advance(30_000)
  await catchUp(image)
  expect(await proven()).toMatchObject({ goneOn: 1, images: 2 })
  world.east.dead = true
  await world.clock.advance(30_000)
  expect(await outage()).toMatchObject({ returned_at: null, closed_at: null })
  expect(await proven()).toMatchObject({ goneOn: 0 })
})

test('while nothing is stated nothing is written', async () => {
  journal('db')
  await world.start(5 * MIN)
  expect(await world.store.selectFrom('room_readings').selectAll().execute()).toEqual([])
  expect(await world.store.selectFrom('outage_images').selectAll().execute()).toEqual([])
})
