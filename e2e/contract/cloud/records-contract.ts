import { beforeAll, describe, expect, test } from 'vitest'
import type { Volume } from '@/lib/domain/cloud'
import { cloudArgv } from '@/lib/ports/cloud'
import type { CloudStage } from './stage'
import type { MadeVolume } from './world'

const NOBODY = '00000000-0000-0000-0000-000000000000'

/** The records of services: what is forgotten, adopted, deleted, and pointed at another place. */
export function cloudRecordsContract(at: () => CloudStage): void {
  describe('the records of a cloud', () => {
    let volumes: readonly MadeVolume[] = []
    let server: { readonly id: string; readonly root: MadeVolume } | null = null

    beforeAll(async () => {
      await at().world.reset()
      volumes = await at().world.makeVolumes(3, 'replicated')
      server = await at().world.makeServer([])
    })
    const nth = (index: number): MadeVolume => {
      const volume = volumes[index]
      if (volume === undefined) throw new Error('no volume')
      return volume
    }
    const gone = ({ id }: MadeVolume) =>
      at().eventually(
        'Cinder has forgotten it',
        () => at().admin.volumes([id]),
        (found) => found.length === 0,
      )

    test('a volume that is no longer managed is forgotten, and its image stays as it is, at both sites', async () => {
      await at().done(cloudArgv.unmanageVolume(nth(0).id))
      await gone(nth(0))
      expect(await at().roles([nth(0)])).toEqual([['primary', 'non-primary']])
    })

    test('an image is adopted under the name of a new volume, here and at its copy; of its replication nothing is said', async () => {
      const { host } = await at().volume(nth(1))
      const answer = await at().act(
        cloudArgv.manageVolume({
          host: host ?? '',
          sourceName: nth(0).image.name,
          name: 'contract-adopted',
          volumeType: 'replicated',
        }),
      )
      expect(answer.exit).toBe(0)
      const { id } = (JSON.parse(answer.stdout) as { volume: { id: string } }).volume
      const adopted = await at().eventually<Volume>(
        'it is adopted',
        () => at().volume({ id }),
        ({ status }) => status === 'available',
      )
      expect(adopted).toMatchObject({ replicationStatus: null, sizeGb: 1, nameId: id })
      const image = { ...nth(0).image, name: `volume-${id}` }
      expect(await at().world.siteA.found([nth(0).image, image])).toMatchObject([
        { value: { kind: 'absent' } },
        { value: { kind: 'there' } },
      ])
      await at().eventually(
        'its copy has the new name',
        () => at().world.siteB.found([image]),
        ([found]) => found?.kind === 'known' && found.value.kind === 'there',
      )
    })

    test('what is deleted is gone at both sites', async () => {
      await at().done(cloudArgv.deleteVolume(nth(1).id))
      await gone(nth(1))
      expect(await at().world.siteA.found([nth(1).image])).toMatchObject([{ value: { kind: 'absent' } }])
      await at().eventually(
        'its copy is gone',
        () => at().world.siteB.found([nth(1).image]),
        ([found]) => found?.kind === 'known' && found.value.kind === 'absent',
      )
    })

    test('a volume in use is not deleted', async () => {
      const refused = await at().act(cloudArgv.deleteVolume(server?.root.id ?? ''))
      expect(refused).toMatchObject({ exit: 400 })
      expect(refused.stderr).toContain('Volume status must be available or error')
    })

    test('a server that is stopped is not stopped again', async () => {
      const id = server?.id ?? ''
      await at().done(cloudArgv.stopServer(id))
      await at().eventually(
        'it stops',
        () => at().serverStatus({ id }),
        (status) => status === 'SHUTOFF',
      )
      const refused = await at().act(cloudArgv.stopServer(id))
      expect(refused).toMatchObject({ exit: 409 })
      expect(refused.stderr).toContain("Cannot 'stop' instance")
    })

    test('an attachment has its tag and whether it goes with its server, and keeps neither when it is made anew without', async () => {
      const [id, volume] = [server?.id ?? '', nth(2)]
      const attach = async (more: object) => {
        await at().done(cloudArgv.attachVolume(id, { id: volume.id, device: null, ...more }))
        await at().eventually(
          'it is attached',
          () => at().attachment({ id }, volume),
          (found) => found?.status === 'attached' && found.connection !== null,
        )
      }
      const disk = async () => (await at().admin.serverDisks([id])).find(({ volumeId }) => volumeId === volume.id)
      await attach({ tag: 'ledger', deleteOnTermination: true })
      expect(await disk()).toEqual({ serverId: id, volumeId: volume.id, tag: 'ledger', deleteOnTermination: true })
      await at().done(cloudArgv.detachVolume(id, volume.id))
      // Cinder says available a moment before Nova has forgotten it too, and refuses until then.
      await at().eventually(
        'Nova and Cinder have forgotten it',
        async () => [await disk(), (await at().volume(volume)).status] as const,
        ([left, status]) => left === undefined && status === 'available',
      )
      await attach({})
      expect(await disk()).toEqual({ serverId: id, volumeId: volume.id, tag: null, deleteOnTermination: false })
    })

    test('every compute host is told with whether it is up', async () => {
      const services = await at().admin.computeServices()
      const [one] = await at().admin.servers([server?.id ?? ''])
      expect(services.find(({ host }) => host === one?.host)).toMatchObject({ state: 'up', forcedDown: false })
    })

    const image = async (id: string) => {
      const found = (await at().admin.glanceImages()).find((one) => one.id === id)
      if (found === undefined) throw new Error(`Glance has no image ${id}`)
      return found
    }
    const placeOf = async (id: string): Promise<string> => (await image(id)).locations[0] ?? ''
    const dataOf = async (id: string) => {
      const [found] = await at().world.siteA.found([{ pool: 'images', namespace: '', name: id }])
      return found?.kind === 'known' ? found.value.kind : found?.reason
    }

    test('a record in Glance is given a place where its data is already, and has no last place taken away', async () => {
      const place = await placeOf(await at().world.makeGlanceImage('with-data'))
      expect(place).toMatch(/^rbd:\/\/[0-9a-f-]{36}\/images\/[0-9a-f-]{36}\/snap$/)
      const id = await at().world.makeGlanceImage('empty')
      expect(await image(id)).toMatchObject({ status: 'queued', locations: [] })
      await at().done(cloudArgv.addGlanceLocation(id, place))
      expect(await image(id)).toMatchObject({ status: 'active', locations: [place] })
      const refused = await at().act(cloudArgv.removeGlanceLocation(id, 0))
      expect(refused).toMatchObject({ exit: 403 })
      expect(refused.stderr).toContain('Cannot remove last location in the image')
    })

    test("a place that Glance does not find at its own cluster is refused: another cluster's too", async () => {
      const id = await at().world.makeGlanceImage('empty')
      const place = await placeOf(await at().world.makeGlanceImage('with-data'))
      for (const wrong of [place.replace(/snap$/, 'other'), place.replace(/^rbd:..[^/]+/, `rbd://${NOBODY}`)]) {
        const refused = await at().act(cloudArgv.addGlanceLocation(id, wrong))
        expect(refused).toMatchObject({ exit: 400 })
        expect(refused.stderr).toContain('Invalid location')
      }
      expect(await image(id)).toMatchObject({ status: 'queued', locations: [] })
    })

    test('a place that is taken away takes its data with it', async () => {
      const [one, two] = [await at().world.makeGlanceImage('with-data'), await at().world.makeGlanceImage('with-data')]
      await at().done(cloudArgv.addGlanceLocation(one, await placeOf(two)))
      expect((await image(one)).locations).toHaveLength(2)
      expect(await dataOf(one)).toBe('there')
      await at().done(cloudArgv.removeGlanceLocation(one, 0))
      expect((await image(one)).locations).toEqual([await placeOf(two)])
      expect(await dataOf(one)).toBe('absent')
      expect(await dataOf(two)).toBe('there')
    })
  })
}
