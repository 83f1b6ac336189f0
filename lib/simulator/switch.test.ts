import { describe, expect, test } from 'vitest'
import { scene } from './tiny-fixture'

const NOT_YET = 'demotion is not propagated yet'

describe('a planned switch', () => {
  test('in journal mode is refused with 16 until the demotion has arrived, 8 to 14 s later', async () => {
    const { run, clock, fault, lost } = scene()
    fault({ kind: 'write-rate', image: 'volumes/vol-journal-1', site: 'site-a', perSec: 20 })
    await clock.advance(10_000)
    expect(await run('site-a', 'rbd mirror image demote volumes/vol-journal-1')).toMatchObject({ exit: 0 })
    await clock.advance(7_900)
    const early = await run('site-b', 'rbd mirror image promote volumes/vol-journal-1')
    expect(early).toMatchObject({ exit: 16, stderr: expect.stringContaining(NOT_YET) })
    await clock.advance(6_200)
    expect(await run('site-b', 'rbd mirror image promote volumes/vol-journal-1')).toMatchObject({ exit: 0 })
    expect(lost('vol-journal-1')).toBe(0)
  })

  test('in snapshot mode goes through almost at once, with every write', async () => {
    const { run, clock, fault, lost, lineage } = scene()
    fault({ kind: 'write-rate', image: 'volumes/vol-snap-1', site: 'site-a', perSec: 20 })
    await clock.advance(10_000)
    await run('site-a', 'rbd mirror image demote volumes/vol-snap-1')
    await clock.advance(300)
    expect(await run('site-b', 'rbd mirror image promote volumes/vol-snap-1')).toMatchObject({ exit: 0 })
    expect(lost('vol-snap-1')).toBe(0)
    expect((await lineage('site-b', 'vol-snap-1'))?.mirroring).toMatchObject({ primary: true })
    expect((await lineage('site-a', 'vol-snap-1'))?.features).toContain('non-primary')
  })

  test('leaves the schedule at the old site, where it makes nothing any more', async () => {
    const { run, clock, lineage } = scene()
    await run('site-a', 'rbd mirror image demote volumes/vol-snap-2')
    await clock.advance(1_000)
    await run('site-b', 'rbd mirror image promote volumes/vol-snap-2')
    await clock.advance(300_000)
    expect(await run('site-b', 'rbd mirror snapshot schedule ls -R --format json')).toMatchObject({ stdout: '[]\n' })
    const taken = async (site: string) => (await lineage(site, 'vol-snap-2'))?.snapshots.at(-1)?.takenAt ?? 0
    expect(await taken('site-b')).toBeLessThan(clock.now() - 290_000)
    await run('site-b', 'rbd mirror snapshot schedule add --pool volumes --image vol-snap-2 1m')
    await clock.advance(130_000)
    expect(await taken('site-b')).toBeGreaterThan(clock.now() - 70_000)
    expect(await taken('site-a')).toBeGreaterThan(clock.now() - 70_000)
  })

  test('over and back, the copy follows each time', async () => {
    const { run, clock, row } = scene()
    for (const [from, to] of [
      ['site-a', 'site-b'],
      ['site-b', 'site-a'],
      ['site-a', 'site-b'],
    ] as const) {
      for (const name of ['vol-journal-2', 'vol-snap-3']) {
        expect(await run(from, `rbd mirror image demote volumes/${name}`)).toMatchObject({ exit: 0 })
        await clock.advance(15_000)
        expect(await run(to, `rbd mirror image promote volumes/${name}`)).toMatchObject({ exit: 0 })
        await clock.advance(40_000)
        expect((await row(from, name)).local).toMatchObject({ up: true, state: 'replaying' })
        expect((await row(to, name)).local.description).toBe('local image is primary')
      }
    }
  })

  test('does not arrive while the link is cut, nor while the daemon stands still', async () => {
    const { run, clock, fault } = scene()
    fault({ kind: 'cut-link', a: 'site-a', b: 'site-b' })
    await run('site-a', 'rbd mirror image demote volumes/vol-snap-1')
    await clock.advance(60_000)
    fault({ kind: 'stop-daemon', site: 'site-b' })
    fault({ kind: 'mend-link', a: 'site-b', b: 'site-a' })
    await clock.advance(60_000)
    expect(await run('site-b', 'rbd mirror image promote volumes/vol-snap-1')).toMatchObject({ exit: 16 })
    fault({ kind: 'start-daemon', site: 'site-b' })
    await clock.advance(2_000)
    expect(await run('site-b', 'rbd mirror image promote volumes/vol-snap-1')).toMatchObject({ exit: 0 })
  })
})

describe('the promotion that loses without a word', () => {
  test.each(['vol-snap-1', 'vol-journal-1'])('of %s: its newest is a demotion of its own', async (name) => {
    const { run, clock, fault, lost } = scene()
    await run('site-a', `rbd mirror image demote volumes/${name}`)
    await clock.advance(15_000)
    await run('site-b', `rbd mirror image promote volumes/${name}`)
    await clock.advance(40_000)
    fault({ kind: 'stop-daemon', site: 'site-b' })
    await run('site-b', `rbd mirror image demote volumes/${name}`)
    await clock.advance(15_000)
    expect(await run('site-a', `rbd mirror image promote volumes/${name}`)).toMatchObject({ exit: 0 })
    fault({ kind: 'write', image: `volumes/${name}`, site: 'site-a', writes: 25 })
    await clock.advance(60_000)
    await run('site-a', `rbd mirror image demote volumes/${name}`)
    await clock.advance(60_000)
    expect(await run('site-b', `rbd mirror image promote volumes/${name}`)).toMatchObject({ exit: 0, stderr: '' })
    expect(lost(name)).toBe(25)
  })
})
