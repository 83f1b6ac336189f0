import fc from 'fast-check'
import { expect, test } from 'vitest'
import { carryThrough } from './crash-harness'
import { tinyPlan } from './tiny-plan'
import type { TinyWorld } from './tiny-world'
import { worldOfThree } from './world-of-three'

const planOf = (world: TinyWorld) => tinyPlan(world, { clients: 'evict' })

const MOVED_ONCE = [
  'north: rbd mirror image promote volumes/clone',
  'north: rbd mirror image promote volumes/parent',
  'north: rbd mirror image promote volumes/snap',
  'north: rbd mirror image snapshot volumes/snap',
  'north: rbd mirror snapshot schedule add --pool volumes 1m',
  'west: ceph osd blocklist add 10.0.0.1:0/9 3600',
  'west: rbd mirror image demote volumes/clone',
  'west: rbd mirror image demote volumes/parent',
  'west: rbd mirror image demote volumes/snap',
  'west: rbd mirror image snapshot volumes/snap',
  'west: rbd mirror snapshot schedule remove --pool volumes 1m',
]

/** Judged from outside: by what the clusters were told and what they are. */
async function judged(kills: readonly number[]) {
  const world = worldOfThree()
  const { points, run } = await carryThrough(world, planOf(world), kills)
  expect({ kills, state: run.state, told: [...world.commands].sort() }).toEqual({
    kills,
    state: 'succeeded',
    told: MOVED_ONCE,
  })
  for (const one of world.images.values()) expect([...one.primaryAt]).toEqual(['north'])
  return points
}

test('killed at any point of any step: the run ends the same, nothing is lost and nothing is done twice', {
  timeout: 240_000,
}, async () => {
  const points = await judged([])
  const steps = new Set(points.map((point) => point.split(' ')[1]))
  for (const step of [
    'demote',
    'promote',
    'final-snapshot',
    'first-snapshot',
    'add-schedule',
    'remove-schedule',
    'stop-clients',
  ])
    expect(steps).toContain(step)
  for (let kill = 1; kill <= points.length; kill++) await judged([kill])
})

test('killed again and again, at places drawn by lot', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 6 }), async (kills) => {
      await judged(kills)
    }),
    { numRuns: 40 },
  )
})

test('killed at any point while a failed family is taken back: it is promoted back once, and nowhere else', {
  timeout: 120_000,
}, async () => {
  async function takenBack(kills: readonly number[]) {
    const world = worldOfThree()
    world.refuse.set('rbd mirror image demote volumes/clone', {
      exit: 22,
      stderr: 'librbd: demote: (22) Invalid argument',
    })
    const over = (run: { state: string }, members: readonly { state: string }[]) =>
      run.state === 'waiting' && members.filter(({ state }) => state === 'undone').length === 1
    const { points } = await carryThrough(world, planOf(world), kills, over)
    const told = (word: string) => world.commands.filter((text) => text.includes(`${word} volumes/parent`))
    expect({ kills, back: told('promote'), away: told('demote') }).toEqual({
      kills,
      back: ['west: rbd mirror image promote volumes/parent'],
      away: ['west: rbd mirror image demote volumes/parent'],
    })
    expect([...(world.images.get('volumes/clone')?.primaryAt ?? [])]).toEqual(['west'])
    return points
  }
  const points = await takenBack([])
  for (let kill = 1; kill <= points.length; kill++) await takenBack([kill])
})
