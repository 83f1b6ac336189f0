import { describe, expect, test } from 'vitest'
import { newestSnapshot, ORPHAN } from '@/lib/domain/lineage'
import type { ImageSpec } from '@/lib/domain/words'
import type { Stage } from './stage'

/** A planned switch from A to B, step by step, with what both sides say at each. Images: journal 1, snapshot 1. */
export function switchContract(at: () => Stage): void {
  const image = (mode: 'journal' | 'snapshot'): ImageSpec => {
    const found = at().images[mode][1]
    if (found === undefined) throw new Error('no image')
    return found
  }
  /**
   * Both sides' daemons know that nobody is primary. In snapshot mode "remote image demoted" is said for a moment, or
   * not at all (a status may be skipped), and "remote image is not primary" from then on: the text proves nothing.
   */
  const bothDemoted = (spec: ImageSpec) =>
    at().eventually(
      'both sides know of the demotion',
      () => Promise.all([at().row('a', spec), at().row('b', spec)]),
      (rows) =>
        rows.every(
          ({ role, local }) =>
            role === 'non-primary' &&
            local.state === 'unknown' &&
            ['remote-not-primary', 'remote-demoted'].includes(local.detail.kind),
        ),
    )

  describe('a planned switch in journal mode', () => {
    test('a demotion takes time to arrive: a promotion at once is refused with exit 16', async () => {
      const spec = image('journal')
      await at().world.write('a', spec)
      expect(await at().image('a', 'demote', spec)).toMatchObject({ exit: 0 })
      const early = await at().image('b', 'promote', spec)
      expect(early).toMatchObject({ exit: 16, stderr: expect.stringContaining('demotion is not propagated yet') })
      // A demotion made here comes after a tag of the own; one that was replayed, after the other side's.
      expect((await at().lineage('a', spec)).journal?.newestTag).toMatchObject({ mirrorUuid: ORPHAN, before: '' })
      expect(await at().lineage('a', spec)).toMatchObject({ role: 'non-primary' })
    })

    test('once it has arrived the copy is proven to hold everything, and both are demoted', async () => {
      const spec = image('journal')
      await at().proven(spec, 'a', 'b')
      await bothDemoted(spec)
      const replayed = (await at().lineage('b', spec)).journal?.newestTag
      expect(replayed?.mirrorUuid).toBe(ORPHAN)
      expect(['', ORPHAN]).not.toContain(replayed?.before)
    })

    test('then it is promoted, holds the same bytes, and site A replays from it', async () => {
      const spec = image('journal')
      expect(await at().promoted(spec, 'b')).toEqual({ refusals: 0 })
      const [a, b] = await Promise.all([at().lineage('a', spec), at().lineage('b', spec)])
      expect([a.role, b.role]).toEqual(['non-primary', 'primary'])
      expect(b.journal?.newestTag?.mirrorUuid).toBe('')
      await at().replays(spec, 'a')
      expect(await at().world.sameContent(spec)).toBe(true)
    })
  })

  describe('a planned switch in snapshot mode', () => {
    test('the demotion is a last snapshot that the copy comes to hold', async () => {
      const spec = image('snapshot')
      await at().world.write('a', spec)
      expect(await at().image('a', 'demote', spec)).toMatchObject({ exit: 0 })
      const demotion = newestSnapshot(await at().lineage('a', spec))
      expect(demotion).toMatchObject({ role: 'primary-demoted', complete: true })
      await at().proven(spec, 'a', 'b')
      const held = newestSnapshot(await at().lineage('b', spec))
      expect(held).toMatchObject({ role: 'non-primary-demoted', complete: true, primarySnapId: demotion?.id })
      await bothDemoted(spec)
    })

    test('then it is promoted, holds the same bytes, and only the new primary takes snapshots', async () => {
      const spec = image('snapshot')
      expect(await at().promoted(spec, 'b')).toEqual({ refusals: 0 })
      expect(newestSnapshot(await at().lineage('b', spec))).toMatchObject({ role: 'primary' })
      expect(await at().world.sameContent(spec)).toBe(true)
      expect(await at().image('b', 'snapshot', spec)).toMatchObject({ exit: 0 })
      expect(await at().image('a', 'snapshot', spec)).toMatchObject({ exit: 22 })
      await at().replays(spec, 'a')
    })
  })
}
