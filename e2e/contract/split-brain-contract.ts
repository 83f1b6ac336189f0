import { describe, expect, test } from 'vitest'
import type { ImageSpec } from '@/lib/domain/words'
import type { Stage } from './stage'

/** Two primaries, what is said of them, and the way out. Images: journal 2, snapshot 2. */
export function splitBrainContract(at: () => Stage): void {
  const both = (): readonly ImageSpec[] => {
    const [journal, snapshot] = [at().images.journal[2], at().images.snapshot[2]]
    if (journal === undefined || snapshot === undefined) throw new Error('no image')
    return [journal, snapshot]
  }
  const each = <T>(act: (spec: ImageSpec) => Promise<T>) => Promise.all(both().map(act))

  describe('two primaries', () => {
    test('come of a promotion by force, which Ceph carries out at once', async () => {
      const said = await each((spec) => at().image('b', 'promote', spec, '--force'))
      expect(said.map(({ exit }) => exit)).toEqual([0, 0])
      for (const side of ['a', 'b'] as const) {
        const roles = await each(async (spec) => (await at().lineage(side, spec)).role)
        expect(roles).toEqual(['primary', 'primary'])
      }
    })

    test('are found by looking at both sides: no status calls them an error', async () => {
      await each((spec) => at().world.write('b', spec))
      const rows = await each((spec) => Promise.all([at().row('a', spec), at().row('b', spec)]))
      expect(rows.flat().map(({ role }) => role)).toEqual(['primary', 'primary', 'primary', 'primary'])
      expect(rows.flat().map(({ local }) => local.state)).not.toContain('error')
    })

    test('are called split-brain where one of them is demoted', async () => {
      const said = await each((spec) => at().image('a', 'demote', spec))
      expect(said.map(({ exit }) => exit)).toEqual([0, 0])
      await each((spec) =>
        at().eventually(
          'site A says split-brain',
          () => at().row('a', spec),
          ({ local }) => local.state === 'error' && local.detail.kind === 'split-brain',
        ),
      )
    })

    test('are one again after a resync of the demoted one', async () => {
      const ids = await each(async (spec) => (await at().lineage('a', spec)).imageId)
      const said = await each((spec) => at().image('a', 'resync', spec))
      expect(said).toMatchObject([
        { exit: 0, stdout: 'Flagged image for resync from primary\n' },
        { exit: 0, stdout: 'Flagged image for resync from primary\n' },
      ])
      // The image is removed and copied anew under its name: for a while there is none.
      await each((spec) =>
        at().eventually(
          'it replays again',
          async () => (await at().ports.a.statuses(spec.pool)).rows.find(({ name }) => name === spec.name),
          (row) => row !== undefined && !ids.includes(row.imageId) && row.local.state === 'replaying',
        ),
      )
      await at().image('b', 'snapshot', both()[1] as ImageSpec)
      await each((spec) =>
        at().eventually(
          'the contents are one',
          () => at().world.sameContent(spec),
          (same) => same,
        ),
      )
    })
  })
}
