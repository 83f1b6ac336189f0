import { describe, expect, test } from 'vitest'
import { type ImageSpec, specText } from '@/lib/domain/words'
import type { Stage } from './stage'
import type { MadeImages, Side } from './world'

interface Refusal {
  readonly what: string
  readonly side: Side
  readonly verb: string
  readonly image: (images: MadeImages, pool: string) => ImageSpec | undefined
  readonly more?: readonly string[]
  readonly exit: number
  readonly says: string
}

const nope = (_: MadeImages, pool: string): ImageSpec => ({ pool, namespace: '', name: 'nope' })
const journal = ({ journal: [image] }: MadeImages) => image
const snapshot = ({ snapshot: [image] }: MadeImages) => image
const plain = ({ plain: [image] }: MadeImages) => image

const IS_PRIMARY = 'image is already primary'
const NOT_PRIMARY = 'image is not primary'
const ELSEWHERE = 'image is primary within a remote cluster or demotion is not propagated yet'
const NOT_ENABLED = 'rbd: mirroring not enabled on the image'
const NO_IMAGE = 'rbd: error opening image nope: (2) No such file or directory'

/** As the lab has them (ceph-facts 9): the exit code is the errno, the words are what people search the web for. */
const REFUSALS: readonly Refusal[] = [
  { what: 'promote a primary (journal)', side: 'a', verb: 'promote', image: journal, exit: 22, says: IS_PRIMARY },
  { what: 'promote a primary (snapshot)', side: 'a', verb: 'promote', image: snapshot, exit: 22, says: IS_PRIMARY },
  {
    what: 'promote while the peer is primary (journal)',
    side: 'b',
    verb: 'promote',
    image: journal,
    exit: 16,
    says: ELSEWHERE,
  },
  {
    what: 'promote while the peer is primary (snapshot)',
    side: 'b',
    verb: 'promote',
    image: snapshot,
    exit: 16,
    says: ELSEWHERE,
  },
  { what: 'demote a copy (journal)', side: 'b', verb: 'demote', image: journal, exit: 22, says: NOT_PRIMARY },
  { what: 'demote a copy (snapshot)', side: 'b', verb: 'demote', image: snapshot, exit: 22, says: NOT_PRIMARY },
  {
    what: 'resync a primary (journal)',
    side: 'a',
    verb: 'resync',
    image: journal,
    exit: 22,
    says: 'image is primary, cannot resync to itself',
  },
  {
    what: 'resync a primary (snapshot)',
    side: 'a',
    verb: 'resync',
    image: snapshot,
    exit: 22,
    says: 'image is primary, cannot resync to itself',
  },
  {
    what: 'snapshot of a journal image',
    side: 'a',
    verb: 'snapshot',
    image: journal,
    exit: 22,
    says: 'snapshot based mirroring not enabled on the image',
  },
  {
    what: 'snapshot of a copy',
    side: 'b',
    verb: 'snapshot',
    image: snapshot,
    exit: 22,
    says: 'when previous snapshot is non-primary',
  },
  {
    what: 'disable a copy',
    side: 'b',
    verb: 'disable',
    image: snapshot,
    exit: 22,
    says: 'mirrored image is not primary, add force option',
  },
  {
    what: 'enable in another mode',
    side: 'a',
    verb: 'enable',
    image: snapshot,
    more: ['journal'],
    exit: 22,
    says: 'invalid current image mirror mode',
  },
  { what: 'promote what is not mirrored', side: 'a', verb: 'promote', image: plain, exit: 22, says: NOT_ENABLED },
  { what: 'demote what is not mirrored', side: 'a', verb: 'demote', image: plain, exit: 22, says: NOT_ENABLED },
  { what: 'resync what is not mirrored', side: 'a', verb: 'resync', image: plain, exit: 22, says: NOT_ENABLED },
  { what: 'promote an image that is not there', side: 'a', verb: 'promote', image: nope, exit: 2, says: NO_IMAGE },
  { what: 'demote an image that is not there', side: 'a', verb: 'demote', image: nope, exit: 2, says: NO_IMAGE },
  {
    what: 'enable an image that is not there',
    side: 'a',
    verb: 'enable',
    image: nope,
    more: ['snapshot'],
    exit: 2,
    says: NO_IMAGE,
  },
]

/** What Ceph refuses, with which exit code and in which words. Images: journal 0, snapshot 0, plain 0 and 2. */
export function refusalsContract(at: () => Stage): void {
  describe('Ceph refuses', () => {
    test.each(REFUSALS)('$what: exit $exit', async ({ side, verb, image, more = [], exit, says }) => {
      const chosen = image(at().images, at().world.pool)
      if (chosen === undefined) throw new Error('no image')
      const said = await at().image(side, verb, chosen, ...more)
      expect(said.stderr).toContain(says)
      expect(said).toMatchObject({ exit, overdue: false })
    })

    test('to look into what is not there, with exit 2', async () => {
      const looks = [
        ['info', `${at().world.pool}/nope`],
        ['ls', 'nopool'],
        ['mirror', 'pool', 'info', 'nopool'],
        ['mirror', 'pool', 'status', 'nopool', '--verbose'],
        ['mirror', 'image', 'status', `${at().world.pool}/nope`],
      ]
      for (const look of looks) {
        const said = await at().look('a', 'rbd', ...look, '--format', 'json')
        expect(said.stderr).toContain('(2) No such file or directory')
        expect([look, said.exit]).toEqual([look, 2])
      }
    })

    test('the status of what is not mirrored, with exit 22', async () => {
      const image = plain(at().images)
      if (image === undefined) throw new Error('no image')
      const said = await at().look('a', 'rbd', 'mirror', 'image', 'status', specText(image), '--format', 'json')
      expect(said).toMatchObject({ exit: 22, stderr: expect.stringContaining(NOT_ENABLED) })
    })

    test('words it does not know, with exit 1', async () => {
      const said = await at().look('a', 'rbd', 'mirror', 'image', 'promot', 'x')
      expect(said).toMatchObject({ exit: 1, stderr: expect.stringContaining('unknown option') })
    })

    test.each(['journal', 'snapshot'])('to mirror a clone whose parent is not mirrored, in %s mode', async (mode) => {
      const [, , parent] = at().images.plain
      if (parent === undefined) throw new Error('no image')
      const said = await at().image('a', 'enable', await at().world.makeClone(parent), mode)
      expect(said).toMatchObject({
        exit: 22,
        stderr: expect.stringContaining('mirroring is not enabled for the parent'),
      })
    })
  })
}
