import { afterEach, beforeEach, expect, test } from 'vitest'
import { aServer, aVolume } from '@/lib/domain/cloud-fixture'
import type { GroupSpec } from '@/lib/domain/group'
import { aGroup } from '@/lib/domain/group-fixture'
import type { Attention } from '@/lib/domain/summary'
import { newestChange } from '@/lib/store/changes'
import { migrate } from '@/lib/store/migrate'
import { FakeCloud } from './fake-cloud'
import { FakeConsole } from './fake-console'

let world: FakeConsole
let cloud: FakeCloud

beforeEach(async () => {
  world = new FakeConsole()
  await migrate(world.store)
  cloud = new FakeCloud(world.clock)
  world.cloud = cloud
  world.poller = world.newPoller()
})

afterEach(() => world.end())

function volume(id: string, metadata: Record<string, string> = {}) {
  world.east.add('volumes', { globalId: `g-${id}`, name: `volume-${id}` })
  world.west.addCopy('volumes', { globalId: `g-${id}`, name: `volume-${id}` })
  cloud.volumes.push(aVolume(id, { name: id, metadata, createdAt: world.clock.now() - 3_600_000 }))
}

/** As the web writes one: its members are for the next look to find. */
const saved = (spec: GroupSpec) =>
  world.store
    .insertInto('protection_groups')
    .values({
      ...{ id: `g-${spec.name}`, name: spec.name, name_key: spec.name, cloud: 'east', rpo_sec: spec.rpoSec },
      ...{ spec: JSON.stringify({ ...spec, cloud: 'east' }), priority: spec.priority, version: 1 },
      ...{
        selection_version: 1,
        accepted_version: 0,
        created_by: '{}',
        changed_by: '{}',
        created_at: 0,
        changed_at: 0,
      },
    })
    .execute()

const tiered = (name: string, tier: string, more: Partial<GroupSpec> = {}) =>
  aGroup(name, [{ on: 'volume-metadata', key: 'tier', is: tier }], more)

const members = async () =>
  (await world.store.selectFrom('group_members').selectAll().orderBy('group_id').orderBy('member_id').execute()).map(
    ({ group_id, member_id, state }) => `${group_id} ${member_id} ${state}`,
  )
const items = async (): Promise<Attention[]> => {
  const row = await world.store.selectFrom('summaries').select('json').where('key', '=', 'attention').executeTakeFirst()
  return (JSON.parse(row?.json ?? '[]') as Attention[]).filter(({ key }) => key.startsWith('group-'))
}

test('who joins and who leaves is told from one look to the next; what was seen first is accepted', async () => {
  volume('v1', { tier: 'db' })
  await world.start(5_000)
  await saved(tiered('db', 'db'))
  await world.clock.advance(90_000)
  expect(await members()).toEqual(['g-db v1 accepted'])
  expect(await items()).toEqual([])
  volume('v2', { tier: 'db' })
  cloud.servers = [aServer('s1', ['v2'])]
  cloud.volumes = cloud.volumes.filter(({ id }) => id !== 'v1')
  await world.clock.advance(90_000)
  expect(await members()).toEqual(['g-db s1 joined', 'g-db v1 left', 'g-db v2 joined'])
  expect(await items()).toMatchObject([{ key: 'group-drift:db', detail: expect.stringContaining('2 joined, 1 left') }])
  const seq = await newestChange(world.store)
  await world.clock.advance(90_000)
  const topics = await world.store.selectFrom('changes').select('topic').where('seq', '>', seq).execute()
  expect(topics.map(({ topic }) => topic)).not.toContain('groups')
})

test('a member that drifts into a second group is an alarm that names both', async () => {
  volume('v1', { tier: 'db' })
  await world.start(5_000)
  await saved(tiered('db', 'db'))
  await saved(tiered('dbs', 'd*'))
  await world.clock.advance(90_000)
  expect(await items()).toMatchObject([
    {
      severity: 'critical',
      title: 'Groups db and dbs have the same member',
      detail: expect.stringContaining('volume v1'),
    },
  ])
})

test('the RPO of a group is the objective of its images, before the type and the pool, from a start on', async () => {
  volume('v1', { tier: 'db' })
  volume('v2')
  await saved(tiered('db', 'db', { rpoSec: 17 }))
  await world.start(90_000)
  const objectives = async () =>
    (await world.store.selectFrom('images').select(['name', 'objective_sec']).orderBy('name').execute()).map(
      ({ name, objective_sec }) => [name, objective_sec],
    )
  const [first, second] = await objectives()
  expect(first).toEqual(['volume-v1', 17])
  expect(second?.[1]).not.toBe(17)
  await world.store.deleteFrom('protection_groups').execute()
  await world.clock.advance(60_000)
  expect((await objectives())[0]?.[1]).toBe(second?.[1])
})

test('a cloud that cannot be read has lost nobody', async () => {
  volume('v1', { tier: 'db' })
  await saved(tiered('db', 'db'))
  await world.start(90_000)
  cloud.failing.set('volumes', 'refused')
  await world.clock.advance(180_000)
  expect(await members()).toEqual(['g-db v1 accepted'])
})
