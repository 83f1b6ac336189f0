import { beforeAll, describe, expect, test } from 'vitest'
import { specText } from '@/lib/domain/words'
import { AdapterError } from '@/lib/ports/errors'
import type { CloudStage } from './stage'
import type { MadeVolume } from './world'

const NOBODY = '00000000-0000-0000-0000-000000000000'

/** What a cloud says of itself that has been left alone. */
export function cloudReadsContract(at: () => CloudStage): void {
  describe('a cloud that is well', () => {
    let replicated: readonly MadeVolume[] = []
    let plain: readonly MadeVolume[] = []
    let server = { id: '', root: null as MadeVolume | null }
    let snapshot = ''

    beforeAll(async () => {
      await at().world.reset()
      replicated = await at().world.makeVolumes(2, 'replicated')
      plain = await at().world.makeVolumes(1, 'plain')
      snapshot = await at().world.makeSnapshot(replicated[0]?.id ?? '')
      server = await at().world.makeServer(replicated.slice(1))
    })

    const first = (volumes: readonly MadeVolume[]): MadeVolume => {
      const [volume] = volumes
      if (volume === undefined) throw new Error('no volume')
      return volume
    }

    test('the backend is enabled, up and where its configuration puts it', async () => {
      expect(await at().backend()).toMatchObject({
        status: 'enabled',
        disabledReason: '',
        state: 'up',
        replicationStatus: 'enabled',
        activeBackendId: null,
        frozen: false,
      })
    })

    test('its pool names the target and the way back, and where volumes are kept', async () => {
      const { host, target } = at().world
      const pools = await at().eventually(
        'the scheduler knows the pool',
        () => at().admin.backendPools(),
        (found) => found.some((pool) => pool.host === host),
      )
      const pool = pools.find((one) => one.host === host)
      expect(pool).toMatchObject({ replicationEnabled: true, location: { pool: 'volumes', user: 'cinder' } })
      expect([...(pool?.targets ?? [])].sort()).toEqual([target, 'default'].sort())
      expect(pool?.totalGb).toBeGreaterThan(0)
    })

    test('types say whether they replicate', async () => {
      const types = await at().admin.volumeTypes()
      const told = Object.fromEntries(types.map(({ name, replicated: is }) => [name, is]))
      expect(told).toMatchObject({ replicated: true, plain: false })
    })

    test('a volume of the replicated type is enabled, and its image is mirrored by journal, primary at site A', async () => {
      const volume = first(replicated)
      expect(await at().volume(volume)).toMatchObject({
        status: 'available',
        replicationStatus: 'enabled',
        typeName: 'replicated',
        sizeGb: 1,
        bootable: false,
        nameId: volume.id,
        attachedTo: [],
      })
      expect((await at().volume(volume)).host).toBe(`${at().world.host}#ceph`)
      expect(await at().lineages('a', [volume])).toMatchObject([{ mode: 'journal', role: 'primary' }])
      expect(await at().roles([volume])).toEqual([['primary', 'non-primary']])
    })

    test('a volume of another type is disabled in words of replication, and its image is not mirrored', async () => {
      const volume = first(plain)
      expect(await at().words([volume])).toEqual(['available/disabled'])
      const [a, b] = await Promise.all([at().world.siteA.found([volume.image]), at().world.siteB.found([volume.image])])
      expect(a).toMatchObject([{ value: { kind: 'there', globalId: null } }])
      expect(b).toMatchObject([{ value: { kind: 'absent' } }])
    })

    test("a server's volumes are in use, and each attachment names site A's monitors and the image", async () => {
      const { root } = server
      if (root === null) throw new Error('no root')
      const [told] = await at().admin.servers([server.id])
      expect(told).toMatchObject({ status: 'ACTIVE', taskState: null, glanceImageId: null })
      expect([...(told?.volumeIds ?? [])].sort()).toEqual([root, ...replicated.slice(1)].map(({ id }) => id).sort())
      for (const volume of [root, ...replicated.slice(1)]) {
        expect(await at().attachment(server, volume)).toMatchObject({
          status: 'attached',
          connection: { image: specText(volume.image), monitors: at().world.monitors.a },
        })
        expect(await at().volume(volume)).toMatchObject({ status: 'in-use', attachedTo: [{ serverId: server.id }] })
      }
    })

    test('pages of one give as much as one page of all', async () => {
      const paged = at().world.port('admin', { pageSize: 1 })
      const ids = (all: readonly { readonly id: string }[]): readonly string[] => all.map(({ id }) => id).sort()
      for (const list of ['volumes', 'snapshots', 'attachments', 'servers'] as const)
        expect(ids(await paged[list]('all')), list).toEqual(ids(await at().admin[list]('all')))
      expect(ids(await paged.volumeTypes())).toEqual(ids(await at().admin.volumeTypes()))
      expect(ids(await paged.projects())).toEqual(ids(await at().admin.projects()))
      expect((await at().admin.volumes('all')).length).toBeGreaterThanOrEqual(4)
    })

    test('what is asked for by id is given alone, and what is not there is left out', async () => {
      const volume = first(plain)
      expect((await at().admin.volumes([volume.id, NOBODY])).map(({ id }) => id)).toEqual([volume.id])
      expect((await at().admin.snapshots([NOBODY, snapshot])).map(({ id }) => id)).toEqual([snapshot])
      expect((await at().admin.servers([server.id, NOBODY])).map(({ id }) => id)).toEqual([server.id])
      expect(await at().admin.attachments([NOBODY])).toEqual([])
    })

    test('it says whom it takes us for, and which versions it speaks', async () => {
      const identity = await at().admin.identity()
      expect(identity.roles).toContain('admin')
      const told = new Map(identity.services.map(({ service, microversion }) => [service, microversion]))
      expect([told.get('volume'), told.get('compute'), told.get('image')]).toEqual(['3.70', '2.93', null])
    })

    test("a mere member is refused with the policy's words, also where the service itself would only say less", async () => {
      const refusal = async (work: Promise<unknown>): Promise<AdapterError> => {
        const error = await work.then(
          () => null,
          (thrown) => thrown,
        )
        if (error instanceof AdapterError) return error
        throw new Error(`not refused: ${error}`)
      }
      const policies = {
        'volume_extension:services:index': () => at().member.volumeServices(),
        'scheduler_extension:scheduler_stats:get_pools': () => at().member.backendPools(),
        'os_compute_api:servers:detail:get_all_tenants': () => at().member.servers('all'),
      }
      for (const [policy, ask] of Object.entries(policies)) {
        const error = await refusal(ask())
        expect(error).toMatchObject({ kind: 'denied', exit: 403 })
        expect(error.message).toContain(`Policy doesn't allow ${policy} to be performed.`)
        expect(error.message).toMatch(/\(req-[\w-]+\)$/)
      }
      expect((await refusal(at().member.volumes('all'))).kind).toBe('denied')
    })
  })
}
