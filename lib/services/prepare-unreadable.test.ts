import { beforeEach, expect, test } from 'vitest'
import { carryThrough } from '@/lib/engine/crash-harness'
import { tinyResync, tinyVerb } from '@/lib/engine/tiny-plan'
import { worldOfThree } from '@/lib/engine/world-of-three'
import { AdapterError } from '@/lib/ports/errors'
import { prepareDisable } from '@/lib/procedures/prepare-disable'
import { prepareResync } from '@/lib/procedures/prepare-resync'

/* The cluster of the primaries answers, and cannot give all its data: the other copy may be the last good one. */

let world: ReturnType<typeof worldOfThree>
beforeEach(() => {
  world = worldOfThree()
  world.images.delete('volumes/clone')
})

const input = () => ({
  ...{ from: 'west', to: 'north', options: { allOrNothing: false, clients: 'wait' as const } },
  ...{ childrenOutside: new Map(), primariesByPool: new Map() },
  candidates: [...world.images.values()].map(({ image, globalId }) => ({
    ...{ key: image.name, image, globalId, objectiveSec: 120 },
  })),
})
const deps = () => ({
  clock: { now: () => 1_000_000, sleep: async () => {} },
  mirror: (site: string) => world.port(site),
  held: async () => ({ heldUntilAt: 0, grade: 'measured' as const, text: '' }),
})
const estranged = () => {
  for (const one of world.images.values()) one.status = 'split-brain'
}
const prepared = {
  disable: () => prepareDisable(input(), deps()),
  resync: () => {
    estranged()
    return prepareResync(
      { ...input(), seenAt: new Map([...world.images.values()].map((one) => [one.image.name, 0])) },
      deps(),
    )
  },
}

test.each(['disable', 'resync'] as const)('%s is refused, with the check and its words', async (verb) => {
  expect((await prepared[verb]()).refusal).toBeNull()
  world.dark.add('west')
  const { plan, refusal } = await prepared[verb]()
  expect(plan).toBeNull()
  expect(refusal).toContain('west may not be able to give all data of its images')
  expect(refusal).toContain('PG_AVAILABILITY: Reduced data availability: 3 pgs inactive')
})

test.each(['disable', 'resync'] as const)('%s is refused where the health cannot be read', async (verb) => {
  const port = world.port
  const dataHealth = () =>
    Promise.reject(new AdapterError('unreachable', 'west', 'ceph status', 'no answer within 5 s'))
  world.port = (site) => ({ ...port.call(world, site), ...(site === 'west' && { dataHealth }) })
  expect((await prepared[verb]()).refusal).toContain('The health of west is not known: no answer within 5 s')
})

test('data on fewer disks than they should be only warn, with the words of the check', async () => {
  const port = world.port
  const checks = [{ code: 'PG_DEGRADED', severity: 'HEALTH_WARN', summary: '3 pgs degraded', groups: null }]
  world.port = (site) => {
    const real = port.call(world, site)
    return { ...real, dataHealth: async () => ({ ...(await real.dataHealth()), checks }) }
  }
  const { refusal, findings } = await prepared.disable()
  expect(refusal).toBeNull()
  expect(findings).toContainEqual(
    expect.objectContaining({ check: 'data', severity: 'warns', evidence: 'PG_DEGRADED: 3 pgs degraded' }),
  )
})

test.each([
  ['disable', 1],
  ['resync', 2],
] as const)(
  '%s that was approved deletes nothing where groups turn inactive right before the act',
  async (verb, wellFor) => {
    if (verb === 'resync') estranged()
    const port = world.port
    let asked = 0
    world.port = (site) => {
      const real = port.call(world, site)
      const dataHealth = () => {
        if (++asked > wellFor) world.dark.add('west')
        return real.dataHealth()
      }
      return { ...real, dataHealth }
    }
    const plan = verb === 'resync' ? tinyResync(world) : tinyVerb(world, 'disable', ['parent', 'snap'])
    const waits = (run: { state: string }) => run.state === 'waiting' && asked > wellFor + 1
    const { run } = await carryThrough(world, plan, [], waits)
    expect(run.reason).toContain('the copies at north may be the last good ones')
    expect(world.commands.filter((told) => /image (disable|resync)/.test(told))).toEqual([])
  },
)
