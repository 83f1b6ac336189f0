import { beforeEach, expect, test } from 'vitest'
import { memberName, type Plan, type StepName } from '@/lib/domain/plan'
import type { MemberRecord, Memo } from '@/lib/ports/run-journal'
import { barePlan, bareTakeDown, byHand } from '../bare-plan'
import { BareWorld } from '../bare-world'
import { look } from '../look'
import { contextOf } from '../step'

let world: BareWorld
let now = 0
beforeEach(() => {
  world = new BareWorld()
  now = Date.now()
})

const MODES = { modes: { parent: 'journal', clone: 'journal', snap: 'snapshot' }, interval: '1m' } as const

function bare() {
  world.add('parent')
  world.add('clone', 'parent')
  world.add('snap')
}

async function seen(step: StepName, name: string, plan: Plan = barePlan(world, MODES), memo: Memo = {}) {
  const context = contextOf(plan, {
    clock: { now: () => now, sleep: async () => {} },
    mirror: (site) => world.port(site),
  })
  const member = plan.members.find((one) => memberName(one) === name)
  if (member === undefined) throw new Error(`no ${name} among ${plan.members.map(memberName).join(', ')}`)
  const record: MemberRecord = { idx: 0, member, family: '', state: 'pending', reason: '', stepIdx: 0, memo }
  return (await look(step, [record], context))[0]
}
const blockedFor = (text: string) => ({ kind: 'blocked', reason: expect.stringContaining(text) })
const waitsFor = (text: string) => ({ kind: 'waiting', reason: expect.stringContaining(text) })
const act = (site: string, text: string) =>
  world.port(site).act(text.split(' '), { attemptId: 'x', softDeadlineMs: 1, onStarted: () => {} })

test('a way that is shut is waited for, with the address that does not answer', async () => {
  bare()
  expect(await seen('see-ways', 'both sites')).toMatchObject({ kind: 'done' })
  world.shut.add('west:6800')
  expect(await seen('see-ways', 'both sites')).toMatchObject(
    waitsFor('north does not reach 1 of 1 OSDs of west: west:6800'),
  )
  world.shut.add('west:3300')
  expect(await seen('see-ways', 'both sites')).toMatchObject(waitsFor('north reaches no monitor of west'))
  world.dead.add('north')
  expect(await seen('see-ways', 'both sites')).toMatchObject(waitsFor('could not be tried'))
})

test('a pool keeps the mode that it has: another one is in the way, the same is done already', async () => {
  bare()
  await act('west', 'rbd mirror pool enable --site-name else volumes image')
  expect(await seen('enable-pool', 'pool volumes at west')).toMatchObject({ kind: 'done' })
  await act('west', 'rbd mirror pool enable --site-name west volumes pool')
  expect(await seen('enable-pool', 'pool volumes at west')).toMatchObject(blockedFor('in pool mode already'))
  expect(await seen('enable-pool', 'pool volumes at north')).toMatchObject({ kind: 'ready', site: 'north' })
  world.dead.add('north')
  expect(await seen('enable-pool', 'pool volumes at north')).toMatchObject(waitsFor('no answer'))
})

async function pools() {
  for (const site of ['west', 'north']) await act(site, `rbd mirror pool enable --site-name ${site} volumes image`)
}

test('a peer gets its token from the other site; one that is there is not added again, and a stranger is in the way', async () => {
  bare()
  const name = 'pool volumes at north'
  expect(await seen('add-peers', name)).toMatchObject(waitsFor('not mirrored at north'))
  await pools()
  expect(await seen('add-peers', name)).toMatchObject({
    ...{ kind: 'ready', site: 'north', argv: expect.arrayContaining(['import']) },
    secretFrom: { site: 'west', argv: expect.arrayContaining(['create']) },
  })
  expect(await seen('add-peers', 'pool volumes at west', barePlan(world, { ...MODES, peering: byHand }))).toMatchObject(
    {
      ...{ kind: 'ready', site: 'west', argv: expect.arrayContaining(['10.0.0.2', '/dev/stdin']) },
      secretFrom: { site: 'north', argv: expect.arrayContaining(['client.rbd-mirror-peer']) },
    },
  )
  // The other site's rbd-mirror wrote itself down: by hand a peer of that name is refused.
  world.addPeer('west', { siteName: 'north', direction: 'tx-only', clientName: '' })
  expect(await seen('add-peers', 'pool volumes at west', barePlan(world, { ...MODES, peering: byHand }))).toMatchObject(
    {
      ...{ kind: 'ready', argv: ['rbd', 'mirror', 'pool', 'peer', 'remove', 'volumes', 'peer-west-north'] },
    },
  )
  // Somebody made it by hand meanwhile, one way alone: the other way is still to do.
  world.addPeer('north', { siteName: 'west', direction: 'rx-only', clientName: 'client.x' })
  expect(await seen('add-peers', name)).toMatchObject({ kind: 'ready' })
  expect(await seen('add-peers', name, barePlan(world, { ...MODES, ways: 'one-way' }))).toMatchObject({ kind: 'done' })
  world.addPeer('west', { siteName: 'north', direction: 'rx-tx', clientName: 'client.x' })
  expect(await seen('add-peers', name)).toMatchObject({ kind: 'done' })
  world.addPeer('north', { siteName: 'south', direction: 'rx-tx', clientName: 'client.x' })
  expect(await seen('add-peers', name)).toMatchObject(blockedFor('pulls from south already'))
})

test('a site without an rbd-mirror is waited for', async () => {
  bare()
  expect(await seen('see-daemons', 'both sites')).toMatchObject({ kind: 'done' })
  world.daemonAt.delete('north')
  expect(await seen('see-daemons', 'both sites')).toMatchObject(waitsFor('no rbd-mirror lives at north for volumes'))
})

test('an image that is a copy, of another mode, or gone is not enabled; one that is as wanted is left', async () => {
  bare()
  expect(await seen('enable-features', 'volumes/parent')).toMatchObject({
    argv: ['rbd', 'feature', 'enable', 'volumes/parent', 'exclusive-lock', 'journaling'],
  })
  world.images.get('volumes/parent')?.features.add('exclusive-lock')
  expect(await seen('enable-features', 'volumes/parent')).toMatchObject({
    argv: ['rbd', 'feature', 'enable', 'volumes/parent', 'journaling'],
  })
  expect(await seen('enable-mirroring', 'volumes/snap')).toMatchObject({ kind: 'ready', site: 'west' })
  await act('west', 'rbd mirror image enable volumes/snap journal')
  expect(await seen('enable-mirroring', 'volumes/snap')).toMatchObject(blockedFor('in journal mode already'))
  await act('west', 'rbd mirror image disable volumes/snap')
  await act('west', 'rbd mirror image enable volumes/snap snapshot')
  expect(await seen('enable-mirroring', 'volumes/snap')).toMatchObject({ kind: 'done' })
  expect(await seen('see-copy', 'volumes/snap')).toMatchObject(waitsFor('has not begun the copy'))
  const plan = barePlan(world, MODES)
  world.images.delete('volumes/snap')
  expect(await seen('enable-mirroring', 'volumes/snap', plan)).toMatchObject(blockedFor('no longer at west'))
})

test('a schedule that is listed and does not fire is not taken for one that does', async () => {
  bare()
  const name = 'schedule of pool volumes'
  await act('west', 'rbd mirror image enable volumes/snap snapshot')
  world.silentSchedules = true
  expect(await seen('set-schedule', name)).toMatchObject({ kind: 'ready', site: 'west' })
  await act('west', 'rbd mirror snapshot schedule add --pool volumes 1m')
  expect(await seen('set-schedule', name)).toMatchObject({ kind: 'done' })
  const first = await seen('see-schedule-fire', name)
  expect(first).toMatchObject({ ...waitsFor('every 1m'), memo: { fireAfter: expect.any(Number) } })
  const memo = first?.kind === 'waiting' ? (first.memo ?? {}) : {}
  expect(await seen('see-schedule-fire', name, undefined, memo)).toMatchObject(waitsFor('waited for'))
  now += 240_000
  expect(await seen('see-schedule-fire', name, undefined, memo)).toMatchObject(waitsFor('rbd_support'))
  world.images.get('volumes/snap')?.marks.push(Date.now() + 1000)
  expect(await seen('see-schedule-fire', name, undefined, memo)).toMatchObject({ kind: 'done' })
})

test('what is taken down is the primary that was looked at, and its copy is seen to be deleted', async () => {
  bare()
  const plan = () => bareTakeDown(world, MODES, 'all')
  expect(await seen('disable-mirroring', 'volumes/snap', plan())).toMatchObject({ kind: 'done' })
  await act('west', 'rbd mirror image enable volumes/snap snapshot')
  const one = world.images.get('volumes/snap')
  if (one) one.copy = 'snapshot'
  expect(await seen('disable-mirroring', 'volumes/snap', plan())).toMatchObject({
    argv: ['rbd', 'mirror', 'image', 'disable', 'volumes/snap'],
  })
  expect(await seen('see-copies-gone', 'volumes/snap', plan())).toMatchObject(waitsFor('has not deleted the copy'))
  const elsewhere = plan()
  for (const member of elsewhere.members) if (member.kind === 'image') Object.assign(member, { globalId: 'g-other' })
  expect(await seen('disable-mirroring', 'volumes/snap', elsewhere)).toMatchObject(
    blockedFor('another image has this name'),
  )
  await pools()
  expect(await seen('disable-pool', 'pool volumes at west', plan())).toMatchObject(
    waitsFor('images of it that are still mirrored at'),
  )
})

test('a schedule and a journal that are not there any more are nothing to remove', async () => {
  bare()
  const plan = () => bareTakeDown(world, MODES, 'images')
  expect(await seen('remove-schedules', 'schedule of pool volumes', plan())).toMatchObject({ kind: 'done' })
  expect(await seen('remove-journaling', 'volumes/parent', plan())).toMatchObject({ kind: 'done' })
  world.images.get('volumes/parent')?.features.add('journaling')
  expect(await seen('remove-journaling', 'volumes/parent', plan())).toMatchObject({
    argv: ['rbd', 'feature', 'disable', 'volumes/parent', 'journaling'],
  })
  await act('west', 'rbd mirror image enable volumes/parent journal')
  expect(await seen('remove-journaling', 'volumes/parent', plan())).toMatchObject(waitsFor('mirrored again'))
  await act('west', 'rbd mirror snapshot schedule add --pool volumes 1m')
  expect(await seen('remove-schedules', 'schedule of pool volumes', plan())).toMatchObject({
    argv: ['rbd', 'mirror', 'snapshot', 'schedule', 'remove', '--pool', 'volumes', '1m'],
  })
})

test('a peer of another site stays, and so does the pool that it needs', async () => {
  await pools()
  world.addPeer('west', { siteName: 'south', direction: 'rx-tx', clientName: 'client.x' })
  const plan = bareTakeDown(world, { modes: {} }, 'all')
  for (const member of plan.members) if (member.kind === 'pool') Object.assign(member, { peerUuids: [] })
  expect(await seen('remove-peers', 'pool volumes at west', plan)).toMatchObject({ kind: 'done' })
  expect(await seen('disable-pool', 'pool volumes at west', plan)).toMatchObject(waitsFor('still has the peer south'))
  world.addPeer('west', { siteName: 'north', direction: 'tx-only', clientName: 'client.x' })
  expect(await seen('remove-peers', 'pool volumes at west', plan)).toMatchObject({
    argv: ['rbd', 'mirror', 'pool', 'peer', 'remove', 'volumes', 'peer-west-north'],
  })
})

test('add-peers: a peer of the right name and of an older cluster is not taken for the one that is wanted', async () => {
  bare()
  for (const site of ['west', 'north']) await act(site, `rbd mirror pool enable --site-name ${site} volumes image`)
  const name = 'pool volumes at north'
  const plan = barePlan(world, { ...MODES, ways: 'one-way' })
  const peer = { siteName: 'west', clientName: 'client.x', mirrorUuid: 'before' }
  world.uuids.set('west', 'now')
  world.addPeer('north', { ...peer, direction: 'rx-only' })
  expect(await seen('add-peers', name, plan)).toMatchObject(
    blockedFor('is of an older west (mirror uuid before, which is another now): replace it'),
  )
  world.uuids.set('west', 'before')
  expect(await seen('add-peers', name, plan)).toMatchObject({ kind: 'done' })
  // Not told: an rx-only peer has no uuid before somebody pulls the other way.
  world.uuids.delete('west')
  expect(await seen('add-peers', name, plan)).toMatchObject({ kind: 'done' })
})
