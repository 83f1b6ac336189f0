import { beforeEach, describe, expect, test } from 'vitest'
import { anAttachment } from '@/lib/domain/cloud-fixture'
import type { Plan, StepName } from '@/lib/domain/plan'
import type { Memo } from '@/lib/ports/run-journal'
import { type CinderWorld, cinderWorld, tinyCinder, tinyCinderForced } from '../../tiny-cinder'
import { MONITORS } from '../../tiny-cloud'
import { tinyLook } from '../../tiny-look'

let world: CinderWorld
beforeEach(() => {
  world = cinderWorld()
})

const blockedFor = (text: string) => ({ kind: 'blocked', reason: expect.stringContaining(text) })
const waitsFor = (text: string) => ({ kind: 'waiting', reason: expect.stringContaining(text) })
const sends = (text: string) => ({ kind: 'ready', argv: expect.arrayContaining([expect.stringContaining(text)]) })

const seen = (step: StepName | 'undo', key: string, plan: Plan, memo: Memo = {}) =>
  tinyLook(world, step, key, plan, memo)
const BACKEND = 'cinder@ceph'
const demoteAll = () =>
  Promise.all(
    [...world.images.keys()].map((spec) =>
      world
        .port('west')
        .act(['rbd', 'mirror', 'image', 'demote', spec], { attemptId: 'x', softDeadlineMs: 1, onStarted: () => {} }),
    ),
  )

describe('check-backend', () => {
  test('passes where the plan has all that Cinder would take', async () => {
    expect(await seen('check-backend', BACKEND, await tinyCinder(world))).toMatchObject({ kind: 'done' })
  })
  test('a volume that was made since, replicated or not, is named, and so is a ghost', async () => {
    const plan = await tinyCinder(world)
    world.tinyCloud.volume('late')
    expect(await seen('check-backend', BACKEND, plan)).toMatchObject(
      blockedFor('disk late (late): it is replicated and not in the plan'),
    )
    world.tinyCloud.volumes.delete('late')
    world.tinyCloud.volume('plain', { replicationStatus: 'disabled' })
    expect(await seen('check-backend', BACKEND, plan)).toMatchObject(blockedFor('not replicated and not in the plan'))
    world.tinyCloud.volumes.delete('plain')
    world.tinyCloud.volume('ghost', { replicationStatus: null, status: 'error' })
    expect(await seen('check-backend', BACKEND, plan)).toMatchObject(blockedFor('replication status is null'))
    world.tinyCloud.volumes.delete('ghost')
    world.tinyCloud.volume('busy', { status: 'extending' })
    expect(await seen('check-backend', BACKEND, plan)).toMatchObject(waitsFor('it is extending'))
    world.tinyCloud.volumes.delete('busy')
    const data = world.tinyCloud.volumes.get('data')
    if (data) world.tinyCloud.volumes.set('data', { ...data, migrationStatus: 'migrating' })
    expect(await seen('check-backend', BACKEND, plan)).toMatchObject(waitsFor('its migration is migrating'))
    if (data) world.tinyCloud.volumes.set('data', { ...data, migrationStatus: 'success' })
    expect(await seen('check-backend', BACKEND, plan)).toMatchObject({ kind: 'done' })
  })
  test('what somebody froze is not thawed by us later, and what is down is waited for', async () => {
    const plan = await tinyCinder(world)
    world.tinyCloud.service = { ...world.tinyCloud.service, frozen: true }
    expect(await seen('check-backend', BACKEND, plan)).toMatchObject(blockedFor('frozen already'))
    expect(await seen('check-backend', BACKEND, plan, { 'did:freeze': true })).toMatchObject({ kind: 'done' })
    world.tinyCloud.service = { ...world.tinyCloud.service, state: 'down', frozen: false }
    expect(await seen('check-backend', BACKEND, plan)).toMatchObject(waitsFor('start it'))
  })
  test('a backend that serves from the target already is refused: a second call is no no-op', async () => {
    const plan = await tinyCinder(world)
    world.tinyCloud.service = {
      ...world.tinyCloud.service,
      activeBackendId: 'secondary',
      replicationStatus: 'failed-over',
    }
    expect(await seen('check-backend', BACKEND, plan)).toMatchObject(blockedFor('serves from secondary already'))
    expect(await seen('fail-over-backend', BACKEND, plan)).toMatchObject({ kind: 'done' })
  })
})

describe('fail-over-backend', () => {
  test('told once it is not told again unasked: what lies in its queue may come later', async () => {
    const plan = await tinyCinder(world)
    await demoteAll()
    const now = world.clock.now()
    expect(await seen('fail-over-backend', BACKEND, plan, { toldAt: now })).toMatchObject(
      waitsFor('does not say so yet'),
    )
    expect(await seen('fail-over-backend', BACKEND, plan, { toldAt: now - 120_000 })).toMatchObject(
      blockedFor('A retry tells it again'),
    )
    expect(await seen('fail-over-backend', BACKEND, plan, { toldAt: null })).toMatchObject(sends('failover_host'))
  })
  test('a volume that hangs on another server than the plan says forbids it', async () => {
    const plan = await tinyCinder(world)
    await demoteAll()
    world.tinyCloud.server('stranger', ['data'], { status: 'SHUTOFF' })
    expect(await seen('fail-over-backend', BACKEND, plan)).toMatchObject(blockedFor('was attached to server stranger'))
  })
  test('images are not promoted back while Cinder, told by anybody, is at it', async () => {
    const plan = await tinyCinder(world)
    await demoteAll()
    expect(await seen('undo', 'volume-data', plan)).toMatchObject(sends('promote'))
    Object.assign(world.tinyCloud.service, { replicationStatus: 'failing-over' })
    expect(await seen('undo', 'volume-data', plan)).toMatchObject(waitsFor('not promoted back'))
    Object.assign(world.tinyCloud.service, { replicationStatus: 'failed-over', activeBackendId: 'secondary' })
    expect(await seen('undo', 'volume-data', plan)).toMatchObject(blockedFor('serves from secondary'))
  })
  test('is sent only when every image is demoted at both sites and holds everything', async () => {
    const plan = await tinyCinder(world)
    expect(await seen('fail-over-backend', BACKEND, plan)).toMatchObject(blockedFor('is primary at west'))
    world.arrives = false
    await demoteAll()
    expect(await seen('fail-over-backend', BACKEND, plan)).toMatchObject({ kind: 'waiting' })
    world.arriveAll()
    expect(await seen('fail-over-backend', BACKEND, plan)).toMatchObject(sends('failover_host'))
  })
  test('one image that is primary there already, or a ghost that came late, forbids it', async () => {
    const plan = await tinyCinder(world)
    await demoteAll()
    world.images.get('volumes/volume-data')?.primaryAt.add('north')
    expect(await seen('fail-over-backend', BACKEND, plan)).toMatchObject(blockedFor('is primary at north already'))
    world.images.get('volumes/volume-data')?.primaryAt.delete('north')
    world.tinyCloud.volume('ghost', { replicationStatus: null, status: 'error' })
    expect(await seen('fail-over-backend', BACKEND, plan)).toMatchObject(blockedFor('disk ghost'))
  })
  test('while Cinder is at it, it is waited for; one that died in the middle is said, with what to do', async () => {
    const plan = await tinyCinder(world)
    world.tinyCloud.service = { ...world.tinyCloud.service, replicationStatus: 'failing-over' }
    expect(await seen('fail-over-backend', BACKEND, plan)).toMatchObject(waitsFor('is failing over'))
    world.tinyCloud.service = { ...world.tinyCloud.service, state: 'down' }
    expect(await seen('fail-over-backend', BACKEND, plan)).toMatchObject(waitsFor('start it again'))
    world.tinyCloud.service = { ...world.tinyCloud.service, replicationStatus: 'failover-error' }
    expect(await seen('fail-over-backend', BACKEND, plan)).toMatchObject(blockedFor('failover-error'))
  })
})

describe('by force', () => {
  test('check-backend lets a ghost pass, which spoils nobody then, and still names a volume that was made since', async () => {
    world.tinyCloud.volume('ghost', { replicationStatus: null, status: 'error' })
    const plan = await tinyCinderForced(world)
    expect(await seen('check-backend', BACKEND, plan)).toMatchObject({ kind: 'done' })
    world.tinyCloud.volume('late')
    expect(await seen('check-backend', BACKEND, plan)).toMatchObject(blockedFor('not in the plan'))
  })
  test('fail-over-backend is sent while the site is silent, and not while its primary answers or a copy is promoted already', async () => {
    const plan = await tinyCinderForced(world)
    expect(await seen('fail-over-backend', BACKEND, plan)).toMatchObject(blockedFor('answers at west as primary'))
    world.dead.add('west')
    expect(await seen('fail-over-backend', BACKEND, plan)).toMatchObject(sends('failover_host'))
    world.images.get('volumes/volume-data')?.primaryAt.add('north')
    expect(await seen('fail-over-backend', BACKEND, plan)).toMatchObject(blockedFor('is primary at north already'))
  })
})

describe('servers', () => {
  test('stop-servers: one that cannot be stopped is said; one at which Nova works is waited for', async () => {
    const plan = await tinyCinder(world)
    const change = (status: string, taskState: string | null = null, locked = false) => {
      const server = world.tinyCloud.servers.get('db')
      if (server) world.tinyCloud.servers.set('db', { ...server, status, taskState, locked })
    }
    expect(await seen('stop-servers', '/db', plan)).toMatchObject(sends('os-stop'))
    change('ACTIVE', 'rebooting')
    expect(await seen('stop-servers', '/db', plan)).toMatchObject(waitsFor('rebooting'))
    change('RESCUE')
    expect(await seen('stop-servers', '/db', plan)).toMatchObject(blockedFor('RESCUE'))
    change('ACTIVE', null, true)
    expect(await seen('stop-servers', '/db', plan)).toMatchObject(blockedFor('locked'))
    change('SHUTOFF')
    expect(await seen('stop-servers', '/db', plan)).toMatchObject({ kind: 'done' })
    world.tinyCloud.servers.delete('db')
    expect(await seen('stop-servers', '/db', plan)).toMatchObject(blockedFor('no such server'))
  })
  test('move-attachments and start-servers: a connection that leads to the old site is made anew, the boot disk by shelving', async () => {
    const plan = await tinyCinder(world)
    expect(plan.members.find(({ kind }) => kind === 'backend')).toMatchObject({ monitors: [MONITORS.north] })
    expect(await seen('move-attachments', '/db', plan)).toMatchObject(waitsFor('does not serve from north'))
    Object.assign(world.tinyCloud.service, { activeBackendId: 'secondary', replicationStatus: 'failed-over' })
    expect(await seen('move-attachments', '/db', plan)).toMatchObject(blockedFor('is not primary at north'))
    expect(await seen('start-servers', '/db', plan)).toMatchObject(blockedFor('is not primary at north'))
    for (const image of world.images.values()) image.primaryAt = new Set(['north'])
    expect(await seen('move-attachments', '/db', plan)).toMatchObject(blockedFor('it runs'))
    const server = world.tinyCloud.servers.get('db')
    if (server) world.tinyCloud.servers.set('db', { ...server, status: 'SHUTOFF' })
    expect(await seen('move-attachments', '/db', plan)).toMatchObject(sends('/servers/db/os-volume_attachments/data'))
    expect(await seen('start-servers', '/db', plan)).toMatchObject(waitsFor('does not lead to'))
    const detached = world.tinyCloud.volumes.get('data')
    if (detached) world.tinyCloud.volumes.set('data', { ...detached, status: 'available', attachedTo: [] })
    expect(await seen('move-attachments', '/db', plan)).toMatchObject(waitsFor('Nova has not let go'))
    if (server) world.tinyCloud.servers.set('db', { ...server, status: 'SHUTOFF', volumeIds: ['root'] })
    expect(await seen('move-attachments', '/db', plan)).toMatchObject(sends('"volumeId":"data"'))
    // Cinder forgets the attachment a moment before it forgets whose it was: that is neither attached nor moved.
    const [own] = detached?.attachedTo ?? []
    if (detached) world.tinyCloud.volumes.set('data', detached)
    world.tinyCloud.attachments.delete(own?.attachmentId ?? '')
    expect(await seen('move-attachments', '/db', plan)).toMatchObject(waitsFor('in-use'))
    // Its data volume leads there; the boot disk does not yet, and cannot be detached.
    const there = anAttachment(own?.attachmentId ?? '', 'data', 'db', [MONITORS.north ?? ''])
    world.tinyCloud.attachments.set(there.id, there)
    expect(await seen('move-attachments', '/db', plan)).toMatchObject({ kind: 'done' })
    expect(await seen('start-servers', '/db', plan)).toMatchObject(sends('"shelve"'))
  })
})

describe('volumes', () => {
  test('see-volumes: what Cinder spoiled of a replicated one is said; restore-volumes puts back what it had', async () => {
    const plan = await tinyCinder(world)
    const change = (id: string, status: string, replicationStatus: string) => {
      const volume = world.tinyCloud.volumes.get(id)
      if (volume) world.tinyCloud.volumes.set(id, { ...volume, status, replicationStatus })
    }
    change('root', 'error', 'failover-error')
    expect(await seen('see-volumes', 'west/root', plan)).toMatchObject(blockedFor('failover-error'))
    // Of this one Cinder has not written yet; minutes later it will not any more.
    change('root', 'in-use', 'enabled')
    expect(await seen('see-volumes', 'west/root', plan)).toMatchObject(waitsFor('one volume after the other'))
    const since = world.clock.now() - 301_000
    expect(await seen('see-volumes', 'west/root', plan, { since })).toMatchObject(blockedFor('did cinder-volume end'))
    change('root', 'in-use', 'failed-over')
    expect(await seen('see-volumes', 'west/root', plan)).toMatchObject({ kind: 'done' })
    change('scratch', 'error', 'not-capable')
    expect(await seen('see-volumes', 'west/scratch', plan)).toMatchObject({
      kind: 'done',
      proof: expect.stringContaining('before: available'),
    })
    expect(await seen('restore-volumes', 'west/scratch', plan)).toMatchObject(sends('"status":"available"'))
  })
})

describe('taking back', () => {
  test('freeze is thawed, unless Cinder is failing over; thaw itself waits until the scheduler lists the backend', async () => {
    const plan = await tinyCinder(world)
    world.tinyCloud.service = { ...world.tinyCloud.service, frozen: true, status: 'disabled' }
    expect(await seen('freeze', BACKEND, plan)).toMatchObject({ kind: 'done' })
    expect(await seen('undo', BACKEND, plan)).toMatchObject(sends('thaw'))
    expect(await seen('thaw', BACKEND, plan)).toMatchObject(sends('thaw'))
    world.tinyCloud.service = { ...world.tinyCloud.service, replicationStatus: 'failing-over' }
    expect(await seen('undo', BACKEND, plan)).toMatchObject(blockedFor('failing over'))
    world.tinyCloud.service = { ...world.tinyCloud.service, replicationStatus: 'enabled', frozen: false }
    expect(await seen('thaw', BACKEND, plan)).toMatchObject(blockedFor('not frozen'))
  })
  test('a server is started again only where its images are primary again', async () => {
    const plan = await tinyCinder(world)
    const server = world.tinyCloud.servers.get('app')
    if (server) world.tinyCloud.servers.set('app', { ...server, status: 'SHUTOFF' })
    expect(await seen('undo', '/app', plan)).toMatchObject(sends('os-start'))
    await demoteAll()
    expect(await seen('undo', '/app', plan)).toMatchObject(blockedFor('not known to be primary at west'))
  })
})
