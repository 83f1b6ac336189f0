import { describe, expect, test } from 'vitest'
import { specText } from '@/lib/domain/words'
import { mirrorArgv, type SnapshotSchedule } from '@/lib/ports/mirror'
import type { Stage } from './stage'

/** Snapshot schedules at every level. Images: snapshot 4, journal 0. The pool's own schedule stays. */
export function schedulesContract(at: () => Stage): void {
  const names = () => {
    const [image, mirrored] = [at().images.snapshot[4], at().images.journal[0]]
    if (image === undefined || mirrored === undefined) throw new Error('no image')
    return { pool: at().world.pool, image: image.name, journal: mirrored.name }
  }
  const schedule = (level: Partial<SnapshotSchedule>): SnapshotSchedule => ({
    pool: null,
    namespace: null,
    image: null,
    interval: '1h',
    startTime: null,
    ...level,
  })
  const done = { exit: 0, overdue: false }

  describe('a snapshot schedule', () => {
    test('of the pool is listed at its level', async () => {
      expect(await at().ports.a.schedules()).toContainEqual(schedule({ pool: at().world.pool, interval: '1m' }))
    })

    test('of one image is added beside the pool’s, and removed', async () => {
      const { pool, image } = names()
      expect(await at().act('a', ...mirrorArgv.scheduleAdd(pool, image, '2h', null))).toMatchObject(done)
      expect(await at().ports.a.schedules()).toEqual(
        expect.arrayContaining([schedule({ pool, interval: '1m' }), schedule({ pool, image, interval: '2h' })]),
      )
      expect(await at().act('a', ...mirrorArgv.scheduleRemove(pool, image, '2h'))).toMatchObject(done)
      expect(await at().ports.a.schedules()).not.toContainEqual(schedule({ pool, image, interval: '2h' }))
    })

    test('with a start time is removed by both, or not at all, and Ceph says nothing', async () => {
      const { pool, image } = names()
      const added = schedule({ pool, image, interval: '6h', startTime: '14:00:00' })
      expect(await at().act('a', ...mirrorArgv.scheduleAdd(pool, image, '6h', '14:00:00'))).toMatchObject(done)
      expect(await at().act('a', ...mirrorArgv.scheduleRemove(pool, image, '6h'))).toMatchObject(done)
      expect(await at().ports.a.schedules()).toContainEqual(added)
      expect(await at().act('a', ...mirrorArgv.scheduleRemove(pool, image, '6h', '14:00:00'))).toMatchObject(done)
      expect(await at().ports.a.schedules()).not.toContainEqual(added)
    })

    test('of a pool and of the cluster are told apart', async () => {
      const { sparePool } = at().world
      expect(await at().act('b', ...mirrorArgv.scheduleAdd(sparePool, null, '3h', null))).toMatchObject(done)
      expect(await at().act('b', 'rbd', 'mirror', 'snapshot', 'schedule', 'add', '1d')).toMatchObject(done)
      expect(await at().ports.b.schedules()).toEqual(
        expect.arrayContaining([schedule({ interval: '1d' }), schedule({ pool: sparePool, interval: '3h' })]),
      )
      expect(await at().act('b', ...mirrorArgv.scheduleRemove(sparePool, null, '3h'))).toMatchObject(done)
      expect(await at().act('b', 'rbd', 'mirror', 'snapshot', 'schedule', 'remove', '1d')).toMatchObject(done)
      expect(await at().ports.b.schedules()).toEqual([])
    })

    test('has a next time for each image that it holds for', async () => {
      const image = at().images.snapshot[0]
      if (image === undefined) throw new Error('no image')
      // The mgr takes up an image that is new to it within a minute.
      const status = () => at().json('a', 'rbd', 'mirror', 'snapshot', 'schedule', 'status')
      const next = await at().eventually('the image is scheduled', status, (seen) =>
        JSON.stringify(seen).includes(`"${specText(image)}"`),
      )
      const time = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
      expect(next).toContainEqual({ image: specText(image), schedule_time: time })
    })

    test.each([
      ['an interval that is none', (_: ReturnType<typeof names>) => null, 'xx', 'Invalid interval'],
      ['an image in journal mode', (n: ReturnType<typeof names>) => n.journal, '1h', 'is not in snapshot mirror mode'],
      ['an image that is not there', () => 'nope', '1h', 'image nope does not exist'],
    ])('is refused for %s', async (_, image, interval, says) => {
      const said = await at().act('a', ...mirrorArgv.scheduleAdd(at().world.pool, image(names()), interval, null))
      expect(said).toMatchObject({ exit: 22, stderr: expect.stringContaining(says) })
    })
  })
}
