import { afterEach, beforeEach, expect, test } from 'vitest'
import { FakeConsole } from './fake-console'
import { journalDetail } from './fake-sites'

let world: FakeConsole

beforeEach(() => {
  world = new FakeConsole()
})

afterEach(() => world.end())

function pair(globalId: string) {
  return {
    primary: world.east.add('volumes', { globalId }),
    copy: world.west.addCopy('volumes', { globalId }),
  }
}

test('a promotion by force while the other site is silent is not called two primaries', async () => {
  const { copy } = pair('vol-1')
  await world.start(20_000)
  world.east.dead = true
  await world.clock.advance(20_000)
  Object.assign(copy, { role: 'primary', state: 'stopping_replay', description: 'force promoted' })
  copy.detail = { kind: 'force-promoting' }
  await world.clock.advance(15_000)
  expect(await world.row('vol-1')).toMatchObject({ verdict: 'unknown', primary_site: 'west', held_until_at: null })
})

test('what was promoted by force is unprotected as long as nothing follows it: over a restart, until its old site comes back', async () => {
  const { primary, copy } = pair('vol-1')
  await world.start(20_000)
  world.east.dead = true
  await world.clock.advance(60_000)
  Object.assign(copy, { role: 'primary', state: 'stopped', description: 'local image is primary' })
  copy.detail = { kind: 'primary' }
  await world.clock.advance(30_000)
  const unprotected = async () => {
    expect(await world.row('vol-1')).toMatchObject({ verdict: 'unprotected', primary_site: 'west' })
    expect((await world.summary('counts'))?.byVerdict).toEqual({ unprotected: 1 })
    expect((await world.summary('streams'))?.map(({ byVerdict }) => byVerdict)).toEqual([{ unprotected: 1 }])
    expect(await world.ifLost('west')).toMatchObject({ recover: 0, lost: [{ reason: 'unprotected', images: 1 }] })
    const items = (await world.summary('attention')) ?? []
    expect(items.find(({ key }) => key === 'verdict:unknown')).toBeUndefined()
    return items.find(({ key }) => key === 'verdict:unprotected')
  }
  const item = await unprotected()
  expect(item).toMatchObject({ severity: 'critical', title: '1 image unprotected', since: expect.any(Number) })
  await world.poller.stop()
  await world.restart(90_000)
  expect((await unprotected())?.since).toBe(item?.since)
  world.east.dead = false
  await world.clock.advance(30_000)
  expect(await world.row('vol-1')).toMatchObject({ verdict: 'two-primaries' })
  Object.assign(primary, { role: 'non-primary', state: 'replaying', description: 'replaying, {}', imageId: 'new' })
  primary.detail = journalDetail()
  await world.clock.advance(30_000)
  expect(await world.row('vol-1')).toMatchObject({ verdict: 'following', primary_site: 'west' })
})

test('journals that grow for a peer that is lost are forecast, and the alarm says how to let go of them', async () => {
  const { copy } = pair('vol-1')
  world.west.room.set('volumes', 10 * 2 ** 30)
  await world.start(20_000)
  const alarm = async () => ((await world.summary('attention')) ?? []).find(({ key }) => key === 'held-up:west/volumes')
  world.east.dead = true
  await world.clock.advance(60_000)
  Object.assign(copy, { role: 'primary', state: 'stopped', detail: { kind: 'primary' } })
  expect(await alarm()).toBeUndefined()
  for (let minute = 0; minute < 5; minute++) {
    world.west.room.set('volumes', (world.west.room.get('volumes') ?? 0) - 2 ** 30)
    await world.clock.advance(60_000)
  }
  expect(await alarm()).toMatchObject({
    severity: 'critical',
    title: expect.stringMatching(/^volumes at west would be full at .*: journals of 1 image wait for east$/),
    detail: expect.stringContaining('rbd journal client disconnect --pool volumes --image vol-1'),
  })
  expect((await alarm())?.detail).toContain('rbd mirror image disable volumes/vol-1')
})

test('a pool that shrinks while its copies follow holds nothing up', async () => {
  pair('vol-1')
  world.east.room.set('volumes', 10 * 2 ** 30)
  await world.start(20_000)
  for (let minute = 0; minute < 5; minute++) {
    world.east.room.set('volumes', (world.east.room.get('volumes') ?? 0) - 2 ** 30)
    await world.clock.advance(60_000)
  }
  expect(((await world.summary('attention')) ?? []).filter(({ key }) => key.startsWith('held-up:'))).toEqual([])
  expect(await world.store.selectFrom('room_readings').selectAll().execute()).toEqual([])
})

test('of a survivor that is silent too nothing is known', async () => {
  const { copy } = pair('vol-1')
  await world.start(20_000)
  world.east.dead = true
  await world.clock.advance(60_000)
  Object.assign(copy, { role: 'primary', state: 'stopped', detail: { kind: 'primary' } })
  await world.clock.advance(30_000)
  world.west.dead = true
  await world.clock.advance(60_000)
  expect((await world.summary('counts'))?.byVerdict).toEqual({ unknown: 1 })
})
