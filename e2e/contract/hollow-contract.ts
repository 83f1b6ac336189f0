import { describe, expect, test } from 'vitest'
import { newestCompleteSnapshot } from '@/lib/domain/lineage'
import { type ImageSpec, specText } from '@/lib/domain/words'
import { mirrorArgv } from '@/lib/ports/mirror'
import type { Stage } from './stage'
import type { Side } from './world'

/**
 * A flatten by hand in snapshot mode (ceph-facts 24), and the one sign of it at the copy: it hung on a parent, and does not
 * any more. In the pool without a schedule: no mirror snapshot comes that the test did not ask for.
 */
export function hollowContract(at: () => Stage): void {
  const image = (name: string): ImageSpec => ({ pool: at().world.sparePool, namespace: '', name })
  const isClone = async (side: Side, spec: ImageSpec): Promise<boolean> => {
    const [read] = await at().ports[side].snapshotMarks([spec])
    if (read?.kind !== 'known') throw new Error(`${specText(spec)} at ${side}: ${read?.reason}`)
    return read.value.isClone
  }
  /** Not there, or not whole, is no reading yet: null. */
  const held = async (spec: ImageSpec) => {
    const [read] = await at().ports.b.lineages([spec])
    const newest = read?.kind === 'known' ? newestCompleteSnapshot(read.value) : null
    return read?.kind === 'known' && newest !== null ? { imageId: read.value.imageId, ...newest } : null
  }
  const arrived = async (spec: ImageSpec) => {
    const wanted = newestCompleteSnapshot(await at().lineage('a', spec))?.id ?? 0
    return at().eventually(
      `snapshot ${wanted} is whole at the copy`,
      () => held(spec),
      (seen) => (seen?.primarySnapId ?? 0) >= wanted,
    )
  }

  describe('a clone in snapshot mode that is flattened by hand', () => {
    let clone: ImageSpec

    test('hangs on its parent at both sites before, and its copy is whole', async () => {
      const parent = image('contract-hollow-parent')
      await at().world.makePlain('a', parent)
      // Before its parent is mirrored: the snapshot that it was cloned from comes to the parent's copy with a mirror snapshot.
      clone = await at().world.makeClone(parent)
      expect(await at().image('a', 'enable', parent, 'snapshot')).toMatchObject({ exit: 0 })
      // A clone whose parent has no copy yet is tried again only after a while.
      await arrived(parent)
      expect(await at().image('a', 'enable', clone, 'snapshot')).toMatchObject({ exit: 0 })
      await arrived(clone)
      expect([await isClone('a', clone), await isClone('b', clone)]).toEqual([true, true])
      expect(await at().world.sameContent(clone)).toBe(true)
    })

    test('leaves its copy as it was until the next mirror snapshot', async () => {
      expect(await at().act('a', ...mirrorArgv.flatten(specText(clone)))).toMatchObject({ exit: 0 })
      expect([await isClone('a', clone), await isClone('b', clone)]).toEqual([false, true])
      expect(await at().world.sameContent(clone)).toBe(true)
    })

    test('with that the copy, the same image, lets go of its parent and is hollow, and nobody says so', async () => {
      const before = await held(clone)
      expect(await at().image('a', 'snapshot', clone)).toMatchObject({ exit: 0 })
      expect((await arrived(clone))?.imageId).toBe(before?.imageId)
      expect(await isClone('b', clone)).toBe(false)
      expect(await at().world.sameContent(clone)).toBe(false)
      const copy = await at().replays(clone, 'b')
      expect(copy.local).toMatchObject({ up: true, state: 'replaying' })
    })

    test('a resync makes another image of the copy, with the whole content', async () => {
      const before = await held(clone)
      expect(await at().image('b', 'resync', clone)).toMatchObject({ exit: 0 })
      const seen = await at().eventually(
        'another copy is whole',
        () => held(clone),
        (now) => now !== null && now.imageId !== before?.imageId,
      )
      expect(seen?.imageId).not.toBe(before?.imageId)
      expect([await isClone('a', clone), await isClone('b', clone)]).toEqual([false, false])
      expect(await at().world.sameContent(clone)).toBe(true)
    })
  })
}
