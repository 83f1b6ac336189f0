import { describe, expect, test } from 'vitest'
import { scene } from './tiny-fixture'

const poolStatus = 'rbd mirror pool status volumes --verbose --format json'

describe('what the daemons say', () => {
  test('is up to 30 s old, while the copies themselves tell the truth at once', async () => {
    const { run, clock, fault, row, lineage } = scene()
    fault({ kind: 'write-rate', image: 'volumes/vol-journal-1', site: 'site-a', perSec: 10 })
    await clock.advance(120_000)
    const ages: number[] = []
    for (let i = 0; i < 40; i++) {
      await clock.advance(1_700)
      ages.push(clock.now() - ((await row('site-b', 'vol-journal-1')).local.lastUpdateAt ?? 0))
    }
    expect(Math.max(...ages)).toBeGreaterThan(25_000)
    expect(Math.max(...ages)).toBeLessThan(31_500)
    const said = JSON.parse((await row('site-b', 'vol-journal-1')).local.description.slice('replaying, '.length))
    const tail = (await lineage('site-a', 'vol-journal-1'))?.journal?.tail?.entry ?? 0
    expect(said.primary_position.entry_tid).toBeLessThan(tail)
    expect(Object.keys(said)).toEqual(
      expect.arrayContaining([
        'bytes_per_second',
        'entries_behind_primary',
        'entries_per_second',
        'non_primary_position',
      ]),
    )
    expect(await run('site-b', 'rbd info volumes/vol-journal-1 --format json')).toMatchObject({
      stdout: expect.stringContaining('"primary":false'),
    })
  })

  test('a daemon that was stopped says so last; one that was killed is believed in for half a minute', async () => {
    const { run, clock, fault, row } = scene()
    fault({ kind: 'stop-daemon', site: 'site-b' })
    await clock.advance(1_000)
    const stopped = { up: false, state: 'stopped', description: 'stopped' }
    expect(await row('site-a', 'vol-snap-1')).toMatchObject({
      local: { up: true, state: 'stopped' },
      remote: [stopped],
    })
    expect((await row('site-b', 'vol-snap-1')).local).toMatchObject(stopped)
    const atB = JSON.parse((await run('site-b', poolStatus)).stdout)
    expect(atB).toMatchObject({
      summary: { health: 'UNKNOWN', image_health: 'OK', states: { stopped: 9 } },
      daemons: [],
    })
    expect(JSON.parse((await run('site-a', poolStatus)).stdout).summary).toMatchObject({
      health: 'WARNING',
      daemon_health: 'OK',
      states: { unknown: 9 },
    })

    fault({ kind: 'start-daemon', site: 'site-b' })
    await clock.advance(40_000)
    fault({ kind: 'kill-daemon', site: 'site-b' })
    await clock.advance(20_000)
    expect((await row('site-b', 'vol-snap-1')).local).toMatchObject({ up: true, state: 'replaying' })
    await clock.advance(20_000)
    expect((await row('site-b', 'vol-snap-1')).local).toMatchObject({ up: false, state: 'replaying' })
  })

  test('a new image is not found, then copying, then replaying', async () => {
    const { clock, fault, row } = scene()
    for (const mode of ['journal', 'snapshot'] as const) {
      fault({ kind: 'make-image', image: `volumes/new-${mode}`, site: 'site-a', mode, sizeBytes: 20_000_000_000 })
    }
    expect((await row('site-a', 'new-journal')).local).toEqual({
      up: false,
      state: 'unknown',
      description: 'status not found',
      lastUpdateAt: null,
    })
    await clock.advance(35_000)
    expect((await row('site-b', 'new-journal')).local).toMatchObject({
      state: 'syncing',
      description: expect.stringMatching(/^bootstrapping, IMAGE_SYNC\/COPY_IMAGE \d+%$/),
    })
    const syncing = (await row('site-b', 'new-snapshot')).local
    expect(syncing).toMatchObject({
      state: 'replaying',
      description: expect.stringContaining('"replay_state":"syncing"'),
    })
    expect(syncing.description).not.toContain('local_snapshot_timestamp')
    await clock.advance(60_000)
    expect((await row('site-b', 'new-journal')).local.state).toBe('replaying')
    expect((await row('site-b', 'new-snapshot')).local.description).toContain('local_snapshot_timestamp')
  })

  test('without a mgr the status comes late, whole and without daemons, and the schedules do not come at all', async () => {
    const { world, clock, fault } = scene()
    fault({ kind: 'lose-mgr', site: 'site-a' })
    const status = world.command('site-a', poolStatus.split(' '))
    const schedules = world.command('site-a', 'rbd mirror snapshot schedule ls -R --format json'.split(' '))
    await clock.advance(5_100)
    expect(await status).toMatchObject({ exit: 0, stderr: expect.stringContaining('failed to query services') })
    expect(JSON.parse((await status).stdout)).toMatchObject({ summary: { health: 'UNKNOWN' }, daemons: [] })
    expect(await schedules).toMatchObject({ exit: 74, stderr: 'rbd: invalid schedule list JSON received\n' })
  })

  test('without OSDs ceph answers and rbd waits', async () => {
    const { world, clock, fault } = scene()
    fault({ kind: 'lose-osds', site: 'site-a' })
    const list = world.command('site-a', ['rbd', 'ls', 'volumes'])
    expect(await world.command('site-a', ['ceph', 'fsid'])).toMatchObject({ exit: 0 })
    await clock.advance(5_500)
    expect(await list).toMatchObject({ exit: 110 })
  })
})

describe('a pool that is slow', () => {
  test('falls behind without losing what it held, and catches up', async () => {
    const { clock, fault, lineage } = scene()
    const held = async () =>
      (await lineage('site-b', 'vol-snap-1'))?.snapshots.findLast((s) => s.complete)?.primarySnapId ?? 0
    const newest = async () => (await lineage('site-a', 'vol-snap-1'))?.snapshots.at(-1)?.id ?? 0
    await clock.advance(90_000)
    fault({ kind: 'slow-sync', pool: 'volumes', factor: 100 })
    let before = await held()
    for (let i = 0; i < 20; i++) {
      await clock.advance(10_000)
      expect(await held()).toBeGreaterThanOrEqual(before)
      before = await held()
    }
    expect(await held()).toBeLessThan(await newest())
    fault({ kind: 'slow-sync', pool: 'volumes', factor: 1 })
    await clock.advance(65_000)
    expect(await newest()).toBe(await held())
  })

  test('a stopped scheduler makes no snapshots, and nothing else shows it', async () => {
    const { clock, fault, lineage, row } = scene()
    fault({ kind: 'stop-scheduler', site: 'site-a' })
    await clock.advance(300_000)
    const taken = (await lineage('site-a', 'vol-snap-1'))?.snapshots.at(-1)?.takenAt ?? 0
    expect(taken).toBeLessThan(clock.now() - 290_000)
    expect((await row('site-b', 'vol-snap-1')).local.description).toContain('"replay_state":"idle"')
  })

  test('a frozen clock stops everything but the answers', async () => {
    const { clock, fault, world, lineage } = scene()
    fault({ kind: 'freeze-clock' })
    const frozen = await lineage('site-a', 'vol-snap-1')
    await clock.advance(300_000)
    expect(await lineage('site-a', 'vol-snap-1')).toEqual(frozen)
    expect((await world.call('site-a', 'hello', {})).now).toBe(clock.now() - 300_000)
    fault({ kind: 'thaw-clock' })
    expect((await world.call('site-a', 'hello', {})).now).toBe(clock.now())
  })
})

describe('an open client', () => {
  test('is listed with its name in the sessions until it is shut out, and writes no more then', async () => {
    const { run, clock, fault, world, truth } = scene()
    fault({ kind: 'open-client', image: 'volumes/vol-snap-1', site: 'site-a', entity: 'client.nova' })
    fault({ kind: 'write-rate', image: 'volumes/vol-snap-1', site: 'site-a', perSec: 10 })
    const spec = { pool: 'volumes', namespace: '', name: 'vol-snap-1' }
    const watchers = async () => {
      const [item] = (await world.call('site-a', 'images.watchers', { images: [spec] })).images
      return item !== undefined && 'ok' in item ? item.ok : []
    }
    const [mirror, client] = await watchers()
    const sessions = JSON.parse((await run('site-a', 'ceph tell mon.* sessions -f json')).stdout) as {
      entity_name: string
      global_id: number
    }[]
    const named = (id?: string) => sessions.find((one) => one.global_id === Number(id))?.entity_name
    expect([named(mirror?.clientId), named(client?.clientId)]).toEqual(['client.rbd-mirror-peer', 'client.nova'])
    expect(await run('site-a', `ceph osd blocklist add ${client?.address} 3600`)).toMatchObject({ exit: 0 })
    expect(await watchers()).toHaveLength(1)
    const before = truth('vol-snap-1')['site-a']?.writes
    await clock.advance(30_000)
    expect(truth('vol-snap-1')['site-a']?.writes).toBe(before)
  })
})
