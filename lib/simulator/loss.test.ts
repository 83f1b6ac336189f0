import { describe, expect, test } from 'vitest'
import { scene } from './tiny-fixture'

describe('the loss of a site', () => {
  test('costs what had not arrived, and the claim of the newest complete snapshot is never smaller', async () => {
    const { run, clock, fault, lineage, truth, lost } = scene()
    fault({ kind: 'write-rate', image: 'volumes/vol-snap-1', site: 'site-a', perSec: 10 })
    await clock.advance(200_000)
    const primary = await lineage('site-a', 'vol-snap-1')
    const copy = await lineage('site-b', 'vol-snap-1')
    const heldId = copy?.snapshots.findLast((snap) => snap.complete)?.primarySnapId
    const heldAt = primary?.snapshots.find((snap) => snap.id === heldId)?.takenAt ?? 0
    fault({ kind: 'lose-site', site: 'site-a' })
    const lostAt = clock.now()
    await clock.advance(60_000)
    expect(await run('site-b', 'rbd mirror image promote --force volumes/vol-snap-1')).toMatchObject({ exit: 0 })
    const claimedSec = (lostAt - heldAt) / 1000
    expect(lost('vol-snap-1')).toBeLessThanOrEqual(claimedSec * 10 + 1)
    expect(lost('vol-snap-1')).toBeGreaterThan(0)
    const { 'site-a': a, 'site-b': b } = truth('vol-snap-1')
    expect((a?.lastWriteAt ?? 0) - (b?.held[0]?.lastAt ?? 0)).toBeLessThanOrEqual(lostAt - heldAt + 100)
  })

  test('in journal mode costs less than the registered position says', async () => {
    const { clock, fault, lineage, truth } = scene()
    fault({ kind: 'write-rate', image: 'volumes/vol-journal-1', site: 'site-a', perSec: 100 })
    for (let i = 0; i < 20; i++) {
      await clock.advance(1_300)
      const journal = (await lineage('site-a', 'vol-journal-1'))?.journal
      const held = journal?.clients.find((client) => client.id !== '')?.position?.entry ?? 0
      const own = journal?.clients.find((client) => client.id === '')?.position?.entry ?? 0
      const tail = journal?.tail?.entry ?? 0
      expect(held).toBeLessThanOrEqual(truth('vol-journal-1')['site-b']?.writes ?? 0)
      expect(own).toBeLessThanOrEqual(tail)
      expect(tail).toBe(truth('vol-journal-1')['site-a']?.writes)
    }
  })

  test('leaves a status that reads well for half a minute, and replaying for ever', async () => {
    const { clock, fault, row, run } = scene()
    fault({ kind: 'lose-site', site: 'site-a' })
    await clock.advance(10_000)
    expect(await row('site-b', 'vol-snap-1')).toMatchObject({
      local: { up: true, state: 'replaying' },
      remote: [{ up: true, state: 'stopped' }],
    })
    await clock.advance(60_000)
    expect(await row('site-b', 'vol-snap-1')).toMatchObject({
      local: { up: true, state: 'replaying' },
      remote: [{ up: false, state: 'stopped', description: 'local image is primary' }],
    })
    const { summary } = JSON.parse((await run('site-b', 'rbd mirror pool status volumes --format json')).stdout)
    expect(summary).toMatchObject({ health: 'WARNING', daemon_health: 'OK', states: { unknown: 9 } })
  })

  test('makes commands there wait for Ceph’s time-out: 110 from rbd, 1 from ceph', async () => {
    const { clock, fault, world } = scene()
    fault({ kind: 'lose-site', site: 'site-a' })
    const rbd = world.command('site-a', ['rbd', 'ls', 'volumes'])
    const ceph = world.command('site-a', ['ceph', 'status'])
    const change = world.change('site-a', ['rbd', 'mirror', 'image', 'demote', 'volumes/vol-snap-1'], {
      attemptId: 'x',
    })
    await clock.advance(5_100)
    expect(await rbd).toMatchObject({ exit: 110, stderr: expect.stringContaining("couldn't connect to the cluster") })
    expect(await ceph).toMatchObject({ exit: 1, stderr: expect.stringContaining('timed out') })
    expect(world.mayLive('x')).toBe('lives')
    await clock.advance(25_000)
    expect(await change).toMatchObject({ exit: 110 })
  })

  test('a change that had its connection waits for the site, and is done when it returns', async () => {
    const { clock, fault, world, lineage } = scene({ commandScale: 1 })
    const change = world.change('site-a', ['rbd', 'mirror', 'image', 'demote', 'volumes/vol-snap-1'], {
      attemptId: 'x',
    })
    fault({ kind: 'lose-site', site: 'site-a' })
    await clock.advance(600_000)
    expect(world.mayLive('x')).toBe('lives')
    fault({ kind: 'back', site: 'site-a' })
    await clock.advance(1_000)
    expect(await change).toMatchObject({ exit: 0 })
    expect((await lineage('site-a', 'vol-snap-1'))?.mirroring).toMatchObject({ primary: false })
  })

  test('and its return: two primaries that no status complains about, until one is demoted', async () => {
    const { run, clock, fault, row } = scene()
    fault({ kind: 'lose-site', site: 'site-a' })
    await clock.advance(60_000)
    await run('site-b', 'rbd mirror image promote --force volumes/vol-journal-1')
    await run('site-b', 'rbd mirror image promote --force volumes/vol-snap-1')
    await clock.advance(40_000)
    expect((await row('site-b', 'vol-journal-1')).local.description).toBe('stopping replay')
    expect((await row('site-b', 'vol-snap-1')).local.description).toBe('orphan (force promoting)')
    fault({ kind: 'back', site: 'site-a' })
    await clock.advance(60_000)
    for (const site of ['site-a', 'site-b']) {
      expect(await row(site, 'vol-snap-1')).toMatchObject({
        primary: true,
        local: { description: 'local image is primary' },
      })
    }
    await run('site-a', 'rbd mirror image demote volumes/vol-journal-1')
    await run('site-a', 'rbd mirror image demote volumes/vol-snap-1')
    await clock.advance(6_000)
    expect((await row('site-a', 'vol-journal-1')).local).toMatchObject({
      state: 'error',
      description: 'split-brain detected',
    })
    expect((await row('site-a', 'vol-snap-1')).local).toMatchObject({ state: 'error', description: 'split-brain' })
  })
})

describe('a resync', () => {
  test('removes the copy and makes it anew from the primary', async () => {
    const { run, clock, lineage, row } = scene()
    const before = await lineage('site-b', 'vol-snap-1')
    await run('site-b', 'rbd mirror image resync volumes/vol-snap-1')
    await clock.advance(1_900)
    expect((await row('site-b', 'vol-snap-1')).local).toMatchObject({
      state: 'stopping_replay',
      description: 'resync requested',
    })
    await clock.advance(600)
    expect(await lineage('site-b', 'vol-snap-1')).toBeNull()
    expect(await run('site-b', 'rbd info volumes/vol-snap-1 --format json')).toMatchObject({ exit: 2 })
    await clock.advance(3_500)
    expect((await lineage('site-b', 'vol-snap-1'))?.snapshots).toMatchObject([{ complete: false }])
    await clock.advance(120_000)
    const after = await lineage('site-b', 'vol-snap-1')
    expect(after?.snapshots.at(-1)).toMatchObject({ complete: true, state: 'non_primary' })
    expect(after?.id).not.toBe(before?.id)
  })

  test('without a primary to copy from destroys the copy (ceph-facts 2)', async () => {
    const { run, clock, lineage } = scene()
    await run('site-a', 'rbd mirror image demote volumes/vol-snap-1')
    await clock.advance(1_000)
    await run('site-b', 'rbd mirror image resync volumes/vol-snap-1')
    await clock.advance(600_000)
    expect(await lineage('site-b', 'vol-snap-1')).toBeNull()
    await run('site-a', 'rbd mirror image promote volumes/vol-snap-1')
    await clock.advance(60_000)
    expect((await lineage('site-b', 'vol-snap-1'))?.mirroring).toMatchObject({ primary: false })
  })
})
