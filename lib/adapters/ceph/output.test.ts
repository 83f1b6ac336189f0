import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import type { Channel, CommandResult } from '@/lib/ports/channel'
import { ask } from './ask'
import captured from './captures/outputs.json'
import { DiskFree, Pools, Status, sessionEntities, Versions } from './ceph-output'
import { PoolInfo, Schedules, toPoolMirroring } from './rbd-output'

type Captured = keyof typeof captured

/** A channel at which every command says what the lab said. */
const saying = (name: Captured) => {
  const { exit, stdout, stderr } = captured[name]
  const result: CommandResult = { exit, stdout, stderr, durationMs: 5, overdue: false }
  return { site: 'west', command: async () => result } as unknown as Channel
}
const read = <S extends z.ZodType>(schema: S, name: Captured) => ask(saying(name), schema, ['rbd'])

describe('rbd', () => {
  test('mirroring of a pool, with its peer', async () => {
    const found = toPoolMirroring('volumes', await read(PoolInfo, 'healthy-a-mirror-info'))
    expect(found).toMatchObject({ pool: 'volumes', mode: 'image', siteName: 'site-a' })
    expect(found.peers).toMatchObject([
      { direction: 'rx-tx', siteName: 'site-b', clientName: 'client.rbd-mirror-peer' },
    ])
  })

  test('a pool without mirroring has a mode and nothing else', async () => {
    expect(toPoolMirroring('vms', await read(PoolInfo, 'healthy-a-mirror-info-vms'))).toMatchObject({
      mode: 'disabled',
      peers: [],
    })
  })

  test('schedules at every level, as Ceph 16.2.15 prints them', () => {
    const printed = [
      { pool: '-', namespace: '-', image: '-', items: [{ interval: '3h', start_time: '' }] },
      { pool: 'volumes', namespace: '-', image: '-', items: [{ interval: '1m', start_time: '' }] },
      {
        pool: 'volumes',
        namespace: '',
        image: 'vol-snap-1',
        items: [{ interval: '5m', start_time: '14:00:00-05:00' }],
      },
    ]
    expect(Schedules.parse(printed)).toEqual([
      { pool: null, namespace: null, image: null, interval: '3h', startTime: null },
      { pool: 'volumes', namespace: null, image: null, interval: '1m', startTime: null },
      { pool: 'volumes', namespace: null, image: 'vol-snap-1', interval: '5m', startTime: '14:00:00-05:00' },
    ])
  })

  test('an answer of another shape is unreadable, and says where', async () => {
    await expect(read(Schedules, 'healthy-a-mirror-info')).rejects.toMatchObject({ kind: 'unreadable' })
  })
})

describe('ceph', () => {
  test('status: fsid, health, OSDs', async () => {
    const status = await read(Status, 'healthy-a-status')
    expect(status).toMatchObject({
      health: { status: 'HEALTH_OK', checks: [] },
      osdmap: { num_osds: 1, num_up_osds: 1 },
    })
  })

  test('a health check has its code and its summary', async () => {
    const { health } = await read(Status, 'dead-mgr-ceph-status')
    expect(health.status).toBe('HEALTH_WARN')
    expect(health.checks).toContainEqual({ code: 'MGR_DOWN', severity: 'HEALTH_WARN', summary: 'no active mgr' })
  })

  test('room by pool', async () => {
    const free = await read(DiskFree, 'healthy-a-df')
    expect(free.pools.map((pool) => pool.name)).toContain('volumes')
    expect(free.stats.total_bytes).toBe(10737418240)
  })

  test('the release that the monitors run, the oldest during an upgrade', async () => {
    expect(await read(Versions, 'healthy-a-versions')).toBe('16.2.15')
    const mon = { 'ceph version 18.2.4 (x) reef (stable)': 1, 'ceph version 9.0.1 (y)': 1 }
    expect(Versions.parse({ mon })).toBe('9.0.1')
  })

  test('pools with the rbd application, and no others', async () => {
    const pools = await read(Pools, 'healthy-a-pool-ls')
    expect(pools.filter((pool) => pool.applications.includes('rbd')).map((pool) => pool.name)).toEqual([
      'volumes',
      'images',
      'vms',
    ])
  })

  test('sessions of one monitor, and of several', () => {
    const one = '\n[{"entity_name":"client.admin","global_id":4156},{"entity_name":"","global_id":0}]\n'
    expect([...(sessionEntities(one) ?? [])]).toEqual([['4156', 'client.admin']])
    const two =
      '\nmon.a: [{"entity_name":"client.admin","global_id":1}]\n\nmon.b: [{"entity_name":"client.cinder","global_id":2}]\n'
    expect([...(sessionEntities(two) ?? [])]).toEqual([
      ['1', 'client.admin'],
      ['2', 'client.cinder'],
    ])
    expect(sessionEntities('')).toBeNull()
  })
})
