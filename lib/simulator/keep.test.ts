import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { manualClock } from './manual-clock'
import { smallWorld } from './small-world'
import { REAL_TIMINGS } from './spec'
import { fileLog } from './state-log'
import { NINE, type Scene, scene } from './tiny-fixture'
import { createWorld } from './world'

const NAMES = ['vol-journal-1', 'vol-snap-1'] as const

async function found(at: Pick<Scene, 'world'>, site: string, name: string) {
  const spec = { pool: 'volumes', namespace: '', name }
  const [item] = (await at.world.call(site, 'images.found', { images: [spec] })).images
  return item !== undefined && 'ok' in item ? item.ok : null
}

/** A forced promotion at B while A goes on writing; then A's copy is set aside. */
async function keptAt(at: Scene, name: string): Promise<void> {
  at.fault({ kind: 'write-rate', image: `volumes/${name}`, site: 'site-a', perSec: 10 })
  await at.clock.advance(100_000)
  await at.run('site-b', `rbd mirror image promote --force volumes/${name}`)
  await at.clock.advance(20_000)
  expect(await at.run('site-a', `rbd mirror image disable volumes/${name}`)).toMatchObject({ exit: 0 })
}

describe('a loser that is kept', () => {
  test.each(NAMES)('holds every write that it took, by whatever name: %s', async (name) => {
    const at = scene()
    await keptAt(at, name)
    const held = at.truth(name)['site-a']?.held
    expect(at.truth(name)['site-a']?.writes).toBeGreaterThan(1_150)
    await at.clock.advance(60_000)
    expect(at.truth(name)['site-a']?.held).toEqual(held)
    await at.run('site-a', `rbd rename volumes/${name} volumes/${name}.kept`)
    expect(at.truth(`${name}.kept`)['site-a']?.held).toEqual(held)
    expect(Object.keys(at.truth(name))).toEqual(['site-b'])
    await at.clock.advance(40_000)
    expect((await at.row('site-a', name)).local).toMatchObject({ up: true, state: 'replaying' })
    expect(at.truth(`${name}.kept`)['site-a']?.held).toEqual(held)
    expect(at.truth(name)['site-a']?.held).not.toEqual(held)
  })

  test('is there after a restart of the simulator, with its id, and so is what was not renamed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'antipode-kept-'))
    const clock = manualClock(NINE)
    const spec = smallWorld({ ...REAL_TIMINGS, commandScale: 0 })
    const open = () => createWorld({ clock, spec, log: fileLog(folder) })
    const first = open()
    const run = (site: string, line: string) => first.command(site, line.split(' '))
    await run('site-a', 'rbd snap create volumes/vol-snap-1@point')
    await run('site-b', 'rbd mirror image promote --force volumes/vol-snap-1')
    await run('site-a', 'rbd mirror image disable volumes/vol-snap-1')
    await run('site-a', 'rbd rename volumes/vol-snap-1 volumes/vol-snap-1.kept')
    const kept = await found({ world: first }, 'site-a', 'vol-snap-1.kept')
    expect(kept).toMatchObject({ globalId: null, snapshots: ['point'] })
    first.close()
    const again = open()
    expect(await found({ world: again }, 'site-a', 'vol-snap-1.kept')).toEqual(kept)
    expect(await found({ world: again }, 'site-a', 'vol-snap-1')).toBeNull()
    await clock.advance(30_000)
    const fresh = await found({ world: again }, 'site-a', 'vol-snap-1')
    expect(fresh?.id).not.toBe(kept?.id)
    expect(fresh?.globalId).toEqual(expect.any(String))
    again.close()
    rmSync(folder, { recursive: true })
  })

  test('leaves the schedule of its name behind, which is listed no more', async () => {
    const at = scene()
    await at.run('site-a', 'rbd mirror snapshot schedule add --pool volumes --image vol-snap-1 2h')
    await keptAt(at, 'vol-snap-1')
    const listed = async () => (await at.run('site-a', 'rbd mirror snapshot schedule ls -R --format json')).stdout
    expect(await listed()).toContain('vol-snap-1')
    await at.run('site-a', 'rbd rename volumes/vol-snap-1 volumes/vol-snap-1.kept')
    expect(await listed()).not.toContain('vol-snap-1')
  })

  test('can be mirrored again under its new name, and its journal is found by its id', async () => {
    const at = scene()
    await keptAt(at, 'vol-journal-1')
    const writes = at.truth('vol-journal-1')['site-a']?.writes
    await at.run('site-a', 'rbd rename volumes/vol-journal-1 volumes/second')
    expect(await at.run('site-a', 'rbd mirror image enable volumes/second journal')).toMatchObject({ exit: 0 })
    await at.clock.advance(60_000)
    expect(at.truth('second')['site-b']?.writes).toBe(writes)
    const imageIds = [(await found(at, 'site-a', 'second'))?.id ?? '']
    const asked = { pool: 'volumes', namespace: '', imageIds }
    const { samples } = await at.world.call('site-a', 'journal.samples', asked)
    expect(samples).toMatchObject([{ ok: { imageId: imageIds[0] } }])
  })

  test('is named as their parent by its clones at that site, and by no others', async () => {
    const at = scene()
    const parents = async (site: string) => (await at.lineage(site, 'vol-clone-1'))?.parent?.name
    const family = ['images/img-base-1', 'volumes/vol-clone-1']
    for (const image of family) await at.run('site-b', `rbd mirror image promote --force ${image}`)
    // Its parent's mirroring ends after the clone's, with force or without.
    expect(await at.run('site-a', 'rbd mirror image disable --force images/img-base-1')).toMatchObject({ exit: 16 })
    for (const image of family.reverse()) await at.run('site-a', `rbd mirror image disable ${image}`)
    await at.run('site-a', 'rbd rename images/img-base-1 images/img-base-1.kept')
    await at.clock.advance(30_000)
    expect([await parents('site-a'), await parents('site-b')]).toEqual(['img-base-1.kept', 'img-base-1'])
  })
})

describe('an address of a monitor', () => {
  const address = '127.0.0.11:3300'
  const tried = async ({ world }: Scene, site: string) =>
    (await world.call(site, 'net.reach', { addresses: [address], timeoutMs: 2_000 })).results[0]

  test('takes a connection while its site is there, with dead OSDs too', async () => {
    const at = scene()
    at.fault({ kind: 'lose-osds', site: 'site-a' })
    for (const site of ['site-a', 'site-b'])
      expect(await tried(at, site)).toEqual({ address, reached: true, text: 'accepted' })
  })

  test('does not answer once its site is lost, or from the other end of a cut link', async () => {
    const silent = { address, reached: false, text: 'no answer within 2 s' }
    const at = scene()
    at.fault({ kind: 'cut-link', a: 'site-a', b: 'site-b' })
    expect(await tried(at, 'site-b')).toEqual(silent)
    expect(await tried(at, 'site-a')).toMatchObject({ reached: true })
    at.fault({ kind: 'mend-link', a: 'site-a', b: 'site-b' })
    at.fault({ kind: 'lose-site', site: 'site-a' })
    expect(await tried(at, 'site-b')).toEqual(silent)
  })
})
