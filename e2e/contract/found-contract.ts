import { describe, expect, test } from 'vitest'
import { clusterPort } from '@/lib/adapters/ceph/cluster-port'
import { type ImageSpec, specText } from '@/lib/domain/words'
import { mirrorArgv } from '@/lib/ports/mirror'
import type { Stage } from './stage'

/** What has a name, snapshots of the user's own, a rename by itself, and who can be reached. Images: journal 0, snapshot 0, plain 3. */
export function foundContract(at: () => Stage): void {
  const image = (kind: 'journal' | 'snapshot' | 'plain', number: number): ImageSpec => {
    const found = at().images[kind][number]
    if (found === undefined) throw new Error('no image')
    return found
  }
  const plain = () => image('plain', 3)
  const named = (spec: ImageSpec, name: string): ImageSpec => ({ ...spec, name })
  const snap = (side: 'a' | 'b', spec: ImageSpec, name: string) =>
    at().act(side, ...mirrorArgv.snapCreate(specText(spec), name))
  const rename = (side: 'a' | 'b', spec: ImageSpec, to: string) =>
    at().act(side, ...mirrorArgv.rename(specText(spec), to))

  describe('a snapshot of the user’s own', () => {
    test('is made of a primary and of what is not mirrored, once', async () => {
      for (const spec of [plain(), image('journal', 0), image('snapshot', 0)]) {
        expect(await snap('a', spec, 'first')).toMatchObject({ exit: 0, stdout: '' })
        expect(await snap('a', spec, 'first')).toMatchObject({
          exit: 17,
          stderr: expect.stringContaining('rbd: failed to create snapshot: (17) File exists'),
        })
        const quiet = await at().act('a', 'rbd', 'snap', 'create', `${specText(spec)}@second`, '--no-progress')
        expect(quiet).toMatchObject({ exit: 0, stdout: '', stderr: '' })
      }
    })

    test.each(['journal', 'snapshot'] as const)('is not made of a copy, in %s mode: exit 30', async (mode) => {
      expect(await snap('b', image(mode, 0), 'third')).toMatchObject({
        exit: 30,
        stderr: expect.stringContaining('rbd: failed to create snapshot: (30) Read-only file system'),
      })
    })

    test('needs a name, and an image', async () => {
      expect(await at().act('a', 'rbd', 'snap', 'create', specText(plain()))).toMatchObject({
        exit: 22,
        stderr: expect.stringContaining('rbd: snapshot name was not specified'),
      })
      expect(await snap('a', named(plain(), 'nope'), 'x')).toMatchObject({
        exit: 2,
        stderr: expect.stringContaining('rbd: error opening image nope: (2) No such file or directory'),
      })
    })

    test('comes to the copy with the content', async () => {
      await at().image('a', 'snapshot', image('snapshot', 0))
      for (const mode of ['journal', 'snapshot'] as const) {
        const held = async () => at().found('b', image(mode, 0))
        await at().eventually(
          'the copy has them',
          held,
          (seen) => seen.kind === 'there' && seen.snapshots.join() === 'first,second',
        )
      }
    })
  })

  describe('what has a name', () => {
    test('is told in the order asked, mirrored or not, and that nothing has it is known', async () => {
      const [journal, snapshot] = [image('journal', 0), image('snapshot', 0)]
      const nope = named(plain(), 'nope')
      const found = await at().ports.a.found([snapshot, nope, plain(), { ...nope, pool: 'nopool' }, journal])
      const [one, other] = await Promise.all([at().lineage('a', snapshot), at().lineage('a', journal)])
      const snapshots = ['first', 'second']
      expect(found.map((reading) => (reading.kind === 'known' ? reading.value : reading.reason))).toEqual([
        { kind: 'there', imageId: one.imageId, globalId: one.globalId, snapshots, features: expect.any(Array) },
        { kind: 'absent' },
        { kind: 'there', imageId: expect.stringMatching(/./), globalId: null, snapshots, features: expect.any(Array) },
        { kind: 'absent' },
        { kind: 'there', imageId: other.imageId, globalId: other.globalId, snapshots, features: expect.any(Array) },
      ])
      const journals = found.map((reading) =>
        reading.kind === 'known' && reading.value.kind === 'there'
          ? reading.value.features.includes('journaling')
          : null,
      )
      // One in snapshot mode may have a journal too: a refusal of journal mode leaves it one (ceph-facts 30).
      expect(journals).toEqual([expect.any(Boolean), null, false, null, true])
    })
  })

  describe('a rename', () => {
    test('keeps the image’s id and its snapshots, and its clones name it as it is called now', async () => {
      const to = named(plain(), `${plain().name}.else`)
      const child = await at().world.makeClone(plain())
      const parentOf = async () => {
        const { images } = await at()
          .channel('a')
          .call('images.lineage', { images: [child] })
        return images.map((item) => ('ok' in item ? item.ok.parent?.name : null))
      }
      expect(await parentOf()).toEqual([plain().name])
      const before = await at().found('a', plain())
      expect(await rename('a', plain(), specText(to))).toMatchObject({ exit: 0, stdout: '' })
      expect(await at().found('a', to)).toEqual(before)
      expect(await at().found('a', plain())).toEqual({ kind: 'absent' })
      expect(await parentOf()).toEqual([to.name])
      expect((await at().look('a', 'rbd', 'ls', to.pool)).stdout.split('\n')).toContain(to.name)
      // Without a pool the new name is in the pool of the old.
      expect(await rename('a', to, plain().name)).toMatchObject({ exit: 0 })
      expect(await at().found('a', plain())).toEqual(before)
    })

    test.each([
      [
        'of what is not there',
        (to: ImageSpec) => [named(to, 'nope'), specText(to)],
        2,
        '(2) No such file or directory',
      ],
      ['onto a name that is taken', (to: ImageSpec) => [plain(), specText(to)], 17, '(17) File exists'],
    ] as const)('%s is refused', async (_, what, exit, says) => {
      const [from, to] = what(image('plain', 0)) as [ImageSpec, string]
      expect(await rename('a', from, to)).toMatchObject({
        exit,
        stderr: expect.stringContaining(`rbd: rename error: ${says}`),
      })
    })

    test('into another pool is refused', async () => {
      expect(await rename('a', plain(), `${at().world.sparePool}/x`)).toMatchObject({
        exit: 22,
        stderr: expect.stringContaining('rbd: mv/rename across pools not supported'),
      })
    })

    test.each(['journal', 'snapshot'] as const)('of a copy is refused, in %s mode: exit 30', async (mode) => {
      expect(await rename('b', image(mode, 0), `${specText(image(mode, 0))}.x`)).toMatchObject({
        exit: 30,
        stderr: expect.stringContaining('rbd: rename error: (30) Read-only file system'),
      })
    })
  })

  describe('an address', () => {
    test('of a monitor takes a connection from either site, as the monitors’ map has it', async () => {
      const { monAddresses } = await clusterPort('a', at().channel('a')).facts()
      for (const side of ['a', 'b'] as const) {
        const tried = await at().ports[side].reaches(monAddresses)
        expect(tried).toEqual(monAddresses.map((address) => ({ address, reached: true, text: 'accepted' })))
      }
    })

    test('where nobody listens refuses it, and one bad address spoils no other', async () => {
      const { monAddresses } = await clusterPort('a', at().channel('a')).facts()
      const tried = await at().ports.a.reaches(['127.0.0.1:1', `v2:${monAddresses[0]}/0`, 'nonsense'])
      expect(tried.map(({ reached, text }) => [reached, text])).toEqual([
        [false, 'refused'],
        [true, 'accepted'],
        [false, 'no address of the form host:port'],
      ])
    })
  })
}
