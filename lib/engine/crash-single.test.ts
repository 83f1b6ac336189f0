import { expect, test } from 'vitest'
import type { SingleVerb } from '@/lib/domain/single-verb'
import { carryThrough } from './crash-harness'
import { tinyVerb } from './tiny-plan'
import { worldOfThree } from './world-of-three'

const ALL = ['parent', 'clone', 'snap']

/** All three are demoted at west, and north holds everything. */
async function demotedWorld() {
  const world = worldOfThree()
  await carryThrough(world, tinyVerb(world, 'demote', ALL), [])
  world.commands.length = 0
  return world
}

interface Case {
  readonly verb: SingleVerb
  readonly names: readonly string[]
  readonly world: () => Promise<ReturnType<typeof worldOfThree>>
  readonly to?: string
  readonly once: readonly string[]
  /** Where each is primary afterwards. */
  readonly primaryAt: readonly string[]
}

const fresh = async () => worldOfThree()

const CASES: Readonly<Record<string, Case>> = {
  'a demotion leaves nobody primary, and every copy holds everything': {
    ...{ verb: 'demote', names: ALL, world: fresh, primaryAt: [] },
    once: [
      'west: ceph osd blocklist add 10.0.0.1:0/9 3600',
      'west: rbd mirror image demote volumes/clone',
      'west: rbd mirror image demote volumes/parent',
      'west: rbd mirror image demote volumes/snap',
      'west: rbd mirror image snapshot volumes/snap',
    ],
  },
  'what is demoted at both sites is promoted at the other, once, with a first snapshot and its schedule': {
    ...{ verb: 'promote', names: ALL, world: demotedWorld, primaryAt: ['north'] },
    once: [
      'north: rbd mirror image promote volumes/clone',
      'north: rbd mirror image promote volumes/parent',
      'north: rbd mirror image promote volumes/snap',
      'north: rbd mirror image snapshot volumes/snap',
      'north: rbd mirror snapshot schedule add --pool volumes --image snap 1m',
    ],
  },
  'a mirror snapshot is taken once': {
    ...{ verb: 'snapshot', names: ['snap'], world: fresh, primaryAt: ['west'] },
    once: ['west: rbd mirror image snapshot volumes/snap'],
  },
  'a clone is flattened once': {
    ...{ verb: 'flatten', names: ['clone'], world: fresh, primaryAt: ['west'] },
    once: ['west: rbd flatten --no-progress volumes/clone'],
  },
}

test.each(Object.entries(CASES))('killed at any point of any step: %s', { timeout: 240_000 }, async (_, one) => {
  async function judged(kills: readonly number[]) {
    const world = await one.world()
    const { points, run } = await carryThrough(world, tinyVerb(world, one.verb, one.names), kills)
    expect({ kills, state: run.state, told: [...world.commands].sort() }).toEqual({
      kills,
      state: 'succeeded',
      told: one.once,
    })
    const mine = [...world.images.values()].filter(({ image }) => one.names.includes(image.name))
    for (const { primaryAt } of mine) expect([...primaryAt]).toEqual(one.primaryAt)
    return points
  }
  const points = await judged([])
  for (let kill = 1; kill <= points.length; kill++) await judged([kill])
})

test('nothing is promoted at a site that lacks the demotion: it waits, and says what is missing', async () => {
  const world = worldOfThree()
  world.losesDemotions = true
  const demoted = (_: unknown, members: readonly { state: string }[]) =>
    members.filter(({ state }) => state === 'waiting').length === 3
  await carryThrough(world, tinyVerb(world, 'demote', ALL), [], demoted)
  world.commands.length = 0
  const { run } = await carryThrough(world, tinyVerb(world, 'promote', ALL), [], ({ state }) => state === 'waiting')
  expect(run.reason).toMatch(/demotion has not arrived|not committed all entries/)
  expect(world.commands).toEqual([])
})
