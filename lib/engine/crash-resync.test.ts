import { expect, test } from 'vitest'
import { carryThrough } from './crash-harness'
import { tinyResync } from './tiny-plan'
import { worldOfThree } from './world-of-three'

/** North's copies say split-brain, of a primary that holds all that they have. Without a clone, which keeps its parent. */
function estranged() {
  const world = worldOfThree()
  world.images.delete('volumes/clone')
  for (const one of world.images.values()) one.status = 'split-brain'
  return world
}

const COPIED_ONCE = ['north: rbd mirror image resync volumes/parent', 'north: rbd mirror image resync volumes/snap']

test('a resync killed at any point of any step: each copy is deleted once, and its primary is never touched', {
  timeout: 120_000,
}, async () => {
  async function judged(kills: readonly number[]) {
    const world = estranged()
    const { points, run } = await carryThrough(world, tinyResync(world), kills)
    expect({ kills, state: run.state, told: [...world.commands].sort() }).toEqual({
      kills,
      state: 'succeeded',
      told: COPIED_ONCE,
    })
    for (const one of world.images.values()) {
      expect([...one.primaryAt]).toEqual(['west'])
      expect(one.ids.get('north')).toBe(`${one.image.name}-anew`)
    }
    return points
  }
  const points = await judged([])
  const steps = new Set(points.map((point) => point.split(' ')[1]))
  for (const step of ['check-resync', 'resync', 'see-following']) expect(steps).toContain(step)
  for (let kill = 1; kill <= points.length; kill++) await judged([kill])
})

test('the primary that goes silent between the look and the act keeps its copies', async () => {
  const world = estranged()
  const port = world.port
  let looks = 0
  // It answers the two looks of the first step and the first of the second, and dies at the one right before the act.
  world.port = (site) => {
    const real = port.call(world, site)
    if (site !== 'west') return real
    return {
      ...real,
      lineages(specs) {
        looks++
        if (looks > 3) world.dead.add('west')
        return real.lineages(specs)
      },
    }
  }
  const over = (run: { state: string }) => run.state === 'waiting' && world.dead.has('west')
  await carryThrough(world, tinyResync(world), [], over)
  expect(world.commands).toEqual([])
})

test('what is copied again follows by itself meanwhile, and is left alone', async () => {
  const world = estranged()
  for (const one of world.images.values()) one.status = 'following'
  const over = (_: unknown, members: readonly { state: string }[]) =>
    members.filter(({ state }) => state === 'failed').length === 2
  await carryThrough(world, tinyResync(world), [], over)
  expect(world.commands).toEqual([])
})
