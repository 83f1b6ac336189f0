import { expect, test } from 'vitest'
import { carryThrough } from '@/lib/engine/crash-harness'
import { compileResync } from '@/lib/procedures/resync'
import { A, B, isPrimary, membersAt, simulated, specOf, toldOf, twice } from './crash-world'

const NAME = 'volumes/vol-journal-1'

/** rbd-mirror at B says split-brain of a copy that has nothing of its own. */
async function estranged() {
  const one = simulated()
  one.world.fault({ kind: 'estrange', image: NAME })
  await one.crash.clock.sleep(90_000)
  const [found] = await one.crash.port(B).found([specOf(NAME)])
  if (found?.kind !== 'known' || found.value.kind !== 'there') throw new Error(`${NAME} is not at ${B}`)
  const copyId = found.value.imageId
  const images = (await membersAt(one.crash, A, [NAME])).map((member) => ({ ...member, copyId }))
  const options = { allOrNothing: false, clients: 'wait' } as const
  return { ...one, copyId, plan: compileResync({ from: A, to: B, options, images }) }
}

test('in the simulator: a resync killed at any point deletes the copy once, and another one follows', {
  timeout: 600_000,
}, async () => {
  async function judged(kills: readonly number[]) {
    const { world, crash, plan, copyId } = await estranged()
    const { points, run } = await carryThrough(crash, plan, kills)
    expect({ kills, ...run }).toMatchObject({ kills, state: 'succeeded' })
    const told = toldOf(world)
    expect({ kills, again: twice(told) }).toEqual({ kills, again: [] })
    expect(told).toEqual([`${B} rbd mirror image resync ${NAME}`])
    const [found] = await crash.port(B).found([specOf(NAME)])
    expect(found).toMatchObject({ value: { kind: 'there' } })
    expect(found).not.toMatchObject({ value: { imageId: copyId } })
    expect([await isPrimary(world, A, NAME), await isPrimary(world, B, NAME)]).toEqual([true, false])
    return points
  }
  const points = await judged([])
  for (const point of ['before-intent', 'after-intent', 'act-started', 'after-act', 'after-conclude'])
    expect(points).toContain(`${point} resync`)
  for (let kill = 1; kill <= points.length; kill++) await judged([kill])
})
