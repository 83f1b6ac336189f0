import { describe, expect, test } from 'vitest'
import { comparePositions } from '@/lib/domain/journal-position'
import { newestSnapshot, ORPHAN } from '@/lib/domain/lineage'
import type { ImageSpec } from '@/lib/domain/words'
import { HELPER_PROTOCOL } from '@/lib/ports/helper-protocol'
import type { Stage } from './stage'

const some = (images: readonly ImageSpec[], number = 0): ImageSpec => {
  const image = images[number]
  if (image === undefined) throw new Error('no image')
  return image
}

/** Every method of the helper. Images: journal 0, snapshot 0, plain 0; all stay as they are. */
export function helperContract(at: () => Stage): void {
  describe('the helper', () => {
    test('says who answers, and the time there', async () => {
      const hello = await at().channel('a').call('hello', {})
      expect(hello).toMatchObject({ protocol: HELPER_PROTOCOL, python: expect.any(String), librbd: expect.any(String) })
      expect(hello.now).toBeGreaterThan(1_600_000_000_000)
    })

    test('a primary in snapshot mode, and the copy that holds its newest snapshot', async () => {
      const image = some(at().images.snapshot)
      const { a, b } = await at().eventually(
        'the copy holds the newest snapshot',
        async () => ({ a: await at().lineage('a', image), b: await at().lineage('b', image) }),
        (seen) => newestSnapshot(seen.b)?.primarySnapId === newestSnapshot(seen.a)?.id,
      )
      expect(a).toMatchObject({ mode: 'snapshot', role: 'primary', journal: null, parent: null, globalId: b.globalId })
      expect(b).toMatchObject({ mode: 'snapshot', role: 'non-primary', sizeBytes: a.sizeBytes })
      expect(newestSnapshot(a)).toMatchObject({ role: 'primary', complete: true, primarySnapId: null })
      const held = newestSnapshot(b)
      expect(held).toMatchObject({ role: 'non-primary', primaryMirrorUuid: expect.stringMatching(/./) })
      // The copy's snapshot has the time of its own making there, not the primary's.
      expect(held?.takenAt).toBeGreaterThanOrEqual(newestSnapshot(a)?.takenAt ?? Number.NaN)
    })

    test('a primary in journal mode, its readers, its newest tag and its tail', async () => {
      const image = some(at().images.journal)
      const [a, b] = await Promise.all([at().lineage('a', image), at().lineage('b', image)])
      expect(a).toMatchObject({ mode: 'journal', role: 'primary', snapshots: [], globalId: b.globalId })
      const ids = a.journal?.clients.map(({ id }) => id) ?? []
      const { remote } = await at().row('a', image)
      expect(ids.sort()).toEqual(['', remote[0]?.mirrorUuid])
      expect(a.journal?.clients.map(({ state }) => state)).toEqual(['connected', 'connected'])
      // The copy was made by copying the image in full, and is registered so.
      expect(new Set(a.journal?.clients.map(({ filled }) => filled))).toEqual(new Set([null, b.imageId]))
      expect(a.journal?.newestTag?.mirrorUuid).toBe('')
      expect(a.journal?.tail).not.toBeNull()
      expect(b).toMatchObject({ mode: 'journal', role: 'non-primary', snapshots: [] })
      expect(['', ORPHAN]).not.toContain(b.journal?.newestTag?.mirrorUuid)
    })

    test('answers come in the order asked, and one bad image spoils no other', async () => {
      const { pool } = at().world
      const [snapshot, journal, plain] = [
        some(at().images.snapshot),
        some(at().images.journal),
        some(at().images.plain),
      ]
      const nope = { pool, namespace: '', name: 'nope' }
      const { images } = await at()
        .channel('a')
        .call('images.lineage', { images: [snapshot, nope, journal, { ...nope, pool: 'nopool' }, plain] })
      expect(images.map((item) => ('ok' in item ? item.ok.name : item.error.errno))).toEqual([
        snapshot.name,
        2,
        journal.name,
        2,
        plain.name,
      ])
      const features = images.map((item) => ('ok' in item ? item.ok.features.includes('journaling') : null))
      expect(features).toEqual([false, null, true, null, false])
      expect(images[4]).toMatchObject({ ok: { mirroring: null, journal: null, snapshots: [] } })
      expect(await at().ports.a.lineages([plain])).toMatchObject([{ kind: 'unknown' }])
    })

    test('marks are the snapshots of the lineage', async () => {
      const image = some(at().images.snapshot)
      for (const side of ['a', 'b'] as const) {
        const [[marks], { snapshots }] = [
          await at().ports[side].snapshotMarks([image]),
          await at().lineage(side, image),
        ]
        const ids = marks?.kind === 'known' ? marks.value.marks.map(({ id, primarySnapId }) => [id, primarySnapId]) : []
        // A snapshot may come or go between the two looks; the newest that both saw must be the same.
        const both = snapshots
          .filter(({ id }) => ids.some(([mark]) => mark === id))
          .map((one) => [one.id, one.primarySnapId])
        expect(both.length).toBeGreaterThan(0)
        expect(ids).toEqual(expect.arrayContaining(both))
        expect(marks).toMatchObject({
          value: {
            marks: expect.arrayContaining([expect.objectContaining({ primary: side === 'a' })]),
            isClone: false,
          },
        })
      }
    })

    test('after writes the journal has a newer end, and the copy comes to hold it', async () => {
      const image = some(at().images.journal)
      const { imageId } = await at().lineage('a', image)
      const sample = async () => {
        const [found] = await at().ports.a.journalSamples(image.pool, [imageId])
        if (found?.kind !== 'known') throw new Error(found?.reason)
        return found.value
      }
      const before = await sample()
      await at().world.write('a', image)
      const after = await sample()
      if (before.tail === null || after.tail === null) throw new Error('no tail')
      const written = after.tail
      expect(comparePositions(written, before.tail)).toBeGreaterThan(0)
      expect(after.at).toBeGreaterThan(before.at)
      const { clients } = await at().eventually('all readers commit what was written', sample, (seen) =>
        seen.clients.every(({ position }) => position !== null && comparePositions(position, written) >= 0),
      )
      expect(clients.length).toBe(2)
    })

    test('a journal tells what it keeps for its readers: more after a write, and never without a figure for long', async () => {
      const image = some(at().images.journal)
      const { imageId } = await at().lineage('a', image)
      const kept = async () => {
        const found = await at().ports.a.journalSamples(image.pool, [imageId])
        return found[0]?.kind === 'known' ? found[0].value.keptBytes : null
      }
      const before = await at().eventually('it is known', kept, (bytes) => bytes !== null)
      await at().world.write('a', image)
      await at().eventually('it has grown', kept, (bytes) => (bytes ?? 0) > (before ?? 0))
    })

    test('a journal that is not there is an error of its own', async () => {
      const { imageId } = await at().lineage('a', some(at().images.journal))
      const found = await at()
        .channel('a')
        .call('journal.samples', { pool: at().world.pool, namespace: '', imageIds: ['nope', imageId] })
      expect(found.samples).toMatchObject([{ error: { errno: 2 } }, { ok: { imageId } }])
    })

    test('nobody but rbd-mirror holds a mirrored image open, until a client does', async () => {
      const image = some(at().images.snapshot)
      const open = async () => {
        const [found] = await at().ports.a.watchers([image])
        if (found?.kind !== 'known') throw new Error(found?.reason)
        return found.value
      }
      expect((await open()).filter(({ isMirrorDaemon }) => !isMirrorDaemon)).toEqual([])
      const release = await at().world.hold('a', image)
      const strangers = (await open()).filter(({ isMirrorDaemon }) => !isMirrorDaemon)
      expect(strangers).toMatchObject([
        { entity: expect.stringMatching(/^client\./), clientId: expect.stringMatching(/^\d+$/) },
      ])
      await release()
      await at().eventually('the client is gone', open, (seen) => seen.every(({ isMirrorDaemon }) => isMirrorDaemon))
    })

    test('watchers of an image that is not there are unknown, not none', async () => {
      const nope = { pool: at().world.pool, namespace: '', name: 'nope' }
      expect(await at().ports.a.watchers([some(at().images.plain), nope])).toMatchObject([
        { kind: 'known', value: [] },
        { kind: 'unknown' },
      ])
    })

    test('an attempt that nobody made runs nowhere', async () => {
      expect(await at().channel('a').call('process.find', { attemptId: 'never-made' })).toEqual({ pids: [] })
      expect(await at().channel('a').mayLive('never-made', null)).toBe('gone')
    })
  })
}
