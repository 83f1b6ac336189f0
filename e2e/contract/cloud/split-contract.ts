import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CloudStage } from './stage'
import type { MadeVolume } from './world'

/** What Cinder does alone where one volume cannot be demoted, and how its way back makes it worse. */
export function cloudSplitContract(at: () => CloudStage): void {
  describe('a failover by Cinder alone past a ghost', () => {
    let older: readonly MadeVolume[] = []
    let newer: readonly MadeVolume[] = []
    let ghost = ''

    beforeAll(async () => {
      await at().world.reset()
      older = await at().world.makeVolumes(2, 'replicated')
      ghost = await at().world.makeGhost()
      newer = await at().world.makeVolumes(1, 'replicated')
      await at().followed('b', [...older, ...newer])
    })

    test('a ghost has no image, no replication_status, and is in error', async () => {
      expect(await at().words([{ id: ghost }])).toEqual(['error/null'])
      expect((await at().volume({ id: ghost })).host).toBe(`${at().world.host}#ceph`)
      const image = { pool: 'volumes', namespace: '', name: `volume-${ghost}` }
      expect(await at().world.siteA.found([image])).toMatchObject([{ value: { kind: 'absent' } }])
    })

    test('older volumes are promoted by force while site A is primary, and Cinder says that all is well', async () => {
      const ended = await at().failOver(at().world.target)
      expect(ended).toMatchObject({ replicationStatus: 'failed-over', activeBackendId: at().world.target })
      await at().become(
        [...older, ...newer],
        ['available/failed-over', 'available/failed-over', 'available/failed-over'],
      )
      expect(await at().roles(older)).toEqual(older.map(() => ['primary', 'primary']))
      expect(await at().roles(newer)).toEqual(newer.map(() => ['non-primary', 'primary']))
    })

    test('the way back while both sides are primary leaves them in failover-error, and says that it is done', async () => {
      const ended = await at().failOver('default')
      expect(ended).toMatchObject({ replicationStatus: 'enabled', activeBackendId: null })
      await at().become(older, ['error/failover-error', 'error/failover-error'])
    })
  })

  describe('a failover by Cinder alone, of images that are open and again', () => {
    let volumes: readonly MadeVolume[] = []
    const open: (() => Promise<void>)[] = []

    beforeEach(async () => {
      await at().world.reset()
      volumes = await at().world.makeVolumes(3, 'replicated')
      await at().followed('b', volumes)
    })
    afterEach(async () => {
      for (const close of open.splice(0)) await close()
    })
    const hold = async (index: number, lock: 'given-away' | 'kept') => {
      const image = volumes[index]?.image
      if (image !== undefined) open.push(await at().world.hold('a', image, lock))
    }

    test('a client that gives the lock away does not keep an image from being demoted', async () => {
      await hold(1, 'given-away')
      expect(await at().failOver(at().world.target)).toMatchObject({ replicationStatus: 'failed-over' })
      await at().become(
        volumes,
        volumes.map(() => 'available/failed-over'),
      )
      expect(await at().roles(volumes)).toEqual(volumes.map(() => ['non-primary', 'primary']))
    })

    test('one that keeps the lock keeps its image and all older ones primary at both sites, without a word', async () => {
      await hold(1, 'kept')
      expect(await at().failOver(at().world.target)).toMatchObject({ replicationStatus: 'failed-over' })
      await at().become(
        volumes,
        volumes.map(() => 'available/failed-over'),
      )
      expect(await at().roles(volumes)).toEqual([
        ['primary', 'primary'],
        ['primary', 'primary'],
        ['non-primary', 'primary'],
      ])
    })

    test('failing over again to the target that is active is not harmless: images are demoted and promoted anew', async () => {
      await at().failOver(at().world.target)
      const before = await tags(at(), volumes)
      expect(await at().failOver(at().world.target)).toMatchObject({ activeBackendId: at().world.target })
      const after = await tags(at(), volumes)
      expect(after.map((tag, i) => tag > (before[i] ?? 0))).toEqual(volumes.map(() => true))
      expect(await at().roles(volumes)).toEqual(volumes.map(() => ['non-primary', 'primary']))
    })
  })
}

/** The newest tag of each image's journal at site B: every change of role makes one. */
async function tags(stage: CloudStage, volumes: readonly MadeVolume[]): Promise<readonly number[]> {
  return (await stage.lineages('b', volumes)).map(({ journal }) => journal?.newestTag?.id ?? -1)
}
