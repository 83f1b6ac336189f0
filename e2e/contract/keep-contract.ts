import { describe, expect, test } from 'vitest'
import { type ImageSpec, specText } from '@/lib/domain/words'
import { mirrorArgv } from '@/lib/ports/mirror'
import type { Stage } from './stage'

/**
 * The loser of a forced promotion is kept, not thrown away: its mirroring ends, it gets another name, and a fresh copy
 * of the winner takes the old one. Images: journal 3 and snapshot 5, where the loser is primary too; journal 4 and
 * snapshot 6, where it was demoted.
 */
export function keepContract(at: () => Stage): void {
  const pair = (journal: number, snapshot: number) => (): readonly ImageSpec[] => {
    const found = [at().images.journal[journal], at().images.snapshot[snapshot]]
    return found.map((spec) => {
      if (spec === undefined) throw new Error('no image')
      return spec
    })
  }
  const kept = (spec: ImageSpec): ImageSpec => ({ ...spec, name: `${spec.name}.kept` })
  const act = (side: 'a' | 'b', argv: readonly string[]) => at().act(side, ...argv)
  const there = async (side: 'a' | 'b', spec: ImageSpec) => {
    const found = await at().found(side, spec)
    if (found.kind !== 'there') throw new Error(`${specText(spec)} is not at ${side}`)
    return found
  }
  const rawLineage = async (side: 'a' | 'b', spec: ImageSpec) => {
    const [item] = (
      await at()
        .channel(side)
        .call('images.lineage', { images: [spec] })
    ).images
    if (item === undefined || !('ok' in item)) throw new Error(`${specText(spec)} cannot be read`)
    return item.ok
  }

  describe.each([
    ['is primary too', pair(3, 5)],
    ['was demoted', pair(4, 6)],
  ] as const)('a loser that %s', (standing, both) => {
    const demoted = standing === 'was demoted'
    const before = new Map<string, { readonly imageId: string; readonly globalId: string; readonly content: string }>()
    const each = async (look: (spec: ImageSpec) => Promise<void>) => {
      for (const spec of both()) await look(spec)
    }
    const was = (spec: ImageSpec) => before.get(spec.name) ?? { imageId: '', globalId: '', content: '' }

    test('holds what the winner never had', async () => {
      await each(async (spec) => {
        expect(await act('a', mirrorArgv.snapCreate(specText(spec), 'point'))).toMatchObject({ exit: 0 })
        expect(await act('b', mirrorArgv.forcePromote(specText(spec)))).toMatchObject({
          exit: 0,
          stdout: 'Image promoted to primary\n',
        })
        await at().world.write('a', spec)
        if (demoted) expect(await act('a', mirrorArgv.demote(specText(spec)))).toMatchObject({ exit: 0 })
        expect(await at().world.sameContent(spec)).toBe(false)
        const { imageId, globalId, role } = await at().lineage('a', spec)
        expect(role).toBe(demoted ? 'non-primary' : 'primary')
        before.set(spec.name, { imageId, globalId, content: await at().world.content('a', spec) })
      })
    })

    if (demoted)
      test('is not disabled without force: exit 22', async () => {
        await each(async (spec) => {
          expect(await act('a', ['rbd', 'mirror', 'image', 'disable', specText(spec)])).toMatchObject({
            exit: 22,
            stderr: expect.stringContaining('mirrored image is not primary, add force option to disable mirroring'),
          })
        })
      })

    test('stays with its data where its mirroring ends, and the winner is untouched', async () => {
      await each(async (spec) => {
        const argv = mirrorArgv.endMirroring(specText(spec))
        expect(await act('a', argv)).toMatchObject({ exit: 0, stdout: 'Mirroring disabled\n' })
        expect(await act('a', argv)).toMatchObject({ exit: 0, stdout: 'Mirroring disabled\n' })
        const { imageId, content } = was(spec)
        const stays = { kind: 'there', imageId, globalId: null, snapshots: ['point'] }
        expect(await at().found('a', spec)).toMatchObject(stays)
        const raw = await rawLineage('a', spec)
        expect(raw).toMatchObject({ mirroring: null, snapshots: [], journal: null })
        expect(raw.features).not.toContain('journaling')
        expect(raw.features).not.toContain('non-primary')
        expect(await at().world.content('a', spec)).toBe(content)
        expect(await at().lineage('b', spec)).toMatchObject({ role: 'primary', globalId: was(spec).globalId })
      })
    })

    test('has the name that the copy would get: the winner’s site reads split-brain, and nothing is copied', async () => {
      await each(async (spec) => {
        await at().eventually(
          'site B is told',
          () => at().row('b', spec),
          ({ role, remote }) => role === 'primary' && remote[0]?.detail.kind === 'split-brain',
        )
        expect((await there('a', spec)).imageId).toBe(was(spec).imageId)
        const { rows } = await at().ports.a.statuses(spec.pool)
        expect(rows.map(({ name }) => name)).not.toContain(spec.name)
      })
    })

    test('is renamed with its id, its snapshots and its content', async () => {
      await each(async (spec) => {
        const said = await act('a', mirrorArgv.rename(specText(spec), specText(kept(spec))))
        expect(said).toMatchObject({ exit: 0, stdout: '' })
        const { imageId, content } = was(spec)
        expect(await there('a', kept(spec))).toMatchObject({ imageId, globalId: null, snapshots: ['point'] })
        expect(await at().world.content('a', kept(spec))).toBe(content)
      })
    })

    test('makes room for a fresh copy of the winner that follows it', async () => {
      await each(async (spec) => {
        const fresh = await at().eventually(
          'there is a new copy',
          () => at().found('a', spec),
          (found) => found.kind === 'there' && found.globalId !== null,
        )
        expect(fresh).toMatchObject({ globalId: was(spec).globalId })
        expect(fresh).not.toMatchObject({ imageId: was(spec).imageId })
        await at().replays(spec, 'a')
        await at().world.write('b', spec)
        await at().image('b', 'snapshot', spec)
        await at().eventually(
          'the contents are one',
          () => at().world.sameContent(spec),
          (same) => same,
        )
        expect(await at().world.content('a', kept(spec))).toBe(was(spec).content)
      })
    })
  })
}
