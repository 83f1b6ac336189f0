import { createHash } from 'node:crypto'
import type { HelperParams, HelperResult } from '@/lib/ports/helper-protocol'
import type { Desk } from './desk'
import { heldOfSnap } from './held-of-snap'
import type { Copy, Held, ImageState } from './image-state'
import type { PoolSpec } from './spec'
import { userSnapsOf } from './user-snaps'
import { heldAt, writtenAt } from './writes'

/** Objects of 4 MiB, as rbd makes them. The write with number k of a turn is to object k, round and round. */
const OBJECT_BYTES = 4_194_304
/** Ceph stamps an image at most once a minute while it is written to. */
const STAMP_MS = 60_000

type Ask<M extends 'images.ties' | 'images.written' | 'images.sampled'> = HelperParams<M>['images'][number]
type Item<T> = { ok: T } | { error: { errno: number; message: string } }
type Answered<M extends 'images.ties' | 'images.written' | 'images.sampled'> = Extract<
  HelperResult<M>['images'][number],
  { ok: unknown }
>['ok']

function each<A extends { pool: string; namespace: string; name: string }, T>(
  desk: Desk,
  asks: readonly A[],
  answer: (pool: PoolSpec, image: ImageState, copy: Copy, ask: A) => T,
): { observedAt: number; images: Item<T>[] } {
  const images = asks.map((ask): Item<T> => {
    const pool = desk.pool(ask.pool)
    const image = pool === null || ask.namespace !== '' ? null : desk.image(pool, ask.name)
    const copy = image?.copies[desk.site]
    if (pool === null || image === null || copy === undefined)
      return { error: { errno: 2, message: `image ${ask.pool}/${ask.name}: No such file or directory` } }
    return { ok: answer(pool, image, copy, ask) }
  })
  return { observedAt: Math.round(desk.now), images }
}

export const evidenceOf = {
  'images.ties': (desk: Desk, { images }: HelperParams<'images.ties'>) => {
    const children = childrenAt(desk)
    return each(
      desk,
      images,
      (_, image, copy, ask): Answered<'images.ties'> => ({
        id: copy.id,
        children: [...(children.get(`${ask.pool}/${image.name}`) ?? [])],
        resyncRequested: copy.resyncAt !== null,
      }),
    )
  },
  'images.written': (desk: Desk, { images }: HelperParams<'images.written'>) =>
    each(desk, images, (_, image, copy, ask): Answered<'images.written'> => {
      const lastAt = ownLastWrite(desk, copy)
      return {
        id: copy.id,
        sizeBytes: copy.sizeBytes,
        objectBytes: OBJECT_BYTES,
        modifiedAt: lastAt === null ? copy.createdAt : Math.floor(lastAt / STAMP_MS) * STAMP_MS,
        written: writtenSince(desk, image, copy, ask),
      }
    }),
  'images.sampled': (desk: Desk, { images, pieceBytes }: HelperParams<'images.sampled'>) =>
    each(desk, images, (_, image, copy, { snapId, offsets }): Answered<'images.sampled'> => {
      const held = snapId === null ? heldNow(desk, copy) : (heldOfSnap(desk.conditions, image, desk.site, snapId) ?? [])
      const hashes = offsets.map((offset) =>
        offset >= copy.sizeBytes ? digest('') : digest(`${copy.globalId} ${pieceBytes} ${pieceAt(copy, held, offset)}`),
      )
      return { id: copy.id, hashes }
    }),
} as const

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

const heldNow = (desk: Desk, copy: Copy): readonly Held[] => heldAt(desk.conditions, desk.site, copy, desk.now)

/** By the `pool/name` of the parent, the clones at this site. */
function childrenAt(desk: Desk): ReadonlyMap<string, readonly string[]> {
  const children = new Map<string, string[]>()
  for (const { pool, name } of desk.images.clones(desk.site)) {
    const parent = desk.image(pool, name)?.copies[desk.site]?.parent
    if (parent == null) continue
    const key = `${parent.pool}/${parent.name}`
    children.set(key, [...(children.get(key) ?? []), `${pool.name}/${name}`])
  }
  return children
}

/** The newest write that this site itself took: what a copy replays is stamped by nobody. */
function ownLastWrite(desk: Desk, copy: Copy): number | null {
  const own = copy.history.filter(({ site }) => site === desk.site).map(({ id }) => id)
  const times = heldNow(desk, copy).flatMap(({ turn, lastAt }) =>
    own.includes(turn) && lastAt !== null ? [lastAt] : [],
  )
  return times.length === 0 ? null : Math.max(...times)
}

function writtenSince(
  desk: Desk,
  image: ImageState,
  copy: Copy,
  { since }: Ask<'images.written'>,
): Answered<'images.written'>['written'] {
  if (since.kind === 'nothing') return { unknown: 'not asked' }
  if (since.kind === 'snapshot') {
    const user = userSnapsOf(copy).find(({ id }) => id === since.id)
    const then =
      user === undefined
        ? heldOfSnap(desk.conditions, image, desk.site, since.id)
        : heldAt(desk.conditions, desk.site, copy, user.takenAt)
    if (then === null) return { unknown: `snapshot ${since.id} is not there any more` }
    const more = heldNow(desk, copy).reduce((sum, { turn, writes }) => {
      return sum + Math.max(0, writes - (then.find((one) => one.turn === turn)?.writes ?? 0))
    }, 0)
    return { objects: objectsOf(copy, more), complete: true }
  }
  const turn = copy.history.findLast(({ site }) => site === desk.site)
  if (turn === undefined || copy.tag.owner === 'peer') return { objects: 0, complete: true }
  const writes =
    turn.until === null
      ? writtenAt(desk.conditions, desk.site, copy.runs, desk.now).writes
      : (copy.held.find((one) => one.turn === turn.id)?.writes ?? 0)
  const tag = turn.until === null ? copy.tag.id : copy.tag.id - 1
  const { position } = since
  const past = position === null || position.tag < tag ? 0 : position.tag > tag ? writes : position.entry
  return { objects: objectsOf(copy, Math.max(0, writes - past)), complete: true }
}

const objectCount = (copy: Copy): number => Math.max(1, Math.ceil(copy.sizeBytes / OBJECT_BYTES))
const objectsOf = (copy: Copy, writes: number): number => Math.min(writes, objectCount(copy))

/** The newest write of each turn to the object that the piece lies in: what tells its content from any other. */
function pieceAt(copy: Copy, held: readonly Held[], offset: number): string {
  const objects = objectCount(copy)
  const object = Math.floor(offset / OBJECT_BYTES)
  return held
    .flatMap(({ turn, writes }) => (writes > object ? [`${turn}:${Math.floor((writes - 1 - object) / objects)}`] : []))
    .join(' ')
}
