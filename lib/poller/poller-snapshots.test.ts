import { afterEach, beforeEach, expect, test } from 'vitest'
import type { StatusDetail } from '@/lib/domain/mirror-status'
import type { SnapshotMark } from '@/lib/ports/mirror'
import { FakeConsole } from './fake-console'
import type { FakeImage } from './fake-sites'

let world: FakeConsole

beforeEach(() => {
  world = new FakeConsole()
})

afterEach(() => world.end())

const made = (id: number, takenAt: number): SnapshotMark => ({
  id,
  complete: true,
  primarySnapId: null,
  primary: true,
  takenAt,
})
const copied = (id: number, primarySnapId: number, complete = true): SnapshotMark => ({
  id,
  complete,
  primarySnapId,
  primary: false,
  takenAt: 0,
})
const replaying = (localSnapshotAt: number | null, remoteSnapshotAt: number | null): StatusDetail => ({
  kind: 'replaying-snapshot',
  replayState: 'idle',
  remoteSnapshotAt,
  localSnapshotAt,
  syncingPercent: null,
  bytesPerSecond: null,
})

function pair(): { primary: FakeImage; copy: FakeImage; t0: number } {
  const t0 = world.clock.now() - 30_000
  const primary = world.east.add('volumes', { globalId: 'vol', mode: 'snapshot', snapshots: [made(20, t0)] })
  const copy = world.west.addCopy('volumes', { globalId: 'vol', mode: 'snapshot', snapshots: [copied(9, 20)] })
  copy.detail = replaying(Math.floor(t0 / 1000) * 1000, Math.floor(t0 / 1000) * 1000)
  const volume = { pool: 'volumes', namespace: null, image: null, interval: '1m', startTime: null }
  world.east.schedules = [volume]
  return { primary, copy, t0 }
}

test('a copy holds its newest complete snapshot, told in time by the primary', async () => {
  const { t0 } = pair()
  await world.start(10_000)
  const row = await world.row('vol')
  expect(row).toMatchObject({ verdict: 'following', held_grade: 'measured', schedule: '1m' })
  expect(t0 - (row.held_until_at ?? 0)).toBeGreaterThanOrEqual(0)
  expect(t0 - (row.held_until_at ?? 0)).toBeLessThan(10)
})

test('a scheduled snapshot is seen at the copy long before the status tells of it', async () => {
  const { primary, copy } = pair()
  await world.start(30_000)
  const t1 = world.clock.now()
  primary.snapshots = [made(20, t1 - 60_000), made(31, t1)]
  copy.snapshots = [copied(9, 20), copied(12, 31)]
  await world.clock.advance(15_000)
  expect(await world.exposure('vol')).toBeLessThan(16)
  expect((await world.row('vol')).held_grade).toBe('measured')
})

test('a snapshot that is still being copied is not held', async () => {
  const { primary, copy, t0 } = pair()
  await world.start(30_000)
  primary.snapshots = [made(20, t0), made(31, world.clock.now())]
  copy.snapshots = [copied(9, 20), copied(12, 31, false)]
  await world.clock.advance(30_000)
  expect(t0 - ((await world.row('vol')).held_until_at ?? 0)).toBeLessThan(10)
  copy.snapshots = [copied(12, 31)]
  await world.clock.advance(10_000)
  expect(await world.exposure('vol')).toBeLessThan(45)
})

test('the mark that was stored while the primary lived tells the time after its loss, over a restart', async () => {
  const { primary, copy, t0 } = pair()
  await world.start(30_000)
  const t1 = world.clock.now()
  primary.snapshots = [made(20, t0), made(31, t1)]
  await world.clock.advance(10_000)
  world.east.dead = true
  await world.clock.advance(20_000)
  // The copy finishes after the primary has gone.
  copy.snapshots = [copied(12, 31)]
  await world.restart(90_000)
  const row = await world.row('vol')
  expect(t1 - (row.held_until_at ?? 0)).toBeLessThan(10)
  expect(await world.exposure('vol')).toBeGreaterThan(115)
})

test('from the status alone a claim is only a bound', async () => {
  const { copy, t0 } = pair()
  copy.snapshots = []
  await world.start(10_000)
  expect(await world.row('vol')).toMatchObject({ held_grade: 'bounded' })
  expect((await world.row('vol')).held_until_at).toBeLessThanOrEqual(t0)
})

test('a first copy holds nothing, and its percentage is on the row', async () => {
  const { copy } = pair()
  copy.snapshots = [copied(9, 20, false)]
  copy.detail = { ...replaying(null, 1), syncingPercent: 27.5 } as StatusDetail
  await world.start(10_000)
  expect(await world.row('vol')).toMatchObject({ verdict: 'copying', held_until_at: null, sync_percent: 27 })
  expect(await world.ifLost('east')).toMatchObject({ recover: 0, lost: [{ reason: 'copying', images: 1 }] })
})

test('after a clean switch the old primary holds its own demotion', async () => {
  const { primary, copy } = pair()
  await world.start(20_000)
  const demotedAt = world.clock.now()
  primary.snapshots = [made(20, demotedAt - 9000), made(33, demotedAt)]
  copy.snapshots = [copied(12, 33), made(14, demotedAt + 2000)]
  Object.assign(primary, { role: 'non-primary', state: 'replaying', description: 'replaying, {}' })
  primary.detail = replaying(null, demotedAt + 2000)
  Object.assign(copy, { role: 'primary', state: 'stopped', description: 'local image is primary' })
  copy.detail = { kind: 'primary' }
  await world.clock.advance(15_000)
  const row = await world.row('vol')
  expect(row).toMatchObject({ primary_site: 'west', held_grade: 'measured' })
  expect(demotedAt - (row.held_until_at ?? 0)).toBeLessThan(10)
})

test('after a promotion by force the old primary holds nothing of the new history', async () => {
  const { primary, copy } = pair()
  await world.start(20_000)
  const then = world.clock.now()
  // Promoted from snapshot 20: the old primary's 33 was never there.
  primary.snapshots = [made(20, then - 9000), made(33, then)]
  copy.snapshots = [copied(9, 20), made(14, then + 2000)]
  Object.assign(primary, { role: 'non-primary', state: 'unknown', description: 'starting replay' })
  primary.detail = { kind: 'other' }
  Object.assign(copy, { role: 'primary', state: 'stopped', description: 'local image is primary' })
  copy.detail = { kind: 'primary' }
  await world.clock.advance(15_000)
  expect(await world.row('vol')).toMatchObject({ primary_site: 'west', held_until_at: null, held_grade: 'unknown' })
})

test.each([7_200_000, -7_200_000, 1_500])('a clock that is off by %i ms changes no claim', async (skewMs) => {
  const { copy, t0 } = pair()
  copy.detail = replaying(t0 + skewMs, t0 + skewMs)
  world.east.skewMs = skewMs
  world.west.skewMs = -skewMs
  world.east.add('volumes', { globalId: 'jou', lastUpdateAt: world.clock.now() + skewMs })
  world.west.addCopy('volumes', { globalId: 'jou', lastUpdateAt: world.clock.now() - skewMs })
  await world.start(30_000)
  expect(t0 - ((await world.row('vol')).held_until_at ?? 0)).toBeGreaterThanOrEqual(0)
  expect(t0 - ((await world.row('vol')).held_until_at ?? 0)).toBeLessThan(10)
  expect(await world.exposure('jou')).toBeLessThanOrEqual(5)
  const items = (await world.summary('attention'))?.map((item) => item.key)
  expect(items).toContain('clock:east')
})

test('while a clock jumps its times are not used: the look before bounds a new snapshot', async () => {
  const { primary, copy, t0 } = pair()
  await world.start(30_000)
  world.east.skewMs = 600_000
  await world.clock.advance(60_000)
  const t1 = world.clock.now()
  primary.snapshots = [made(20, t0), made(31, t1)]
  copy.snapshots = [copied(12, 31)]
  await world.clock.advance(9_000)
  expect((await world.row('vol')).held_until_at).toBeLessThanOrEqual(t1)
})
