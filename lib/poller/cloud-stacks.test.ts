import { afterEach, beforeEach, expect, test } from 'vitest'
import { aServer } from '@/lib/domain/cloud-fixture'
import type { KnownStack } from '@/lib/domain/known-stack'
import { FakeCloud } from './fake-cloud'
import { FakeConsole } from './fake-console'

let world: FakeConsole
let cloud: FakeCloud

beforeEach(() => {
  world = new FakeConsole()
  cloud = new FakeCloud(world.clock)
  world.cloud = cloud
  world.poller = world.newPoller()
})

afterEach(() => world.end())

const ROUND = 61_000
const stack = (id: string, status = 'CREATE_COMPLETE', updatedAt: number | null = null) => ({
  ...{ id, name: `stack-${id}`, projectId: 'p1', status, updatedAt },
})
const server = (physicalId: string) => ({
  ...{ name: 'server', type: 'OS::Nova::Server', physicalId, status: 'CREATE_COMPLETE' },
})
const reading = () =>
  world.store.selectFrom('cloud_readings').selectAll().where('kind', '=', 'stacks').executeTakeFirstOrThrow()
const stacks = async () => JSON.parse((await reading()).json ?? '[]') as KnownStack[]

test('stacks are kept with their tenant and their servers, and what else they have made is not asked of', async () => {
  cloud.servers = [aServer('s1', [])]
  cloud.stacks = [stack('one')]
  cloud.made.set('one', [server('s1'), { ...server('k'), type: 'OS::Nova::KeyPair' }])
  await world.start(20_000)
  expect(await stacks()).toMatchObject([{ id: 'one', tenant: 'shop', servers: ['s1'] }])
})

test('what a stack has made is asked again only where the stack has changed, also after a restart', async () => {
  cloud.stacks = [stack('one'), stack('two')]
  cloud.made.set('one', [server('s1')])
  await world.start(20_000)
  expect(cloud.count('resources')).toBe(2)
  await world.clock.advance(2 * ROUND)
  expect(cloud.count('stacks')).toBeGreaterThan(2)
  expect(cloud.count('resources')).toBe(2)
  cloud.stacks = [stack('one', 'UPDATE_COMPLETE', 1), stack('two')]
  cloud.made.set('one', [server('s1'), server('s2')])
  await world.restart(20_000)
  expect(cloud.count('resources')).toBe(3)
  expect((await stacks())[0]).toMatchObject({ status: 'UPDATE_COMPLETE', servers: ['s1', 's2'] })
})

test('of many stacks those of fifty are asked in a round, and the others later', async () => {
  cloud.stacks = Array.from({ length: 60 }, (_, n) => stack(`${n}`))
  await world.start(20_000)
  expect((await stacks()).filter(({ servers }) => servers === null)).toHaveLength(10)
  await world.clock.advance(ROUND)
  expect((await stacks()).filter(({ servers }) => servers === null)).toHaveLength(0)
  expect(cloud.count('resources')).toBe(60)
})

test('where nobody may list them they are not known, with what to grant, and the cloud is well all the same', async () => {
  cloud.stacksDenied = true
  await world.start(20_000)
  expect(await reading()).toMatchObject({ observed_at: null, error: 'grant stacks:global_index' })
  expect(await world.store.selectFrom('clouds').select('state').executeTakeFirst()).toEqual({ state: 'ok' })
})
