import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Fault } from './faults'
import { type Scene, scene } from './tiny-fixture'

type Deed = {
  readonly afterMs: number
  readonly do: (scene: Scene) => Promise<unknown> | unknown
  readonly name: string
}

const NAMES = ['vol-journal-1', 'vol-snap-1'] as const
const SITES = ['site-a', 'site-b'] as const

const command = (line: string) => (site: string) => ({
  name: `${site}: ${line}`,
  do: (at: Scene) => at.run(site, line),
})
const fault = (one: Fault) => ({ name: JSON.stringify(one), do: (at: Scene) => at.fault(one) })

const deeds = fc.array(
  fc
    .tuple(
      fc.integer({ min: 10, max: 40_000 }),
      fc.oneof(
        fc
          .tuple(
            fc.constantFrom(...SITES),
            fc.constantFrom(...NAMES),
            fc.constantFrom('demote', 'promote', 'promote --force', 'resync', 'snapshot'),
          )
          .map(([site, image, verb]) => {
            const [word = '', ...more] = verb.split(' ')
            return command(['rbd mirror image', word, `volumes/${image}`, ...more].join(' '))(site)
          }),
        fc
          .constantFrom<Fault>(
            { kind: 'lose-site', site: 'site-a' },
            { kind: 'back', site: 'site-a' },
            { kind: 'cut-link', a: 'site-a', b: 'site-b' },
            { kind: 'mend-link', a: 'site-a', b: 'site-b' },
            { kind: 'stop-daemon', site: 'site-b' },
            { kind: 'start-daemon', site: 'site-b' },
            { kind: 'slow-sync', pool: 'volumes', factor: 12 },
            { kind: 'slow-sync', pool: 'volumes', factor: 1 },
          )
          .map(fault),
      ),
    )
    .map(([afterMs, deed]): Deed => ({ afterMs, ...deed })),
  { maxLength: 14 },
)

async function played(list: readonly Deed[], between: (at: Scene) => Promise<unknown> | unknown): Promise<Scene> {
  const at = scene({ readTimeoutMs: 0 })
  for (const name of NAMES) at.fault({ kind: 'write-rate', image: `volumes/${name}`, site: 'site-a', perSec: 3 })
  for (const deed of list) {
    await at.clock.advance(deed.afterMs / 2)
    await between(at)
    await at.clock.advance(deed.afterMs / 2)
    await deed.do(at)
  }
  await between(at)
  await at.clock.advance(20_000)
  // A helper at a lost site would not answer.
  at.fault({ kind: 'back', site: 'site-a' })
  return at
}

/** All that can be seen of the copies, and what they hold. */
const seen = async (at: Scene) => ({
  lineages: await Promise.all(SITES.flatMap((site) => NAMES.map((name) => at.lineage(site, name)))),
  truths: NAMES.map((name) => at.truth(name)),
})

describe('an image is worked out from its record', () => {
  test('and how often it is looked at makes no difference', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, async (list) => {
        const left = await played(list, () => undefined)
        const looked = await played(list, (at) =>
          at.run('site-b', 'rbd mirror pool status volumes --verbose --format json'),
        )
        expect(await seen(looked)).toEqual(await seen(left))
      }),
      { numRuns: 12 },
    )
  })

  test('and storing it again at any moment makes none either', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, async (list) => {
        const left = await played(list, () => undefined)
        const stored = await played(list, (at) => {
          for (const name of NAMES) {
            const site = SITES.find((one) => at.truth(name)[one] !== undefined)
            if (site !== undefined) at.fault({ kind: 'close-client', image: `volumes/${name}`, site })
          }
        })
        expect(await seen(stored)).toEqual(await seen(left))
      }),
      { numRuns: 40 },
    )
  })

  test('and no copy ever claims more than it holds, nor holds what its source never had', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, async (list) => {
        const check = async (at: Scene) => {
          for (const name of NAMES) {
            const { 'site-a': a, 'site-b': b } = at.truth(name)
            if (a === undefined || b === undefined) continue
            for (const [copy, site] of [
              [b, 'site-b'],
              [a, 'site-a'],
            ] as const) {
              if (copy.role !== 'non-primary') continue
              const other = copy === a ? b : a
              const turn = copy.held.at(-1)
              const there = other.held.find((one) => one.turn === turn?.turn)
              expect([name, site, turn?.writes ?? 0]).toEqual([
                name,
                site,
                Math.min(turn?.writes ?? 0, there?.writes ?? 0),
              ])
            }
          }
        }
        await check(await played(list, check))
      }),
      { numRuns: 40 },
    )
  })
})
