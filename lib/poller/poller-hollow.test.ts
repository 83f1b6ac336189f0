import { afterEach, beforeEach, expect, test } from 'vitest'
import { FakeConsole } from './fake-console'
import type { FakeImage } from './fake-sites'

const PARENT = { pool: 'images', namespace: '', name: 'base' }
let world: FakeConsole
let primary: FakeImage
let copy: FakeImage

beforeEach(() => {
  world = new FakeConsole()
  const takenAt = world.clock.now() - 30_000
  const snap = { id: 20, complete: true, takenAt }
  const vol = { globalId: 'vol', mode: 'snapshot' as const, parent: PARENT }
  primary = world.east.add('volumes', { ...vol, snapshots: [{ ...snap, primarySnapId: null, primary: true }] })
  copy = world.west.addCopy('volumes', { ...vol, snapshots: [{ ...snap, id: 9, primarySnapId: 20, primary: false }] })
  copy.detail = {
    ...{ kind: 'replaying-snapshot', replayState: 'idle', syncingPercent: null, bytesPerSecond: null },
    ...{ remoteSnapshotAt: takenAt, localSnapshotAt: takenAt },
  }
  for (const site of [world.east, world.west]) {
    const base = { globalId: 'base', mode: 'snapshot' as const }
    site === world.east ? site.add('images', base) : site.addCopy('images', base)
  }
})

afterEach(() => world.end())

const verdict = async () => (await world.row('vol')).verdict
const flatten = () => {
  primary.parent = null
}
const carried = () => {
  copy.parent = null
}
const resynced = (imageId = 'another') => {
  copy.imageId = imageId
  copy.parent = primary.parent
}
const LOOKED_MS = 70_000

test('a clone that is flattened by hand is hollow once its copy has let go of the parent, and not before', async () => {
  await world.start(10_000)
  flatten()
  await world.clock.advance(LOOKED_MS)
  expect(await verdict()).toBe('following')
  expect(await world.row('vol')).toMatchObject({ parent_name: null })
  carried()
  await world.clock.advance(LOOKED_MS)
  expect(await world.row('vol')).toMatchObject({ verdict: 'hollow', held_until_at: null, hollow: 'seen' })
  expect((await world.ifLost('east'))?.lost).toContainEqual({ reason: 'hollow', images: 1 })
  const attention = (await world.summary('attention')) ?? []
  expect(attention).toContainEqual(
    expect.objectContaining({ severity: 'critical', title: 'volumes/vol: the copy at west is hollow' }),
  )
})

test('as long as it is a clone in snapshot mode its copy is said to tear, though it follows; by journal it does not', async () => {
  const keys = async () => ((await world.summary('attention')) ?? []).map(({ key }) => key)
  await world.start(LOOKED_MS)
  expect(await verdict()).toBe('following')
  expect(await keys()).toContain('clones')
  for (const image of [primary, copy]) image.mode = 'journal'
  await world.clock.advance(LOOKED_MS)
  expect(await keys()).not.toContain('clones')
})

test('it stays hollow over a restart, and is well again when the copy is another image', async () => {
  await world.start(10_000)
  flatten()
  carried()
  await world.clock.advance(LOOKED_MS)
  await world.restart(2_000)
  expect(await verdict()).toBe('hollow')
  resynced()
  await world.clock.advance(LOOKED_MS)
  expect(await world.row('vol')).toMatchObject({ verdict: 'following', hollow: null, cloned_copy: null })
  expect((await world.row('vol')).held_until_at).not.toBeNull()
})

test('a flatten while the console was down, or the site of the copy silent, is found by what was known before', async () => {
  await world.start(10_000)
  flatten()
  carried()
  await world.restart(20_000)
  expect(await world.row('vol')).toMatchObject({ verdict: 'hollow', hollow: 'seen' })
  resynced()
  copy.parent = PARENT
  primary.parent = PARENT
  await world.clock.advance(LOOKED_MS)
  expect(await verdict()).toBe('following')
  world.west.dead = true
  flatten()
  carried()
  await world.clock.advance(300_000)
  world.west.dead = false
  await world.clock.advance(LOOKED_MS)
  expect(await world.row('vol')).toMatchObject({ verdict: 'hollow', hollow: 'seen' })
})

test('flattened and copied again while nobody looked: which came first is not known, and it is not called well', async () => {
  await world.start(10_000)
  flatten()
  resynced()
  await world.restart(20_000)
  expect(await world.row('vol')).toMatchObject({ verdict: 'hollow', hollow: 'unseen' })
  expect((await world.row('vol')).verdict_text).toMatch(/^Hollow, perhaps/)
})

test('flattened and copied again while it was watched it is well', async () => {
  await world.start(10_000)
  flatten()
  resynced()
  await world.clock.advance(LOOKED_MS)
  expect(await world.row('vol')).toMatchObject({ verdict: 'following', hollow: null })
})

test('a clone that is copied anew while nobody looked, and not flattened, is well', async () => {
  await world.start(10_000)
  resynced()
  await world.restart(20_000)
  expect(await world.row('vol')).toMatchObject({ verdict: 'following', cloned_copy: 'another', hollow: null })
})

test('in journal mode a flatten is carried with its content: nothing is hollow', async () => {
  primary.mode = 'journal'
  copy.mode = 'journal'
  await world.start(10_000)
  flatten()
  carried()
  await world.clock.advance(LOOKED_MS)
  expect(await world.row('vol')).toMatchObject({ hollow: null })
  expect(await verdict()).not.toBe('hollow')
})

test('a hollow copy that is switched to and back by hand is hollow still', async () => {
  await world.start(10_000)
  flatten()
  carried()
  await world.clock.advance(LOOKED_MS)
  const turn = async (from: FakeImage, to: FakeImage) => {
    const [role, detail, state] = [from.role, from.detail, from.state]
    Object.assign(from, { role: to.role, detail: to.detail, state: to.state })
    Object.assign(to, { role, detail, state })
    await world.clock.advance(LOOKED_MS)
  }
  await turn(primary, copy)
  expect(await world.row('vol')).toMatchObject({ primary_site: 'west' })
  expect(await verdict()).not.toBe('hollow')
  await turn(copy, primary)
  expect(await world.row('vol')).toMatchObject({ primary_site: 'east', verdict: 'hollow' })
})
