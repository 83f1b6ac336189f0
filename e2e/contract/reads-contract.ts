import { describe, expect, test } from 'vitest'
import { clusterPort } from '@/lib/adapters/ceph/cluster-port'
import { unreadable } from '@/lib/domain/data-health'
import { specText } from '@/lib/domain/words'
import type { Stage } from './stage'

/** The commands that look, and the shapes they print. Images: journal 0, snapshot 0, plain 0; all stay as they are. */
export function readsContract(at: () => Stage): void {
  const spec = (kind: 'journal' | 'snapshot' | 'plain') => {
    const image = at().images[kind][0]
    if (image === undefined) throw new Error('no image')
    return { image, text: specText(image) }
  }

  describe('rbd', () => {
    test('ls names the images of a pool', async () => {
      const names = await at().json('a', 'rbd', 'ls', at().world.pool)
      expect(names).toEqual(expect.arrayContaining([spec('journal').image.name, spec('plain').image.name]))
    })

    test.each(['journal', 'snapshot'] as const)(
      'info tells mode and role of an image in %s mode at once',
      async (mode) => {
        const [a, b] = await Promise.all([
          at().json('a', 'rbd', 'info', spec(mode).text),
          at().json('b', 'rbd', 'info', spec(mode).text),
        ])
        const globalId = (await at().row('a', spec(mode).image)).globalId
        expect(a).toMatchObject({ mirroring: { mode, state: 'enabled', global_id: globalId, primary: true } })
        expect(b).toMatchObject({ mirroring: { mode, state: 'enabled', global_id: globalId, primary: false } })
      },
    )

    test('info of an image that is not mirrored says nothing of mirroring', async () => {
      expect(await at().json('a', 'rbd', 'info', spec('plain').text)).not.toHaveProperty('mirroring')
    })

    test('snap ls shows the mirror snapshots of both sides', async () => {
      const [a, b] = await Promise.all(
        (['a', 'b'] as const).map((side) => at().json(side, 'rbd', 'snap', 'ls', '--all', spec('snapshot').text)),
      )
      const primary = {
        namespace: { type: 'mirror', state: 'primary', mirror_peer_uuids: expect.any(Array), complete: true },
      }
      const copy = {
        type: 'mirror',
        state: 'non-primary',
        primary_mirror_uuid: expect.any(String),
        primary_snap_id: expect.any(Number),
      }
      expect(a).toEqual(expect.arrayContaining([expect.objectContaining(primary)]))
      expect(b).toEqual(expect.arrayContaining([expect.objectContaining({ namespace: expect.objectContaining(copy) })]))
    })

    test('status lists who holds an image open', async () => {
      expect(await at().json('b', 'rbd', 'status', spec('snapshot').text)).toMatchObject({
        watchers: expect.arrayContaining([
          { address: expect.any(String), client: expect.any(Number), cookie: expect.any(Number) },
        ]),
      })
    })

    test('journal status lists the readers of a journal', async () => {
      const found = await at().json(
        'a',
        'rbd',
        'journal',
        'status',
        '--image',
        spec('journal').image.name,
        '--pool',
        at().world.pool,
      )
      expect(found).toMatchObject({
        minimum_set: expect.any(Number),
        active_set: expect.any(Number),
        registered_clients: expect.arrayContaining([expect.objectContaining({ id: '', state: 'connected' })]),
      })
    })

    test('mirror image status has both sites', async () => {
      expect(await at().json('a', 'rbd', 'mirror', 'image', 'status', spec('snapshot').text)).toMatchObject({
        state: 'up+stopped',
        description: 'local image is primary',
        peer_sites: [{ state: 'up+replaying', description: expect.stringMatching(/^replaying, \{/) }],
      })
    })

    test('mirror pool info names the peer and what it logs in as', async () => {
      const [a, b] = await Promise.all([
        at().ports.a.poolMirroring(at().world.pool),
        at().ports.b.poolMirroring(at().world.pool),
      ])
      const { remote } = await at().row('a', spec('journal').image)
      expect(a).toMatchObject({
        mode: 'image',
        peers: [{ direction: 'rx-tx', siteName: b.siteName, mirrorUuid: remote[0]?.mirrorUuid }],
      })
      expect(a.peers[0]?.clientName).toMatch(/^client\./)
    })

    test('a pool has the mirror uuid that its peer knows it by', async () => {
      const [a, b] = await Promise.all([
        at().ports.a.poolMirroring(at().world.pool),
        at().ports.b.poolMirroring(at().world.pool),
      ])
      expect(await at().ports.a.mirrorUuid(at().world.pool)).toBe(b.peers[0]?.mirrorUuid)
      expect(await at().ports.b.mirrorUuid(at().world.pool)).toBe(a.peers[0]?.mirrorUuid)
    })

    test('mirror pool status lists the daemons that answer', async () => {
      for (const side of ['a', 'b'] as const) {
        const daemons = await at().ports[side].daemons(at().world.pool)
        expect(daemons).toMatchObject([{ leader: true, health: 'OK', serviceId: expect.stringMatching(/^\d+$/) }])
      }
      const summary = await at().json('a', 'rbd', 'mirror', 'pool', 'status', at().world.pool)
      expect(summary).toMatchObject({
        summary: { health: expect.any(String), daemon_health: 'OK', states: expect.any(Object) },
      })
    })

    test('a daemon that mirrors is told apart by its id as by its name', async () => {
      const [found] = await at().ports.b.watchers([spec('snapshot').image])
      if (found?.kind !== 'known') throw new Error(found?.reason)
      const daemons = await at().ports.b.daemons(at().world.pool)
      const ids = daemons.flatMap(({ serviceId, instanceId }) => [serviceId, instanceId])
      expect(found.value.map(({ clientId }) => ids.includes(clientId))).toEqual([true])
    })
  })

  describe('ceph', () => {
    test('the facts of a cluster', async () => {
      const facts = await clusterPort('a', at().channel('a')).facts()
      expect(facts.health.status).toMatch(/^HEALTH_/)
      expect(facts.version).toMatch(/^\d+\.\d+\.\d+/)
      expect(facts.pools.map(({ name }) => name)).toContain(at().world.pool)
      expect(facts.monAddresses.length).toBeGreaterThan(0)
      expect(facts.osdsUp).toBeLessThanOrEqual(facts.osdsTotal)
      expect(facts.usedBytes + facts.availableBytes).toBeLessThanOrEqual(facts.totalBytes * 1.01)
    })

    test('the pools with images, and the clock there', async () => {
      const port = clusterPort('a', at().channel('a'))
      expect(await port.rbdPools()).toEqual(expect.arrayContaining([at().world.pool, at().world.sparePool]))
      expect(await port.clock()).toMatchObject({ at: expect.any(Number), roundTripMs: expect.any(Number) })
    })

    test('a healthy cluster says that the data of its images can be read', async () => {
      const health = await at().ports.a.dataHealth()
      expect(unreadable(health)).toBeNull()
      expect(health.groupStates.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(0)
      const pools = await clusterPort('a', at().channel('a')).pools()
      const pool = pools.find(({ name }) => name === at().world.pool)
      expect(health.otherPools).not.toContain(pool?.id)
    })

    test('fsid, health and the names of the pools', async () => {
      const { fsid } = await clusterPort('a', at().channel('a')).facts()
      expect(await at().json('a', 'ceph', 'fsid')).toEqual({ fsid })
      expect(await at().json('a', 'ceph', 'health')).toMatchObject({ status: expect.stringMatching(/^HEALTH_/) })
      expect(await at().json('a', 'ceph', 'osd', 'pool', 'ls')).toEqual(expect.arrayContaining([at().world.pool]))
    })
  })
}
