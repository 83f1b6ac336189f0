import { beforeEach, expect, test } from 'vitest'
import type { StepName } from '@/lib/domain/plan'
import type { SingleVerb } from '@/lib/domain/single-verb'
import type { MemberRecord, Memo } from '@/lib/ports/run-journal'
import { look } from '../look'
import { contextOf } from '../step'
import { tinyVerb } from '../tiny-plan'
import { TinyWorld } from '../tiny-world'

let world: TinyWorld
beforeEach(() => {
  world = new TinyWorld()
})

async function seen(verb: SingleVerb, step: StepName, name: string, memo: Memo = {}) {
  const plan = tinyVerb(world, verb, [name])
  const member = plan.members.find(({ key }) => key === name)
  if (member === undefined) throw new Error('no such member')
  const record: MemberRecord = { idx: 0, member, family: member.family, state: 'pending', reason: '', stepIdx: 0, memo }
  const [one] = await look(
    step,
    [record],
    contextOf(plan, {
      clock: { now: () => 0, sleep: async () => {} },
      mirror: (site) => world.port(site),
    }),
  )
  return one
}

test('take-snapshot: one is taken at a primary, any made since will do, and none is taken of what is not primary', async () => {
  const s = world.add('s', 'snapshot')
  const before = s.snapshots.get('west')?.at(-1)?.id ?? 0
  const asked = await seen('snapshot', 'take-snapshot', 's')
  expect(asked).toMatchObject({ kind: 'ready', site: 'west', memo: { beforeTaken: before } })
  expect(await seen('snapshot', 'take-snapshot', 's', { beforeTaken: before })).toMatchObject({ kind: 'ready' })
  expect(await seen('snapshot', 'take-snapshot', 's', { beforeTaken: before - 1 })).toMatchObject({ kind: 'done' })
  s.primaryAt.delete('west')
  expect(await seen('snapshot', 'take-snapshot', 's')).toMatchObject({ kind: 'blocked' })
})

test('see-arrival: done once a snapshot made in this run is complete at the copy; two primaries never carry it', async () => {
  world.arrives = false
  const s = world.add('s', 'snapshot')
  expect(await seen('snapshot', 'see-arrival', 's', { beforeTaken: 0 })).toMatchObject({ kind: 'waiting' })
  world.arriveAll()
  expect(await seen('snapshot', 'see-arrival', 's', { beforeTaken: 0 })).toMatchObject({ kind: 'done' })
  s.primaryAt.add('north')
  expect(await seen('snapshot', 'see-arrival', 's', { beforeTaken: 0 })).toMatchObject({
    kind: 'blocked',
    reason: expect.stringContaining('primary at both sites'),
  })
})

test('flatten: of a clone at its primary alone; see-flat-copy waits until the copy hangs on nothing either', async () => {
  world.add('parent', 'journal')
  const clone = world.add('clone', 'journal', 'parent')
  expect(await seen('flatten', 'flatten', 'clone')).toMatchObject({ kind: 'ready', site: 'west' })
  expect(await seen('flatten', 'see-flat-copy', 'clone')).toMatchObject({ kind: 'blocked' })
  clone.primaryAt = new Set(['north'])
  expect(await seen('flatten', 'flatten', 'clone')).toMatchObject({ kind: 'blocked' })
  clone.primaryAt = new Set(['west'])
  world.add('marked', 'snapshot', 'parent')
  expect(await seen('flatten', 'flatten', 'marked')).toMatchObject({
    kind: 'blocked',
    reason: expect.stringContaining('would read zeros'),
  })
  clone.parent = null
  expect(await seen('flatten', 'flatten', 'clone')).toMatchObject({ kind: 'done' })
  expect(await seen('flatten', 'see-flat-copy', 'clone')).toMatchObject({ kind: 'done' })
})

test('disable-mirroring: waits while the primary cluster may be unable to give its data, and goes on once it can', async () => {
  world.add('s', 'snapshot')
  world.dark.add('west')
  expect(await seen('disable', 'disable-mirroring', 's')).toEqual({
    kind: 'waiting',
    reason: expect.stringContaining('PG_AVAILABILITY: Reduced data availability: 3 pgs inactive'),
  })
  world.dark.delete('west')
  world.dark.add('north')
  expect(await seen('disable', 'disable-mirroring', 's')).toMatchObject({ kind: 'ready', site: 'west' })
})

test('disable-mirroring: never while the other side is primary too, or in split-brain with writes of its own', async () => {
  const one = world.add('s', 'snapshot')
  expect(await seen('disable', 'disable-mirroring', 's')).toMatchObject({ kind: 'ready', site: 'west' })
  one.status = 'split-brain'
  expect(await seen('disable', 'disable-mirroring', 's')).toMatchObject({
    kind: 'blocked',
    reason: expect.stringContaining('writes of its own'),
  })
  one.primaryAt.add('north')
  expect(await seen('disable', 'disable-mirroring', 's')).toMatchObject({
    kind: 'blocked',
    reason: expect.stringContaining('primary at north too'),
  })
  expect(await seen('disable', 'see-copies-gone', 's')).toMatchObject({
    kind: 'blocked',
    reason: expect.stringContaining('must not be deleted by hand'),
  })
})

test.each(['take-snapshot', 'see-arrival', 'flatten', 'see-flat-copy'] as const)(
  '%s: a site that does not answer makes it wait, never fail',
  async (step) => {
    world.add('s', 'snapshot')
    world.dead.add('north')
    expect(await seen('snapshot', step, 's')).toMatchObject({ kind: 'waiting' })
  },
)
