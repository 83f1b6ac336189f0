import { expect, test } from 'vitest'
import { carryThrough } from './crash-harness'
import { tinyForced, tinyReprotect } from './tiny-plan'
import { worldOfThree } from './world-of-three'

/** West is gone for good, as far as anybody can see. */
function lostWorld() {
  const world = worldOfThree()
  world.dead.add('west')
  return world
}

const FORCED_ONCE = [
  'north: rbd mirror image promote --force volumes/clone',
  'north: rbd mirror image promote --force volumes/parent',
  'north: rbd mirror image promote --force volumes/snap',
  'north: rbd mirror snapshot schedule add --pool volumes 1m',
  'north: rbd snap create volumes/clone@antipode-failover-19700101T0000',
  'north: rbd snap create volumes/parent@antipode-failover-19700101T0000',
  'north: rbd snap create volumes/snap@antipode-failover-19700101T0000',
]

test('a forced failover killed at any point of any step: each is promoted once, marked once, and parents go first', {
  timeout: 240_000,
}, async () => {
  async function judged(kills: readonly number[]) {
    const world = lostWorld()
    const { points, run } = await carryThrough(world, tinyForced(world), kills)
    expect({ kills, state: run.state, told: [...world.commands].sort() }).toEqual({
      kills,
      state: 'succeeded',
      told: FORCED_ONCE,
    })
    const promoted = world.commands.filter((text) => text.includes('promote'))
    expect(promoted.findIndex((text) => text.includes('parent'))).toBeLessThan(
      promoted.findIndex((text) => text.includes('clone')),
    )
    return points
  }
  const points = await judged([])
  const steps = new Set(points.map((point) => point.split(' ')[1]))
  for (const step of ['force-promote', 'add-schedule', 'mark-point']) expect(steps).toContain(step)
  for (let kill = 1; kill <= points.length; kill++) await judged([kill])
})

test('a site that is found alive stops everybody: not one image is promoted, whatever is in the plan', async () => {
  const world = worldOfThree()
  // Its images cannot be read one by one, as with OSDs that are peering: that alone must not be taken for death.
  for (const one of world.images.values()) one.ids.set('west', null)
  const over = (run: { state: string }) => run.state === 'waiting'
  const { run } = await carryThrough(world, tinyForced(world), [], over)
  expect(run.reason).toContain('it still answers')
  expect(world.commands).toEqual([])
})

/** After a failover by force west is back, and a primary as well. */
function twoPrimaries() {
  const world = worldOfThree()
  for (const one of world.images.values()) {
    one.primaryAt.add('north')
    one.tag.set('north', '')
    one.watchers = []
  }
  return world
}

const KEPT_ONCE = [
  'north: rbd mirror image snapshot volumes/snap',
  'north: rbd mirror snapshot schedule add --pool volumes --image snap 1m',
  'west: rbd mirror image disable --force volumes/clone',
  'west: rbd mirror image disable --force volumes/parent',
  'west: rbd mirror image disable --force volumes/snap',
  'west: rbd rename volumes/clone volumes/clone.kept-23456789',
  'west: rbd rename volumes/parent volumes/parent.kept-23456789',
  'west: rbd rename volumes/snap volumes/snap.kept-23456789',
]

test('a re-protection killed at any point of any step: what lost is kept once under its name, and nothing is deleted', {
  timeout: 240_000,
}, async () => {
  async function judged(kills: readonly number[]) {
    const world = twoPrimaries()
    const { points, run } = await carryThrough(world, tinyReprotect(world), kills)
    expect({ kills, state: run.state, told: [...world.commands].sort() }).toEqual({
      kills,
      state: 'succeeded',
      told: KEPT_ONCE,
    })
    const order = (word: string) => world.commands.findIndex((text) => text.includes(word))
    expect(order('disable --force volumes/clone')).toBeLessThan(order('disable --force volumes/parent'))
    expect(order('disable --force volumes/parent')).toBeLessThan(order('rename volumes/parent'))
    for (const one of world.images.values()) expect([...one.primaryAt]).toEqual(['north'])
    return points
  }
  const points = await judged([])
  const steps = new Set(points.map((point) => point.split(' ')[1]))
  for (const step of ['end-mirroring', 'keep-loser', 'set-schedule', 'take-snapshot']) expect(steps).toContain(step)
  for (let kill = 1; kill <= points.length; kill++) await judged([kill])
})
