import { describe, expect, test } from 'vitest'
import { newestSnapshot } from '@/lib/domain/lineage'
import type { ImageSpec } from '@/lib/domain/words'
import type { Stage } from './stage'

/**
 * The promotion that looks clean and loses writes (ceph-facts 1): Ceph promotes a copy in snapshot mode wherever
 * its own newest mirror snapshot is a demotion, be it the copy's own, from its last term as primary. Image: snapshot 3.
 */
export function silentLossContract(at: () => Stage): void {
  const image = (): ImageSpec => {
    const found = at().images.snapshot[3]
    if (found === undefined) throw new Error('no image')
    return found
  }

  describe('a copy that never caught up', () => {
    test('has a demotion as its newest snapshot, from its own term as primary', async () => {
      await at().move(image(), 'a', 'b')
      // A term as primary that is over before the other site's daemon began to replay it is never replayed at all.
      await at().replays(image(), 'a')
      await at().world.stopMirror('b')
      await at().move(image(), 'b', 'a')
      expect(newestSnapshot(await at().lineage('b', image()))).toMatchObject({ role: 'primary-demoted' })
      expect((await at().lineage('a', image())).role).toBe('primary')
    })

    test('is promoted by Ceph without a word, and lacks the last writes', async () => {
      await at().world.write('a', image())
      expect(await at().image('a', 'snapshot', image())).toMatchObject({ exit: 0 })
      expect(await at().image('a', 'demote', image())).toMatchObject({ exit: 0 })
      expect(await at().proof('a', 'b', image())).toMatchObject({
        kind: 'unproven',
        reason: 'the demotion has not arrived at the copy',
      })
      const said = await at().image('b', 'promote', image())
      expect(said).toMatchObject({ exit: 0 })
      expect((await at().lineage('b', image())).role).toBe('primary')
      expect(await at().world.sameContent(image())).toBe(false)
    })

    test('its stopped daemon is no daemon, at its own site', async () => {
      expect(await at().ports.b.daemons(at().world.pool)).toEqual([])
      await at().world.startMirror('b')
      const daemons = () => at().ports.b.daemons(at().world.pool)
      await at().eventually('the daemon is back', daemons, (seen) => seen.length > 0)
    })
  })
}
