import { describe, expect, test } from 'vitest'
import { newestSnapshot } from '@/lib/domain/lineage'
import { type ImageSpec, specText } from '@/lib/domain/words'
import type { ProcessHandle } from '@/lib/ports/channel'
import { mirrorArgv } from '@/lib/ports/mirror'
import type { Stage } from './stage'

const ADDRESS = '127.0.0.1:0/4000000001'

/** Changes one by one, each looked at afterwards. Images: snapshot 0, plain 1, both spare. */
export function changesContract(at: () => Stage): void {
  const image = (kind: 'snapshot' | 'plain', number: number): ImageSpec => {
    const found = at().images[kind][number]
    if (found === undefined) throw new Error('no image')
    return found
  }

  describe('a change', () => {
    test('tells what was started before it ends, and is gone afterwards', async () => {
      let handle: ProcessHandle | null = null
      const said = await at()
        .channel('a')
        .change(mirrorArgv.snapshot(specText(image('snapshot', 0))), {
          attemptId: `contract-change-${process.pid}`,
          softDeadlineMs: 60_000,
          onStarted: (started) => {
            handle = started
          },
        })
      expect(said).toMatchObject({ exit: 0, overdue: false })
      expect(handle).toMatchObject({ pid: expect.any(Number), startTicks: expect.any(Number) })
      expect(await at().channel('a').mayLive(`contract-change-${process.pid}`, handle)).toBe('gone')
    })

    test('past its soft deadline is in doubt, and still is done', async () => {
      const spec = image('snapshot', 0)
      const before = newestSnapshot(await at().lineage('a', spec))?.id ?? 0
      const attemptId = `contract-late-${process.pid}`
      const said = await at()
        .channel('a')
        .change(mirrorArgv.snapshot(specText(spec)), { attemptId, softDeadlineMs: 1, onStarted: () => {} })
      expect(said).toMatchObject({ exit: null, overdue: true })
      const life = () => at().channel('a').mayLive(attemptId, null)
      await at().eventually('the process ends', life, (seen) => seen === 'gone')
      expect(newestSnapshot(await at().lineage('a', spec))?.id).toBeGreaterThan(before)
    })

    test('what is shown is the whole command line, without the mark', () => {
      const argv = mirrorArgv.demote('volumes/x')
      const shown = at().channel('a').shown(argv)
      expect(shown).toEqual(expect.arrayContaining(argv))
      expect(shown.join(' ')).not.toContain('ANTIPODE')
    })

    test('a mirror snapshot is complete at the copy soon after', async () => {
      const spec = image('snapshot', 0)
      const said = await at().image('a', 'snapshot', spec)
      expect(said).toMatchObject({ exit: 0, stdout: expect.stringMatching(/Snapshot ID: \d+/) })
      const id = Number(/Snapshot ID: (\d+)/.exec(said.stdout)?.[1])
      const copy = () => at().lineage('b', spec)
      await at().eventually('the copy holds it', copy, ({ snapshots }) =>
        snapshots.some((one) => one.complete && (one.primarySnapId ?? 0) >= id),
      )
    })
  })

  describe('mirroring of an image', () => {
    test('is enabled, enabled once more without harm, and disabled', async () => {
      const spec = image('plain', 1)
      const mirroring = async () => {
        const [item] = (
          await at()
            .channel('a')
            .call('images.lineage', { images: [spec] })
        ).images
        return item !== undefined && 'ok' in item ? item.ok.mirroring : null
      }
      expect(await at().image('a', 'enable', spec, 'snapshot')).toMatchObject({
        exit: 0,
        stdout: 'Mirroring enabled\n',
      })
      expect(await at().image('a', 'enable', spec, 'snapshot')).toMatchObject({
        exit: 0,
        stdout: 'Mirroring enabled\n',
      })
      expect(await mirroring()).toMatchObject({ mode: 'snapshot', state: 'enabled', primary: true })
      expect(await at().image('a', 'disable', spec)).toMatchObject({ exit: 0, stdout: 'Mirroring disabled\n' })
      expect(await mirroring()).toBeNull()
    })
  })

  describe('a whole pool', () => {
    test('is demoted and promoted, and what a try leaves over is left for the next', async () => {
      const pool = at().world.sparePool
      const { spare } = at().images
      const primaries = async (side: 'a' | 'b') =>
        (await at().ports[side].statuses(pool)).rows.filter(({ role }) => role === 'primary').length
      expect(await at().act('a', 'rbd', 'mirror', 'pool', 'demote', pool)).toMatchObject({
        exit: 0,
        stdout: `Demoted ${spare.length} mirrored images\n`,
      })
      expect(await primaries('a')).toBe(0)
      const promote = () => at().act('b', 'rbd', 'mirror', 'pool', 'promote', pool)
      await at().eventually('the whole pool is promoted', promote, ({ exit, stdout }) => {
        expect([0, 16, 30]).toContain(exit)
        expect(stdout).toMatch(/Promoted \d+ mirrored images/)
        return exit === 0
      })
      expect(await primaries('b')).toBe(spare.length)
    })
  })

  describe('a client', () => {
    test('is shut out by its address, listed, and let in again', async () => {
      // Two lists, one after the other, in 16.2.15 (addresses, then ranges): no JSON as a whole.
      const listed = async () => (await at().look('a', 'ceph', 'osd', 'blocklist', 'ls', '--format', 'json')).stdout
      expect(await at().act('a', ...mirrorArgv.evict(ADDRESS))).toMatchObject({ exit: 0 })
      expect(await listed()).toContain(ADDRESS)
      expect(await at().act('a', 'ceph', 'osd', 'blocklist', 'rm', ADDRESS)).toMatchObject({ exit: 0 })
      expect(await listed()).not.toContain(ADDRESS)
    })
  })
}
