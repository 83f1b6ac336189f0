import { beforeEach, expect, test } from 'vitest'
import type { Plan, StepName } from '@/lib/domain/plan'
import { type CinderWorld, cinderWorld, tinyCinder, tinyCinderForced } from '../../tiny-cinder'
import { tinyLook } from '../../tiny-look'

let world: CinderWorld
beforeEach(() => {
  world = cinderWorld()
  const db = world.tinyCloud.servers.get('db')
  if (db) world.tinyCloud.servers.set('db', { ...db, host: 'c1', taskState: 'powering-off' })
  world.tinyCloud.computes = [{ host: 'c1', state: 'down', status: 'enabled', forcedDown: false }]
})
const seen = (step: StepName, plan: Plan) => tinyLook(world, step, '/db', plan)
const says = (kind: string, text: string) => ({
  kind,
  [kind === 'done' ? 'proof' : 'reason']: expect.stringContaining(text),
})

test('a server whose host is down is never said to be stopped: planned it is waited for, with what to do', async () => {
  const plan = await tinyCinder(world)
  expect(await seen('stop-servers', plan)).toMatchObject(says('waiting', "its host c1 is down by Nova's word"))
  expect(await seen('stop-servers', plan)).toMatchObject(says('waiting', 'openstack server evacuate db'))
})

test('by force it keeps nobody else: without a fence it alone stops, with one the run goes on and says that it was not stopped', async () => {
  const plan = await tinyCinderForced(world)
  expect(await seen('stop-servers', plan)).toMatchObject(says('blocked', 'nothing is declared that fences it'))
  const fenced: Plan = {
    ...plan,
    outage: { lastHeardAt: 0, monAddresses: [], fence: { kind: 'power', at: 0, note: '' } },
  }
  expect(await seen('stop-servers', fenced)).toMatchObject(says('done', 'it is not stopped'))
  expect(await seen('stop-servers', fenced)).toMatchObject(says('done', 'declared fenced (power)'))
})

test('once the backend has moved nothing is sent to a host that is down; evacuated, the server goes on', async () => {
  const plan = await tinyCinder(world)
  Object.assign(world.tinyCloud.service, { activeBackendId: 'secondary', replicationStatus: 'failed-over' })
  for (const image of world.images.values()) image.primaryAt = new Set(['north'])
  for (const step of ['move-attachments', 'start-servers'] as const)
    expect(await seen(step, plan)).toMatchObject(says('blocked', 'evacuated it gets connections'))
  const db = world.tinyCloud.servers.get('db')
  if (db) world.tinyCloud.servers.set('db', { ...db, host: 'c2', taskState: null, status: 'SHUTOFF' })
  expect(await seen('move-attachments', plan)).toMatchObject({ kind: 'ready' })
})

test('what was shut off before is at rest, wherever it is', async () => {
  const db = world.tinyCloud.servers.get('db')
  if (db) world.tinyCloud.servers.set('db', { ...db, status: 'SHUTOFF', taskState: null })
  expect(await seen('stop-servers', await tinyCinder(world))).toMatchObject({ kind: 'done' })
})

test('an attachment is made anew with the tag that it had, and goes with its server where it did', async () => {
  world.tinyCloud.disks = [{ serverId: 'db', volumeId: 'data', tag: 'ledger', deleteOnTermination: true }]
  world.tinyCloud.computes = []
  const plan = await tinyCinder(world)
  Object.assign(world.tinyCloud.service, { activeBackendId: 'secondary', replicationStatus: 'failed-over' })
  for (const image of world.images.values()) image.primaryAt = new Set(['north'])
  const [db, data] = [world.tinyCloud.servers.get('db'), world.tinyCloud.volumes.get('data')]
  if (db) world.tinyCloud.servers.set('db', { ...db, status: 'SHUTOFF', taskState: null, volumeIds: ['root'] })
  if (data) world.tinyCloud.volumes.set('data', { ...data, status: 'available', attachedTo: [] })
  expect(await seen('move-attachments', plan)).toMatchObject({
    kind: 'ready',
    argv: expect.arrayContaining([expect.stringContaining('"tag":"ledger","delete_on_termination":true')]),
  })
})
