import { ORPHAN } from '@/lib/domain/lineage'
import type { SiteName } from '@/lib/domain/words'
import type { Conditions } from './conditions'
import { journalTail, ownCommit } from './follow-journal'
import { mirrorUuid } from './identity'
import { type ImageState, type Position, peerOf } from './image-state'
import type { PoolSpec } from './spec'

export interface JournalView {
  readonly clients: {
    readonly id: string
    readonly state: 'connected' | 'disconnected'
    readonly position: Position | null
    /** The reader's image, where it was copied in full from this one. */
    readonly filled: string | null
  }[]
  readonly newestTag: { readonly id: number; readonly mirrorUuid: string; readonly before: string } | null
  readonly tail: Position | null
}

/** Entries of 4 KiB writes in one set of objects: 4 objects of 16 MiB. */
const PER_SET = 16_000
const ENTRY_BYTES = 4_096 + 33

/** What the journal keeps: whole sets, from the one that the slowest reader is in. */
export function keptBytes({ clients, tail }: JournalView): number | null {
  if (tail === null) return null
  const reached = clients.map(({ position }) => (position?.tag === tail.tag ? position.entry : 0))
  const first = Math.floor(Math.min(...reached, tail.entry) / PER_SET) * PER_SET
  return Math.max(0, tail.entry - first) * ENTRY_BYTES
}

/** An image's journal at a site at `t`, for which `image` is worked out; null in snapshot mode. */
export function journalOf(
  conditions: Conditions,
  pool: PoolSpec,
  image: ImageState,
  site: SiteName,
  t: number,
): JournalView | null {
  const copy = image.copies[site]
  if (copy?.mode !== 'journal') return null
  const peer = peerOf(image, site)
  const tail = copy.copying === null ? journalTail(conditions, site, copy, t) : null
  const own = copy.tag.owner === '' ? ownCommit(conditions, image, site, t) : tail
  const other = peer === null ? undefined : image.copies[peer]
  const clients: JournalView['clients'] = [{ id: '', state: 'connected', position: own, filled: null }]
  if (peer !== null && other?.mode != null) {
    // A copy that still follows has committed nothing in this journal unless it is this one that it follows.
    const follows = copy.tag.owner !== 'peer' && other.copying === null
    clients.push({
      id: mirrorUuid(conditions.seed, peer, pool.name),
      state: 'connected',
      position: follows ? other.position : null,
      filled: other.filled === true && other.copying === null ? other.id : null,
    })
  }
  const peerUuid = peer === null ? '' : mirrorUuid(conditions.seed, peer, pool.name)
  const told = (owner: typeof copy.tag.owner) => (owner === 'peer' ? peerUuid : owner === '<orphan>' ? ORPHAN : owner)
  const { id, owner, before = owner } = copy.tag
  return { clients, newestTag: { id, mirrorUuid: told(owner), before: told(before) }, tail }
}
