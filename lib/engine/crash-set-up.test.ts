import { expect, test } from 'vitest'
import { MARKER } from './bare-acts'
import { barePlan, bareTakeDown, byHand } from './bare-plan'
import { BareWorld } from './bare-world'
import { carryThrough } from './crash-harness'
import { hurried } from './world-of-three'

function bare() {
  const world = new BareWorld()
  world.add('parent')
  world.add('clone', 'parent')
  world.add('snap')
  return Object.assign(world, { clock: hurried })
}

const BOTH_MODES = { modes: { parent: 'journal', clone: 'journal', snap: 'snapshot' }, interval: '1m' } as const
const POOL_MODE = { modes: { parent: 'journal', clone: 'journal' }, poolMode: 'pool', ways: 'one-way' } as const

const ENABLED = [
  'north: rbd mirror pool enable --site-name north volumes image',
  'west: rbd mirror pool enable --site-name west volumes image',
]
const IMAGES = [
  'west: rbd feature enable volumes/clone exclusive-lock journaling',
  'west: rbd feature enable volumes/parent exclusive-lock journaling',
  'west: rbd mirror image enable volumes/clone journal',
  'west: rbd mirror image enable volumes/parent journal',
  'west: rbd mirror image enable volumes/snap snapshot',
  'west: rbd mirror snapshot schedule add --pool volumes 1m',
]
const BY_TOKEN = ['north: rbd mirror pool peer bootstrap import --site-name north --direction rx-tx volumes -']
const BY_HAND = ['north', 'west'].map(
  (site) =>
    `${site}: rbd mirror pool peer add volumes client.rbd-mirror-peer@${site === 'north' ? 'west' : 'north'} --remote-mon-host ${site === 'north' ? '10.0.0.1' : '10.0.0.2'} --remote-key-file /dev/stdin`,
)
const IN_POOL_MODE = [
  'north: rbd mirror pool enable --site-name north volumes pool',
  'north: rbd mirror pool peer bootstrap import --site-name north --direction rx-only volumes -',
  'west: rbd feature enable volumes/clone exclusive-lock journaling',
  'west: rbd feature enable volumes/parent exclusive-lock journaling',
  'west: rbd mirror pool enable --site-name west volumes pool',
]

test.each([
  { by: 'a token, both modes, two ways', wanted: BOTH_MODES, told: [...BY_TOKEN, ...ENABLED, ...IMAGES] },
  { by: 'hand', wanted: { ...BOTH_MODES, peering: byHand }, told: [...BY_HAND, ...ENABLED, ...IMAGES] },
  { by: 'a token, pool mode, one way', wanted: POOL_MODE, told: IN_POOL_MODE },
])(
  'a set-up by $by killed at any point: each part is set up once, and no key or token is in any row',
  {
    timeout: 240_000,
  },
  async ({ wanted, told }) => {
    async function judged(kills: readonly number[]) {
      const world = bare()
      const { points, run, onDisk } = await carryThrough(world, barePlan(world, wanted), kills)
      expect({ kills, state: run.state, reason: run.reason, told: [...world.commands].sort() }).toEqual({
        ...{ kills, state: 'succeeded', reason: expect.stringContaining('images mirrored') },
        told: [...told].sort(),
      })
      expect({ plan: onDisk.includes('pool:north/volumes'), secret: onDisk.includes(MARKER) }).toEqual({
        plan: true,
        secret: false,
      })
      for (const name of Object.keys(wanted.modes)) expect(world.images.get(`volumes/${name}`)?.copy).not.toBeNull()
      return points
    }
    const points = await judged([])
    const steps = new Set(points.map((point) => point.split(' ')[1]))
    for (const step of ['enable-pool', 'add-peers', 'enable-features']) expect(steps).toContain(step)
    for (let kill = 1; kill <= points.length; kill++) await judged([kill])
  },
)

const TAKEN_DOWN = [
  'north: rbd mirror pool disable volumes',
  'north: rbd mirror pool peer remove volumes peer-north-west',
  'west: rbd feature disable volumes/clone journaling',
  'west: rbd feature disable volumes/parent journaling',
  'west: rbd mirror image disable volumes/clone',
  'west: rbd mirror image disable volumes/parent',
  'west: rbd mirror image disable volumes/snap',
  'west: rbd mirror pool disable volumes',
  'west: rbd mirror pool peer remove volumes peer-west-north',
  'west: rbd mirror snapshot schedule remove --pool volumes 1m',
]

test('a take-down killed at any point: clones end before their parents, and all is undone once', {
  timeout: 240_000,
}, async () => {
  async function judged(kills: readonly number[]) {
    const world = bare()
    await carryThrough(world, barePlan(world, BOTH_MODES), [])
    world.commands.splice(0)
    const { points, run } = await carryThrough(world, bareTakeDown(world, BOTH_MODES, 'all'), kills)
    expect({ kills, state: run.state, reason: run.reason, told: [...world.commands].sort() }).toEqual({
      ...{ kills, state: 'succeeded', told: TAKEN_DOWN },
      reason: '3 images mirrored no more, their copies are deleted',
    })
    const order = (name: string) => world.commands.findIndex((text) => text.endsWith(`image disable volumes/${name}`))
    expect(order('clone')).toBeLessThan(order('parent'))
    for (const one of world.images.values()) expect([one.mode, one.copy]).toEqual([null, null])
    return points
  }
  const points = await judged([])
  for (let kill = 1; kill <= points.length; kill++) await judged([kill])
})

test('in a pool of mode pool the journals are what is taken off', async () => {
  const world = bare()
  await carryThrough(world, barePlan(world, POOL_MODE), [])
  const { run } = await carryThrough(world, bareTakeDown(world, POOL_MODE, 'all'), [])
  expect(run.state).toBe('succeeded')
  expect(world.commands.some((text) => text.includes('image disable'))).toBe(false)
  expect(world.pool('west')).toMatchObject({ mode: 'disabled', peers: [] })
})

test('a set-up of what is set up already tells the clusters nothing', async () => {
  const world = bare()
  await carryThrough(world, barePlan(world, BOTH_MODES), [])
  world.commands.splice(0)
  const { run } = await carryThrough(world, barePlan(world, BOTH_MODES), [])
  expect({ state: run.state, told: world.commands }).toEqual({ state: 'succeeded', told: [] })
})
