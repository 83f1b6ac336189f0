import { beforeEach, expect, test } from 'vitest'
import type { PlanMember, StepName } from '@/lib/domain/plan'
import type { Watcher } from '@/lib/domain/watcher'
import type { MemberRecord, Memo } from '@/lib/ports/run-journal'
import { look } from '../look'
import { contextOf, type StepContext } from '../step'
import { tinyPlan } from '../tiny-plan'
import { TinyWorld } from '../tiny-world'

let world: TinyWorld
beforeEach(() => {
  world = new TinyWorld()
})

function contextWith(clients: 'wait' | 'evict' = 'wait'): StepContext {
  const plan = tinyPlan(world, { clients })
  return contextOf(plan, { clock: { now: () => 0, sleep: async () => {} }, mirror: (site) => world.port(site) })
}

async function seen(
  step: StepName,
  pick: (member: PlanMember) => boolean,
  memo: Memo = {},
  clients: 'wait' | 'evict' = 'wait',
) {
  const context = contextWith(clients)
  const member = context.plan.members.find(pick)
  if (member === undefined) throw new Error('no such member')
  const record: MemberRecord = { idx: 0, member, family: member.family, state: 'pending', reason: '', stepIdx: 0, memo }
  return (await look(step, [record], context))[0]
}
const named = (name: string) => (member: PlanMember) => member.kind === 'image' && member.image.name === name
const image = (step: StepName, name: string, memo: Memo = {}) => seen(step, named(name), memo)

test('preflight: a primary with a whole copy passes; two primaries and a dead target do not', async () => {
  world.add('s', 'snapshot')
  const j = world.add('j', 'journal')
  expect(await image('preflight', 's')).toMatchObject({ kind: 'done' })
  j.primaryAt.add('north')
  expect(await image('preflight', 'j')).toMatchObject({
    kind: 'blocked',
    reason: expect.stringContaining('primary at both sites'),
  })
  world.daemonAt.delete('north')
  expect(await seen('preflight', ({ kind }) => kind === 'sites')).toMatchObject({
    kind: 'waiting',
    reason: expect.stringContaining('no rbd-mirror'),
  })
})

test('preflight: a newer snapshot than the copy holds is waited for; a parent outside that is missing there blocks', async () => {
  const s = world.add('s', 'snapshot')
  s.snapshots.get('north')?.splice(0)
  expect(await image('preflight', 's')).toMatchObject({ kind: 'waiting', memo: { preflightSnap: 1 } })
  world.add('clone', 'journal', 'golden')
  expect(await image('preflight', 'clone')).toMatchObject({
    kind: 'blocked',
    reason: expect.stringContaining('volumes/golden'),
  })
})

test('preflight: another image under the same name is not touched', async () => {
  const s = world.add('s', 'snapshot')
  const context = contextWith()
  Object.assign(s, { globalId: 'g-other' })
  const member = context.plan.members.find(named('s'))
  if (member === undefined) throw new Error('no member')
  const record: MemberRecord = { idx: 0, member, family: 's', state: 'pending', reason: '', stepIdx: 0, memo: {} }
  expect((await look('preflight', [record], context))[0]).toMatchObject({
    kind: 'blocked',
    reason: expect.stringContaining('g-other'),
  })
})

test('stop-clients: rbd-mirror may watch; a client is waited for or evicted; one that nobody names is never evicted', async () => {
  const one = world.add('j', 'journal')
  const daemon: Watcher = { clientId: '1', address: 'a', entity: 'client.rbd-mirror.north', isMirrorDaemon: true }
  const nova: Watcher = { clientId: '2', address: '10.0.0.2:0/1', entity: 'client.nova', isMirrorDaemon: false }
  one.watchers = [daemon]
  expect(await image('stop-clients', 'j')).toMatchObject({ kind: 'done' })
  one.watchers = [daemon, nova]
  expect(await image('stop-clients', 'j')).toMatchObject({
    kind: 'waiting',
    reason: expect.stringContaining('client.nova'),
  })
  expect(await seen('stop-clients', named('j'), {}, 'evict')).toMatchObject({
    kind: 'ready',
    site: 'west',
    argv: ['ceph', 'osd', 'blocklist', 'add', '10.0.0.2:0/1', '3600'],
  })
  one.watchers = [daemon, { ...nova, entity: null }]
  expect(await seen('stop-clients', named('j'), {}, 'evict')).toMatchObject({
    kind: 'waiting',
    reason: expect.stringContaining('never evicted'),
  })
})

test('final-snapshot: one of this run must be complete at the copy; an older one does not count', async () => {
  const s = world.add('s', 'snapshot')
  const first = await image('final-snapshot', 's')
  expect(first).toMatchObject({ kind: 'ready', memo: { beforeFinal: 1 } })
  expect(await image('final-snapshot', 's', { beforeFinal: 1 })).toMatchObject({ kind: 'ready' })
  world.arrives = false
  await world.port('west').act(['rbd', 'mirror', 'image', 'snapshot', 'volumes/s'], {
    attemptId: 'a',
    softDeadlineMs: 1,
    onStarted: () => {},
  })
  expect(await image('final-snapshot', 's', { beforeFinal: 1 })).toMatchObject({ kind: 'waiting' })
  world.copy(s, 'west')
  expect(await image('final-snapshot', 's', { beforeFinal: 1 })).toMatchObject({ kind: 'done' })
})

test('demote: ready at the old primary, done when it says non-primary, held up by a client that came back', async () => {
  const one = world.add('j', 'journal')
  expect(await image('demote', 'j')).toMatchObject({
    kind: 'ready',
    site: 'west',
    argv: ['rbd', 'mirror', 'image', 'demote', 'volumes/j'],
  })
  one.watchers = [{ clientId: '2', address: 'x', entity: 'client.nova', isMirrorDaemon: false }]
  expect(await image('demote', 'j')).toMatchObject({ kind: 'waiting', reason: expect.stringContaining('client.nova') })
  one.primaryAt.clear()
  expect(await image('demote', 'j')).toMatchObject({ kind: 'done' })
})

test('prove and promote: nothing but the proof lets a copy be promoted', async () => {
  const one = world.add('j', 'journal')
  expect(await image('promote', 'j')).toMatchObject({ kind: 'waiting', reason: 'the old primary is not demoted' })
  world.losesDemotions = true
  await world
    .port('west')
    .act(['rbd', 'mirror', 'image', 'demote', 'volumes/j'], { attemptId: 'a', softDeadlineMs: 1, onStarted: () => {} })
  expect(await image('prove', 'j')).toMatchObject({
    kind: 'waiting',
    reason: 'the demotion has not arrived at the copy',
  })
  expect(await image('promote', 'j')).toMatchObject({ kind: 'waiting' })
  world.copy(one, 'west')
  expect(await image('prove', 'j')).toMatchObject({
    kind: 'done',
    proof: expect.stringContaining('committed the journal to its end'),
  })
  expect(await image('promote', 'j')).toMatchObject({ kind: 'ready', site: 'north' })
})

test('promote: where the old primary cannot be read nothing is promoted', async () => {
  world.add('j', 'journal')
  world.dead.add('west')
  expect(await image('promote', 'j')).toMatchObject({ kind: 'waiting', reason: 'west: no answer' })
})

test('verify: two primaries, and one that was demoted since, block', async () => {
  const one = world.add('j', 'journal')
  expect(await image('verify', 'j')).toMatchObject({ kind: 'blocked' })
  one.primaryAt.add('north')
  expect(await image('verify', 'j')).toMatchObject({ kind: 'blocked', reason: 'primary at both sites' })
  one.primaryAt.delete('west')
  expect(await image('verify', 'j')).toMatchObject({ kind: 'done' })
})

test('add-schedule and remove-schedule: set at the target, then gone from the old site once no primary there lives by it', async () => {
  const one = world.add('s', 'snapshot')
  const minute = { pool: 'volumes', namespace: null, image: null, interval: '1m', startTime: null }
  world.schedules.set('west', [minute])
  const schedule = ({ kind }: PlanMember) => kind === 'schedule'
  expect(await seen('add-schedule', schedule)).toMatchObject({ kind: 'ready', site: 'north' })
  expect(await seen('remove-schedule', schedule)).toMatchObject({
    kind: 'done',
    proof: expect.stringContaining('1 primaries there live by it'),
  })
  one.primaryAt = new Set(['north'])
  expect(await seen('remove-schedule', schedule)).toMatchObject({ kind: 'ready', site: 'west' })
  world.schedules.set('north', [{ ...minute, interval: '5m' }])
  expect(await seen('add-schedule', schedule)).toMatchObject({ kind: 'done', proof: 'every 5m at north' })
})

test('first-snapshot: made at the new primary, and only while it is primary', async () => {
  const one = world.add('s', 'snapshot')
  expect(await image('first-snapshot', 's')).toMatchObject({ kind: 'blocked' })
  one.primaryAt = new Set(['north'])
  expect(await image('first-snapshot', 's')).toMatchObject({ kind: 'ready', site: 'north' })
})

test('see-replication: the old primary must hold a snapshot made since, or replay the new journal', async () => {
  const s = world.add('s', 'snapshot')
  const j = world.add('j', 'journal')
  for (const one of [s, j]) one.primaryAt = new Set(['north'])
  expect(await image('see-replication', 's', { beforeFirst: 99 })).toMatchObject({ kind: 'waiting' })
  const held = {
    id: 7,
    role: 'non-primary',
    complete: true,
    primarySnapId: 100,
    primaryMirrorUuid: 'n',
    takenAt: 0,
  } as const
  s.snapshots.get('west')?.push(held)
  expect(await image('see-replication', 's', { beforeFirst: 99 })).toMatchObject({ kind: 'done' })
  expect(await image('see-replication', 'j')).toMatchObject({ kind: 'waiting' })
  j.tag.set('west', 'uuid-north')
  expect(await image('see-replication', 'j')).toMatchObject({ kind: 'done' })
})
