import { beforeEach, expect, test } from 'vitest'
import { ORPHAN } from '@/lib/domain/lineage'
import type { Fence, Plan, StepName } from '@/lib/domain/plan'
import { STOP_MIRROR } from '@/lib/domain/restart-mirror'
import type { MemberRecord } from '@/lib/ports/run-journal'
import { look } from '../look'
import { contextOf } from '../step'
import { tinyForced, tinyReprotect } from '../tiny-plan'
import { TinyWorld } from '../tiny-world'
import { forcePromote } from './force-promote'

let world: TinyWorld
beforeEach(() => {
  world = new TinyWorld()
})

async function seen(step: StepName, name: string, plan: Plan) {
  const context = contextOf(plan, {
    clock: { now: () => 0, sleep: async () => {} },
    mirror: (site) => world.port(site),
  })
  const member = plan.members.find((one) => (one.kind === 'image' ? one.image.name === name : one.key === name))
  if (member === undefined) throw new Error('no such member')
  const record: MemberRecord = { idx: 0, member, family: '', state: 'pending', reason: '', stepIdx: 0, memo: {} }
  return (await look(step, [record], context))[0]
}
const forced = (step: StepName, name: string, fence: Fence['kind'] = 'not-proven') =>
  seen(step, name, tinyForced(world, { fence: { kind: fence, at: fence === 'not-proven' ? null : 5, note: '' } }))
const again = (step: StepName, name: string) => seen(step, name, tinyReprotect(world))
const blockedFor = (text: string) => ({ kind: 'blocked', reason: expect.stringContaining(text) })

test('a site that still answers is not given up: not without a fence, and not against what was just seen', async () => {
  world.add('j', 'journal')
  expect(await forced('see-silence', 'sites')).toMatchObject(blockedFor('it still answers'))
  expect(await forced('see-silence', 'sites', 'power')).toMatchObject(blockedFor('said to be off'))
  expect(await forced('see-silence', 'sites', 'network')).toMatchObject(blockedFor('said to be cut off'))
  expect(await forced('see-silence', 'sites', 'peer-key')).toMatchObject(blockedFor('its own clients write on'))
  expect(await forced('see-silence', 'sites', 'blocklist')).toMatchObject({ kind: 'done' })
  world.dead.add('west')
  expect(await forced('see-silence', 'sites')).toMatchObject({
    kind: 'done',
    proof: expect.stringContaining('0 of 1 monitors'),
  })
})

test('one look alone is not enough: without an address of a monitor somebody has to fence it', async () => {
  world.add('j', 'journal')
  world.dead.add('west')
  const blind = (kind: Fence['kind']) =>
    seen('see-silence', 'sites', tinyForced(world, { monAddresses: [], fence: { kind, at: null, note: '' } }))
  expect(await blind('not-proven')).toMatchObject(blockedFor('two looks'))
  expect(await blind('power')).toMatchObject({ kind: 'done' })
})

test('a copy is promoted by force while its site is silent, and never while the old primary answers', async () => {
  const j = world.add('j', 'journal')
  expect(await forced('force-promote', 'j')).toMatchObject(blockedFor('answers again, and it is primary'))
  expect(await forced('check-copy', 'j')).toMatchObject(blockedFor('as planned'))
  world.dead.add('west')
  expect(await forced('check-copy', 'j')).toMatchObject({ kind: 'done' })
  expect(await forced('force-promote', 'j')).toMatchObject({
    kind: 'ready',
    site: 'north',
    argv: expect.arrayContaining(['--force', 'volumes/j']),
  })
  j.primaryAt.add('north')
  expect(await forced('force-promote', 'j')).toMatchObject({ kind: 'done' })
})

test('a promotion that rbd-mirror holds up names the command that stops it, by what runs it', () => {
  const hint = forcePromote.overdue?.hint(tinyForced(world)) ?? ''
  expect(hint).toContain('stop rbd-mirror at north, the promotion goes on by itself')
  for (const { line } of STOP_MIRROR) expect(hint).toContain(line)
})

test('whether it has the role is asked of the copy itself', async () => {
  const j = world.add('j', 'journal')
  world.dead.add('west')
  expect(await forced('see-primary', 'j')).toMatchObject(blockedFor('not primary at north'))
  j.primaryAt.add('north')
  expect(await forced('see-primary', 'j')).toMatchObject({ kind: 'done' })
})

test('a site that is back and demoted needs no force where the copy holds everything', async () => {
  const s = world.add('s', 'snapshot')
  await world.port('west').act(['rbd', 'mirror', 'image', 'demote', 'volumes/s'], DO)
  expect(await forced('force-promote', 's')).toMatchObject({
    kind: 'ready',
    argv: ['rbd', 'mirror', 'image', 'promote', 'volumes/s'],
  })
  s.snapshots.get('north')?.splice(1)
  expect(await forced('force-promote', 's')).toMatchObject(blockedFor('fail it over as planned'))
})
const DO = { attemptId: 'x', softDeadlineMs: 1, onStarted: () => {} }

test('a site that answers again is waited for right before the act, however long ago it was seen silent', async () => {
  world.add('j', 'journal')
  world.dead.add('west')
  const plan = tinyForced(world, { monAddresses: ['10.0.0.1:6789'] })
  expect(await seen('force-promote', 'j', plan)).toMatchObject({
    kind: 'waiting',
    reason: expect.stringContaining('it still answers'),
  })
  expect(await seen('force-promote', 'j', tinyForced(world))).toMatchObject({ kind: 'ready' })
})

test('a site that answers and whose roles cannot be read is not promoted over, whatever is said to fence it', async () => {
  const j = world.add('j', 'journal')
  j.ids.set('west', null)
  for (const kind of ['network', 'power', 'peer-key'] as const)
    expect(await forced('force-promote', 'j', kind)).toMatchObject({
      kind: 'waiting',
      reason: expect.stringContaining('it still answers'),
    })
})

test('another image under the same name is not promoted by force', async () => {
  const j = world.add('j', 'journal')
  world.dead.add('west')
  const plan = tinyForced(world)
  Object.assign(j, { globalId: 'g-other' })
  expect(await seen('force-promote', 'j', plan)).toMatchObject(blockedFor('another image has this name'))
})

test('what was begun before is gone on with: an image that is out of mirroring already, or kept already', async () => {
  const one = parted()
  one.unmirrored.add('west')
  expect(await again('check-loser', 'j')).toMatchObject({ kind: 'done' })
  one.unmirrored.clear()
  world.kept.set('west:volumes/j.kept-23456789', 'j')
  expect(await again('check-loser', 'j')).toMatchObject({ kind: 'done' })
  expect(await again('end-mirroring', 'j')).toMatchObject({ kind: 'done' })
  expect(await again('keep-loser', 'j')).toMatchObject({ kind: 'done' })
})

test('without an rbd-mirror at the site that gets new copies nobody would make them', async () => {
  parted()
  world.daemonAt.delete('west')
  expect(await again('check-loser', 'sites')).toMatchObject({
    kind: 'waiting',
    reason: expect.stringContaining('no rbd-mirror'),
  })
})

test('a copy that is not whole, or of another history, or another image, is not promoted', async () => {
  const s = world.add('s', 'snapshot')
  const j = world.add('j', 'journal')
  world.dead.add('west')
  s.snapshots.set('north', [])
  expect(await forced('check-copy', 's')).toMatchObject(blockedFor('first copy never ended'))
  j.status = 'split-brain'
  expect(await forced('check-copy', 'j')).toMatchObject(blockedFor('split-brain'))
  const plan = tinyForced(world)
  Object.assign(j, { globalId: 'g-other' })
  expect(await seen('check-copy', 'j', plan)).toMatchObject(blockedFor('another image has this name'))
})

/** Both took writes: west is the one that lost. */
function parted() {
  const one = world.add('j', 'journal')
  one.primaryAt.add('north')
  one.tag.set('north', '')
  return one
}

test('a copy is put aside only for a primary that answers, only where the histories parted, and with nobody on it', async () => {
  const one = parted()
  expect(await again('check-loser', 'j')).toMatchObject({ kind: 'done' })
  one.watchers = [{ clientId: '7', address: '10.0.0.1:0/9', entity: 'client.nova', isMirrorDaemon: false }]
  expect(await again('check-loser', 'j')).toMatchObject({
    kind: 'waiting',
    reason: expect.stringContaining('held open by'),
  })
  one.watchers = []
  one.primaryAt.delete('north')
  expect(await again('check-loser', 'j')).toMatchObject(blockedFor('not primary at north'))
  one.primaryAt = new Set(['north'])
  expect(await again('check-loser', 'j')).toMatchObject(blockedFor('no split-brain'))
  one.status = 'split-brain'
  expect(await again('check-loser', 'j')).toMatchObject({ kind: 'done' })
})

test('the good copy is looked at right before each act: once it is no primary, nothing of the other one is touched', async () => {
  const one = parted()
  expect(await again('end-mirroring', 'j')).toMatchObject({
    kind: 'ready',
    site: 'west',
    argv: ['rbd', 'mirror', 'image', 'disable', '--force', 'volumes/j'],
  })
  one.watchers = [{ clientId: '7', address: '10.0.0.1:0/9', entity: 'client.nova', isMirrorDaemon: false }]
  expect(await again('end-mirroring', 'j')).toMatchObject({ kind: 'waiting' })
  one.watchers = []
  one.primaryAt.delete('west')
  expect(await again('end-mirroring', 'j')).toMatchObject({ argv: expect.arrayContaining(['--force']) })
  one.primaryAt.delete('north')
  one.tag.set('north', ORPHAN)
  expect(await again('end-mirroring', 'j')).toMatchObject(blockedFor('last good copy'))
  expect(await again('keep-loser', 'j')).toMatchObject(blockedFor('last good copy'))
  world.dead.add('north')
  expect(await again('end-mirroring', 'j')).toMatchObject({ kind: 'waiting' })
})

test('what is renamed is the very image that was looked at, to a name that nobody has', async () => {
  const one = parted()
  one.unmirrored.add('west')
  expect(await again('keep-loser', 'j')).toMatchObject({
    kind: 'ready',
    argv: ['rbd', 'rename', 'volumes/j', 'volumes/j.kept-23456789'],
  })
  world.kept.set('west:volumes/j.kept-23456789', 'somebody-else')
  expect(await again('keep-loser', 'j')).toMatchObject(blockedFor('is another image'))
  world.kept.clear()
  one.ids.set('west', 'made-meanwhile')
  expect(await again('keep-loser', 'j')).toMatchObject(blockedFor('another image stands'))
})

test('images are protected again only once a new copy follows', async () => {
  const one = parted()
  expect(await again('see-following', 'j')).toMatchObject(blockedFor('has its name again'))
  one.primaryAt.delete('west')
  one.ids.set('west', 'anew')
  one.tag.set('west', 'uuid-north')
  expect(await again('see-following', 'j')).toMatchObject({ kind: 'waiting' })
  one.status = 'following'
  expect(await again('see-following', 'j')).toMatchObject({ kind: 'done' })
})
