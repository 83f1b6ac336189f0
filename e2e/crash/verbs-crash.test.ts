import { expect, test } from 'vitest'
import type { Plan } from '@/lib/domain/plan'
import type { SingleVerb } from '@/lib/domain/single-verb'
import { carryThrough } from '@/lib/engine/crash-harness'
import { compileSingleVerb } from '@/lib/procedures/single-verbs'
import { A, B, isPrimary, membersAt, NAMES, type Simulated, simulated, specOf, toldOf, twice } from './crash-world'

const JOURNALED = 'volumes/vol-journal-1'
const MARKED = 'volumes/vol-snap-1'
const CLONE = 'volumes/flat-clone'

async function planOf({ crash }: Simulated, verb: SingleVerb, names: readonly string[]): Promise<Plan> {
  const [images, schedules] = await Promise.all([membersAt(crash, A, names), crash.port(A).schedules()])
  const options = { allOrNothing: false, clients: 'wait' } as const
  return compileSingleVerb(verb, { from: A, to: B, options, images, schedules, wholePools: new Set() })
}

async function demotedWorld(): Promise<Simulated> {
  const one = simulated()
  await carryThrough(one.crash, await planOf(one, 'demote', NAMES), [])
  return one
}

async function worldWithClone(): Promise<Simulated> {
  const one = simulated()
  one.world.fault({ kind: 'make-image', image: CLONE, site: A, mode: 'journal', parent: JOURNALED })
  await one.crash.clock.sleep(120_000)
  return one
}

interface Case {
  readonly verb: SingleVerb
  readonly names: readonly string[]
  readonly world: () => Promise<Simulated>
  /** What A and B must have been told of each image, once. */
  readonly told: (name: string) => readonly string[]
  readonly after: (one: Simulated, name: string) => Promise<unknown>
  readonly is: unknown
}

const primaries = async ({ world }: Simulated, name: string) => [
  await isPrimary(world, A, name),
  await isPrimary(world, B, name),
]
const foundAtBoth = async ({ crash }: Simulated, name: string) =>
  Promise.all(
    [A, B].map(async (site) => {
      const [found] = await crash.port(site).found([specOf(name)])
      return found?.kind === 'known' && found.value.kind === 'there'
        ? (found.value.globalId ?? 'not mirrored')
        : 'absent'
    }),
  )
const parents = async ({ crash }: Simulated, name: string) =>
  Promise.all(
    [A, B].map(async (site) => {
      const [read] = await crash.port(site).lineages([specOf(name)])
      return read?.kind === 'known' ? read.value.parent : 'not read'
    }),
  )
const acts = (site: string, verb: string) => (name: string) => [`${site} rbd mirror image ${verb} ${name}`]
const fresh = async () => simulated()

const CASES: readonly Case[] = [
  { verb: 'demote', names: NAMES, world: fresh, told: acts(A, 'demote'), after: primaries, is: [false, false] },
  { verb: 'promote', names: NAMES, world: demotedWorld, told: acts(B, 'promote'), after: primaries, is: [false, true] },
  { verb: 'snapshot', names: [MARKED], world: fresh, told: acts(A, 'snapshot'), after: primaries, is: [true, false] },
  {
    ...{ verb: 'disable', names: [JOURNALED, MARKED], world: fresh, told: acts(A, 'disable') },
    ...{ after: foundAtBoth, is: ['not mirrored', 'absent'] },
  },
  {
    ...{
      verb: 'flatten',
      names: [CLONE],
      world: worldWithClone,
      told: (name) => [`${A} rbd flatten --no-progress ${name}`],
    },
    ...{ after: parents, is: [null, null] },
  },
]

test.each(CASES)(
  'in the simulator: $verb killed at any point of any step is told once, and ends the same',
  {
    timeout: 600_000,
  },
  async ({ verb, names, world, told, after, is }) => {
    async function judged(kills: readonly number[]) {
      const one = await world()
      const before = toldOf(one.world).length
      const { points, run } = await carryThrough(one.crash, await planOf(one, verb, names), kills)
      expect({ kills, ...run }).toMatchObject({ kills, state: 'succeeded' })
      const lines = toldOf(one.world).slice(before)
      expect({ kills, again: twice(lines) }).toEqual({ kills, again: [] })
      for (const name of names) {
        for (const line of told(name))
          expect({ kills, line, there: lines.includes(line) }).toEqual({ kills, line, there: true })
        expect({ kills, name, is: await after(one, name) }).toEqual({ kills, name, is })
      }
      return points
    }
    const points = await judged([])
    for (let kill = 1; kill <= points.length; kill++) await judged([kill])
  },
)
