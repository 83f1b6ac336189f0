import { beforeEach, expect, test } from 'vitest'
import type { TakeDownPart } from '@/lib/domain/set-up'
import { BareWorld } from '@/lib/engine/bare-world'
import type { SnapshotSchedule } from '@/lib/ports/mirror'
import { prepareTakeDown } from './prepare-take-down'

let world: BareWorld
beforeEach(() => {
  world = new BareWorld()
  for (const name of ['one', 'two']) {
    const image = world.add(name)
    image.copy = image.mode = 'snapshot'
  }
  for (const site of ['west', 'north'])
    world.pools.set(site, { pool: 'volumes', mode: 'image', siteName: site, peers: [] })
  world.schedules.push(schedule())
})

const schedule = (more: Partial<SnapshotSchedule> = {}): SnapshotSchedule => ({
  ...{ pool: 'volumes', namespace: null, image: null, interval: '1m', startTime: null },
  ...more,
})
const KEPT = new Map([['north~west/volumes//g-two', 'kept on both sides on purpose (tenants): end that first']])

async function removed(part: TakeDownPart, apart: ReadonlyMap<string, string> = new Map()) {
  const deps = {
    clock: { now: () => Date.now(), sleep: async () => {} },
    mirror: (site: string) => world.port(site),
    cluster: (site: string) => world.cluster(site),
  }
  const { plan, findings } = await prepareTakeDown({ from: 'west', to: 'north', part, pools: ['volumes'] }, deps, apart)
  const members = plan?.members.filter((member) => member.kind === 'schedule') ?? []
  return {
    schedules: members.map(({ image }) => image),
    steps: plan?.steps.map(({ name }) => name) ?? [],
    told: findings.filter(({ check }) => check === 'schedules').map(({ title, evidence }) => `${title}: ${evidence}`),
  }
}

test('the schedule of a pool goes with its last image in snapshot mode', async () => {
  expect(await removed('images')).toMatchObject({ schedules: [null], told: [] })
})

test('it stays where an image that was set aside lives by it, and that is said', async () => {
  const { schedules, steps, told } = await removed('images', KEPT)
  expect(schedules).toEqual([])
  expect(steps).not.toContain('remove-schedules')
  expect(told).toEqual([
    'The schedule of pool volumes at west stays: every 1m; volumes/two stays mirrored, is primary at west, and lives by it',
  ])
})

test('one of an image that ends goes, one of an image that stays does not', async () => {
  world.schedules.splice(0, 1, schedule({ image: 'one' }), schedule({ image: 'two' }))
  expect(await removed('images', KEPT)).toMatchObject({
    schedules: ['one'],
    told: [expect.stringContaining('volumes/two')],
  })
})

test('in journal mode nothing lives by a schedule', async () => {
  const two = world.images.get('volumes/two')
  if (two) two.copy = two.mode = 'journal'
  expect(await removed('images', KEPT)).toMatchObject({ schedules: [null], told: [] })
})

test('where schedules alone are chosen all of them go, but those of namespaces', async () => {
  world.schedules.push(schedule({ namespace: 'tenant', interval: '5m' }))
  expect(await removed('schedules', KEPT)).toMatchObject({ schedules: [null], told: [] })
})
