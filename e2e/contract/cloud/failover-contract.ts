import { beforeAll, describe, expect, test } from 'vitest'
import type { BackendPool } from '@/lib/domain/cloud'
import { cloudArgv } from '@/lib/ports/cloud'
import type { CloudStage } from './stage'
import type { MadeVolume } from './world'

/** The safe way there and back: everything is demoted and proven first, then Cinder promotes. */
export function cloudFailoverContract(at: () => CloudStage): void {
  describe('a failover after every image was demoted and proven', () => {
    let data: readonly MadeVolume[] = []
    let plain: readonly MadeVolume[] = []
    let snapshot = ''
    let server: { readonly id: string; readonly root: MadeVolume } | null = null
    const there = () => {
      const [first, second] = data
      if (server === null || first === undefined || second === undefined) throw new Error('not made')
      return { server, first, second, all: [...data, server.root] }
    }

    beforeAll(async () => {
      await at().world.reset()
      data = await at().world.makeVolumes(2, 'replicated')
      plain = await at().world.makeVolumes(1, 'plain')
      snapshot = await at().world.makeSnapshot(plain[0]?.id ?? '')
      server = await at().world.makeServer(data.slice(0, 1))
      await at().followed('b', there().all)
    })

    const pool = async () => {
      const pools = await at().eventually(
        'the scheduler knows the pool',
        () => at().admin.backendPools(),
        (found) => found.some(({ host }) => host === at().world.host),
      )
      return pools.find(({ host }) => host === at().world.host)
    }
    let poolAtA: BackendPool | undefined

    const stopped = async () => {
      const { server: it } = there()
      await at().done(cloudArgv.stopServer(it.id))
      await at().eventually(
        'the server stops',
        () => at().serverStatus(it),
        (status) => status === 'SHUTOFF',
      )
    }
    const started = async () => {
      const { server: it } = there()
      await at().done(cloudArgv.startServer(it.id))
      await at().eventually(
        'the server starts',
        () => at().serverStatus(it),
        (status) => status === 'ACTIVE',
      )
    }

    test('no volume is in error, each keeps its status, and all are primary at site B', async () => {
      const { all } = there()
      await stopped()
      poolAtA = await pool()
      await at().done(cloudArgv.freeze(at().world.host))
      await at().demoteAll('a', all)
      expect(await at().roles(all)).toEqual(all.map(() => ['non-primary', 'non-primary']))
      const ended = await at().failOver(at().world.target)
      expect(ended).toMatchObject({
        status: 'disabled',
        replicationStatus: 'failed-over',
        activeBackendId: at().world.target,
        frozen: true,
      })
      await at().become(all, ['in-use/failed-over', 'available/failed-over', 'in-use/failed-over'])
      expect(await at().roles(all)).toEqual(all.map(() => ['non-primary', 'primary']))
    })

    test('a volume without replication is in error and not-capable, and so is its snapshot', async () => {
      await at().become(plain, ['error/not-capable'])
      expect(await at().admin.snapshots([snapshot])).toMatchObject([{ status: 'error' }])
    })

    test('attachments keep the monitors that they were given', async () => {
      const { server: it, first } = there()
      for (const volume of [first, it.root]) expect(await at().monitors(it, volume)).toEqual(at().world.monitors.a)
    })

    test('thawing enables the backend, and its pool is at site B', async () => {
      await at().done(cloudArgv.thaw(at().world.host))
      expect(await at().backend()).toMatchObject({
        frozen: false,
        status: 'enabled',
        replicationStatus: 'failed-over',
        activeBackendId: at().world.target,
      })
      const moved = await at().eventually(
        'its pool has moved',
        pool,
        (now) => now?.location?.fsid !== poolAtA?.location?.fsid,
      )
      // The fsid is the new cluster's; the file is still the one that the configuration names first.
      expect(moved?.location).toEqual({ ...poolAtA?.location, fsid: moved?.location?.fsid })
    })

    test("a data volume that is detached and attached again is given site B's monitors", async () => {
      const { server: it, first } = there()
      await at().done(cloudArgv.detachVolume(it.id, first.id))
      await at().eventually(
        'it is detached',
        () => at().volume(first),
        ({ status }) => status === 'available',
      )
      await at().done(cloudArgv.attachVolume(it.id, { id: first.id, device: null }))
      await at().eventually(
        'it is attached',
        () => at().volume(first),
        ({ status }) => status === 'in-use',
      )
      expect(await at().monitors(it, first)).toEqual(at().world.monitors.b)
    })

    test('a root volume cannot be detached; shelving and unshelving makes its attachment anew', async () => {
      const { server: it } = there()
      const refused = await at().act(cloudArgv.detachVolume(it.id, it.root.id))
      expect(refused).toMatchObject({ exit: 400 })
      expect(refused.stderr).toContain('Cannot detach a root device volume')
      await at().done(cloudArgv.shelveServer(it.id))
      const shelved = await at().eventually(
        'the server is shelved',
        () => at().serverStatus(it),
        (status) => /^SHELVED(_OFFLOADED)?$/.test(status),
      )
      if (shelved === 'SHELVED') await at().done(cloudArgv.shelveOffloadServer(it.id))
      await at().eventually(
        'it is offloaded',
        () => at().serverStatus(it),
        (status) => status === 'SHELVED_OFFLOADED',
      )
      await at().done(cloudArgv.unshelveServer(it.id))
      await at().eventually(
        'it is back',
        () => at().serverStatus(it),
        (status) => /^(ACTIVE|SHUTOFF)$/.test(status),
      )
      expect(await at().monitors(it, it.root)).toEqual(at().world.monitors.b)
    })

    test('the same way back ends as it began, but for what is without replication', async () => {
      const { all } = there()
      if ((await at().serverStatus(there().server)) === 'ACTIVE') await stopped()
      await at().followed('a', all)
      await at().demoteAll('b', all)
      expect(await at().failOver('default')).toMatchObject({
        status: 'enabled',
        disabledReason: '',
        replicationStatus: 'enabled',
        activeBackendId: null,
      })
      await at().become(all, ['in-use/enabled', 'available/enabled', 'in-use/enabled'])
      expect(await at().roles(all)).toEqual(all.map(() => ['primary', 'non-primary']))
      await at().become(plain, ['error/not-capable'])
      expect(await at().admin.snapshots([snapshot])).toMatchObject([{ status: 'error' }])
      await started()
    })

    test('their statuses are set back by hand; not-capable stays', async () => {
      const [volume] = plain
      await at().done(cloudArgv.resetVolumeStatus(volume?.id ?? '', 'available'))
      await at().done(cloudArgv.resetSnapshotStatus(snapshot, 'available'))
      await at().become(plain, ['available/not-capable'])
      expect(await at().admin.snapshots([snapshot])).toMatchObject([{ status: 'available' }])
    })
  })
}
