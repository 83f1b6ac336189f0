import { describe, expect, test } from 'vitest'
import type { Stage } from './stage'

/** Statuses of healthy images at both sites, in both modes. Images: journal 0, snapshot 0. */
export function statusesContract(at: () => Stage): void {
  describe('statuses of a healthy image', () => {
    test.each(['journal', 'snapshot'] as const)('in %s mode, at the primary and at the copy', async (mode) => {
      const image = at().images[mode][0]
      if (image === undefined) throw new Error('no image')
      const replaying = {
        up: true,
        state: 'replaying',
        detail: { kind: `replaying-${mode}` },
        lastUpdateAt: expect.any(Number),
      }
      const primary = { up: true, state: 'stopped', detail: { kind: 'primary' }, lastUpdateAt: expect.any(Number) }
      // Each daemon publishes on a beat of its own, up to 30 s apart.
      const [a, b] = await at().eventually(
        'both daemons have published',
        () => Promise.all([at().row('a', image), at().row('b', image)]),
        ([one, other]) =>
          [one.local, other.remote[0]].every((status) => status?.state === 'stopped' && status.up) &&
          [other.local, one.remote[0]].every((status) => status?.state === 'replaying' && status.up),
      )
      expect(a).toMatchObject({ mode, role: 'primary', state: 'enabled', local: primary, remote: [replaying] })
      expect(b).toMatchObject({ mode, role: 'non-primary', state: 'enabled', local: replaying, remote: [primary] })
      expect(b.globalId).toBe(a.globalId)
      expect(b.imageId).not.toBe('')
    })

    test('in journal mode the copy tells both positions, in snapshot mode the times of both snapshots', async () => {
      const { images } = at()
      const { rows } = await at().ports.b.statuses(at().world.pool)
      const detail = (name?: string) => rows.find((row) => row.name === name)?.local.detail
      const position = { tag: expect.any(Number), entry: expect.any(Number) }
      expect(detail(images.journal[0]?.name)).toMatchObject({ primaryPosition: position, nonPrimaryPosition: position })
      expect(detail(images.snapshot[0]?.name)).toMatchObject({
        remoteSnapshotAt: expect.any(Number),
        localSnapshotAt: expect.any(Number),
      })
    })

    test('images that are not mirrored are not listed', async () => {
      const { rows } = await at().ports.a.statuses(at().world.pool)
      expect(rows.map(({ name }) => name)).not.toContain(at().images.plain[0]?.name)
    })

    test('a pool that is not there is missing', async () => {
      await expect(at().ports.a.statuses('nopool')).rejects.toMatchObject({ name: 'AdapterError', kind: 'missing' })
    })
  })
}
