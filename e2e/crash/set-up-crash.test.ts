import { expect, test } from 'vitest'
import type { Plan } from '@/lib/domain/plan'
import { carryThrough } from '@/lib/engine/crash-harness'
import { prepareSetUp } from '@/lib/procedures/prepare-set-up'
import { prepareTakeDown } from '@/lib/procedures/prepare-take-down'
import { bareWorld } from '@/lib/simulator/bare-world'
import { A, B, isPrimary, type Simulated, simulated, specOf, toldOf, twice } from './crash-world'

const IMAGES = [
  { spec: 'images/img-base-1', mode: 'snapshot' },
  { spec: 'volumes/vol-clone-1', mode: 'snapshot' },
  { spec: 'volumes/vol-1', mode: 'journal' },
] as const
const POOLS = ['images', 'volumes']
/** A run of these waits for copies and schedules, and costs many seconds: it is killed early and late. */
const onTheWay = (points: readonly string[]) => [0.25, 0.75].map((share) => Math.ceil(points.length * share))

/** As the worker looks. A schedule is waited for a minute: looked at every 200 ms that is 300 kills at one and the same point. */
const LOOK_EVERY_MS = [250, 2_000] as const

const planned = ({ plan, refusal }: { plan: Plan | null; refusal: string | null }): Plan => {
  if (plan === null) throw new Error(refusal ?? 'no plan')
  return plan
}
const deps = ({ crash, cluster }: Simulated) => ({ clock: crash.clock, mirror: crash.port, cluster })

const setUpOf = async (one: Simulated, peering: 'token' | 'by-hand'): Promise<Plan> =>
  planned(
    await prepareSetUp(
      {
        ...{ from: A, to: B, ways: 'two-way', pools: POOLS.map((name) => ({ name, mode: 'image' })) },
        peering: peering === 'token' ? { kind: 'token' } : { kind: 'by-hand', client: 'client.rbd-mirror-peer' },
        images: { kind: 'named', images: IMAGES },
        schedules: POOLS.map((pool) => ({ pool, interval: '1m' })),
      },
      deps(one),
    ),
  )

const copies = async ({ crash }: Simulated) =>
  (await crash.port(B).found(IMAGES.map(({ spec }) => specOf(spec)))).map((one) =>
    one.kind === 'known' ? one.value.kind : one.reason,
  )

test.each([
  ['token', 'two'],
  ['by-hand', 'one'],
] as const)(
  'in the simulator: a set-up by %s, killed on the way, tells each cluster once (%s fsids)',
  {
    timeout: 600_000,
  },
  async (peering, fsids) => {
    async function judged(kills: readonly number[]) {
      const one = simulated(bareWorld(fsids), LOOK_EVERY_MS)
      const { points, run } = await carryThrough(one.crash, await setUpOf(one, peering), kills)
      expect({ kills, ...run }).toMatchObject({ kills, state: 'succeeded' })
      expect({ kills, again: twice(toldOf(one.world)) }).toEqual({ kills, again: [] })
      expect(await copies(one)).toEqual(['there', 'there', 'there'])
      for (const { spec } of IMAGES)
        expect([await isPrimary(one.world, A, spec), await isPrimary(one.world, B, spec)]).toEqual([true, false])
      return points
    }
    const points = await judged([])
    for (let kill = 1; kill <= points.length; kill++) await judged([kill])
  },
)

test('in the simulator: a take-down killed on the way keeps every image at its primary and leaves nothing half mirrored', {
  timeout: 600_000,
}, async () => {
  async function judged(kills: readonly number[]) {
    const one = simulated(bareWorld('two'), LOOK_EVERY_MS)
    await carryThrough(one.crash, await setUpOf(one, 'token'), [])
    const before = toldOf(one.world).length
    const input = { from: A, to: B, part: 'all', pools: POOLS } as const
    const { points, run } = await carryThrough(
      one.crash,
      planned(await prepareTakeDown(input, deps(one), new Map())),
      kills,
    )
    expect({ kills, ...run }).toMatchObject({ kills, state: 'succeeded' })
    expect({ kills, again: twice(toldOf(one.world).slice(before)) }).toEqual({ kills, again: [] })
    expect(await copies(one)).toEqual(['absent', 'absent', 'absent'])
    const kept = await one.crash.port(A).found(IMAGES.map(({ spec }) => specOf(spec)))
    for (const image of kept) expect(image).toMatchObject({ value: { kind: 'there', globalId: null } })
    for (const site of [A, B])
      for (const pool of POOLS)
        expect(await one.crash.port(site).poolMirroring(pool)).toMatchObject({ mode: 'disabled' })
    return points
  }
  const points = await judged([])
  for (const kill of onTheWay(points)) await judged([kill])
})
