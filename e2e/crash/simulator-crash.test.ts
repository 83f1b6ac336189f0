import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Plan } from '@/lib/domain/plan'
import { type CrashWorld, carryThrough } from '@/lib/engine/crash-harness'
import { compilePlannedFailover } from '@/lib/procedures/planned-failover'
import { lostWrites } from '@/lib/simulator/truth'
import { A, B, isPrimary, membersAt, NAMES, simulated, specOf, toldOf, twice } from './crash-world'

async function planOf(crash: CrashWorld): Promise<Plan> {
  const images = await membersAt(crash, A)
  const schedules = await crash.port(A).schedules()
  const options = { allOrNothing: false, clients: 'wait' } as const
  return compilePlannedFailover({ from: A, to: B, options, images, schedules, wholePools: new Set() })
}

/** From outside: by what the clusters were told, and what they are. */
async function judged(kills: readonly number[]): Promise<readonly string[]> {
  const { world, crash } = simulated()
  const { points, run } = await carryThrough(crash, await planOf(crash), kills)
  expect({ kills, ...run }).toMatchObject({ kills, state: 'succeeded' })
  const told = world.recorded().filter(({ attemptId }) => attemptId !== null)
  for (const name of NAMES) {
    const of = (verb: string) =>
      told.filter(({ argv, exit }) => exit === 0 && argv.includes(verb) && argv.at(-1) === name)
    const [demotes, promotes] = [of('demote'), of('promote')]
    expect({
      kills,
      name,
      demotes: demotes.map(({ site }) => site),
      promotes: promotes.map(({ site }) => site),
    }).toEqual({
      ...{ kills, name, demotes: [A], promotes: [B] },
    })
    expect(promotes[0]?.startedAt).toBeGreaterThanOrEqual(demotes[0]?.endedAt ?? Number.POSITIVE_INFINITY)
    const { pool, name: image } = specOf(name)
    const { [A]: from, [B]: to } = world.truth(pool, image)
    if (from === undefined || to === undefined) throw new Error(`${name} has no two copies`)
    expect(lostWrites(from, to)).toBe(0)
    expect([await isPrimary(world, A, name), await isPrimary(world, B, name)]).toEqual([false, true])
  }
  expect({ kills, again: twice(toldOf(world)) }).toEqual({ kills, again: [] })
  return points
}

test('in the simulator: killed at any point of any step, each image is demoted once, promoted once, and loses nothing', {
  timeout: 600_000,
}, async () => {
  const points = await judged([])
  for (const step of ['demote', 'promote', 'final-snapshot', 'first-snapshot', 'add-schedule']) {
    for (const point of ['before-intent', 'after-intent', 'act-started', 'after-act', 'after-conclude'])
      expect(points).toContain(`${point} ${step}`)
  }
  for (let kill = 1; kill <= points.length; kill++) await judged([kill])
})

test('in the simulator: killed again and again', { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 2, maxLength: 5 }), async (kills) => {
      await judged(kills)
    }),
    { numRuns: 15 },
  )
})
