import { describe, expect, test } from 'vitest'
import { containedIn } from '@/lib/domain/containment'
import { ownTermOf } from '@/lib/domain/own-term'
import { pieceOffsets, sampledDifference } from '@/lib/domain/sampling-pieces'
import { type ImageSpec, specText } from '@/lib/domain/words'
import type { Since, Ties, Written } from '@/lib/ports/evidence'
import type { Stage } from './stage'
import type { Side } from './world'

const BUDGET = { budgetMs: 10_000, budgetBytes: 1 << 27 }
const PIECE = 65_536
const other = (side: Side): Side => (side === 'a' ? 'b' : 'a')

/** What tells two histories of an image apart, and what hangs on it. Images: journal 5, snapshot 7, plain 4. */
export function evidenceContract(at: () => Stage): void {
  const both = (): readonly ImageSpec[] => {
    const [journal, snapshot] = [at().images.journal[5], at().images.snapshot[7]]
    if (journal === undefined || snapshot === undefined) throw new Error('no image')
    return [journal, snapshot]
  }
  const each = <T>(act: (spec: ImageSpec) => Promise<T>) => Promise.all(both().map(act))
  const port = (side: Side) => at().ports[side].evidence
  const known = <T>(reading: { kind: 'known'; value: T } | { kind: 'unknown'; reason: string } | undefined): T => {
    if (reading?.kind !== 'known') throw new Error(reading?.reason ?? 'nothing')
    return reading.value
  }
  const ties = async (side: Side, spec: ImageSpec): Promise<Ties> => known((await port(side).ties([spec]))[0])
  const uuidOf = async (side: Side, spec: ImageSpec) =>
    (await at().ports[other(side)].poolMirroring(spec.pool)).peers[0]?.mirrorUuid ?? null

  /** What a side wrote since the histories parted, asked as the console asks it. */
  async function wrote(side: Side, spec: ImageSpec): Promise<Written | 'follower'> {
    const [own, peer] = await Promise.all([at().lineage(side, spec), at().lineage(other(side), spec)])
    const uuids = { own: await uuidOf(side, spec), other: await uuidOf(other(side), spec) }
    const term = ownTermOf(own, peer, uuids)
    if (term.kind === 'follower') return 'follower'
    if (term.kind === 'unknown') throw new Error(`${specText(spec)} at ${side}: ${term.reason}`)
    const since: Since =
      term.kind === 'snapshot' ? { kind: 'snapshot', id: term.id } : { kind: 'journal', position: term.position }
    return known((await port(side).written([{ image: spec, since }], BUDGET))[0])
  }
  const amount = async (side: Side, spec: ImageSpec) => {
    const written = await wrote(side, spec)
    return written === 'follower' ? 'follower' : written.amount
  }

  async function differing(spec: ImageSpec): Promise<number> {
    const { sizeBytes } = await at().lineage('a', spec)
    const offsets = pieceOffsets(1, sizeBytes, sizeBytes / PIECE)
    const asked = [{ image: spec, snapId: null, offsets }]
    const [left, right] = await Promise.all([
      port('a').sampled(asked, PIECE, BUDGET),
      port('b').sampled(asked, PIECE, BUDGET),
    ])
    const found = sampledDifference(known(left[0]), known(right[0]))
    expect(found.compared).toBe(offsets.length)
    return found.differ
  }

  describe('the evidence of two histories', () => {
    test('a copy that follows wrote nothing itself, holds no more than its primary, and is the same in every piece', async () => {
      expect(await each((spec) => amount('b', spec))).toEqual(['follower', 'follower'])
      for (const spec of both()) {
        const found = containedIn(
          ...([await at().lineage('b', spec), await at().lineage('a', spec)] as const),
          ...([await uuidOf('a', spec), await uuidOf('b', spec)] as const),
        )
        expect(found.kind).toBe('contained')
        await at().eventually(
          'all pieces are the same',
          () => differing(spec),
          (count) => count === 0,
        )
      }
    })

    test('right after a promotion by force nothing was written since, at neither site', async () => {
      // What the copy lacks would count as written by its primary since.
      await at().image('a', 'snapshot', both()[1] as ImageSpec)
      const settled = (spec: ImageSpec) =>
        at().eventually(
          'everything has arrived',
          () => amount('a', spec),
          (seen) => typeof seen === 'object' && seen.kind === 'known' && seen.bytes === 0,
        )
      await each(settled)
      await each((spec) => at().image('b', 'promote', spec, '--force'))
      const nothing = { kind: 'known', bytes: 0, complete: true }
      expect(await each((spec) => amount('b', spec))).toEqual([nothing, nothing])
      expect(await each((spec) => amount('a', spec))).toEqual([nothing, nothing])
    })

    test.each(['b', 'a'] as const)('what site %s then writes is counted there, in whole objects', async (side) => {
      await each((spec) => at().world.write(side, spec))
      for (const spec of both()) {
        const written = await wrote(side, spec)
        if (written === 'follower') throw new Error('it is no copy')
        expect(written.amount).toMatchObject({ kind: 'known', complete: true })
        const bytes = written.amount.kind === 'known' ? written.amount.bytes : 0
        expect(bytes).toBeGreaterThan(0)
        expect(bytes).toBeLessThanOrEqual(written.sizeBytes)
        expect(bytes % 4_194_304).toBe(0)
        // `rbd bench` draws by the second: what both wrote may be the same bytes at the same places.
        if (side === 'b') expect(await differing(spec)).toBeGreaterThan(0)
      }
    })

    test('a demoted one is never taken for one that has nothing of its own', async () => {
      await each((spec) => at().image('a', 'demote', spec))
      for (const spec of both()) {
        const found = containedIn(
          ...([await at().lineage('a', spec), await at().lineage('b', spec)] as const),
          ...([await uuidOf('b', spec), await uuidOf('a', spec)] as const),
        )
        // In snapshot mode the promotion by force dropped what would tell it: then it is not known, and never "contained".
        expect(found.kind).toBe(spec === both()[0] ? 'own' : 'unknown')
      }
    })

    test('a resync shows as a flag until rbd-mirror begins, and then the copy is another image', async () => {
      await at().world.stopMirror('a')
      const ids = await each(async (spec) => (await ties('a', spec)).imageId)
      await each((spec) => at().image('a', 'resync', spec))
      expect((await each((spec) => ties('a', spec))).map((one) => one.resyncRequested)).toEqual([true, true])
      expect((await each((spec) => ties('b', spec))).map((one) => one.resyncRequested)).toEqual([false, false])
      await at().world.startMirror('a')
      await each((spec) =>
        at().eventually(
          'it is another image, and not flagged',
          async () => (await port('a').ties([spec]))[0],
          (seen) => seen?.kind === 'known' && !ids.includes(seen.value.imageId) && !seen.value.resyncRequested,
        ),
      )
      await each((spec) => at().replays(spec, 'a'))
    })

    test('clones are named; what is not there is unknown, and spoils no other', async () => {
      const parent = at().images.plain[4] as ImageSpec
      expect((await ties('a', parent)).children).toEqual([])
      const child = await at().world.makeClone(parent)
      const [seen, none] = await port('a').ties([parent, { ...parent, name: 'nope' }])
      expect(known(seen).children).toEqual([specText(child)])
      expect(none).toMatchObject({ kind: 'unknown' })
    })

    test('a snapshot that is gone is said to be gone, never counted from elsewhere', async () => {
      const spec = both()[1] as ImageSpec
      const [seen] = await port('b').written([{ image: spec, since: { kind: 'snapshot', id: 999_999 } }], BUDGET)
      expect(known(seen).amount).toEqual({ kind: 'unknown', reason: expect.stringContaining('not there') })
    })
  })
}
