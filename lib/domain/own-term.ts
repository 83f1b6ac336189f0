import type { JournalPosition } from './journal-position'
import { type JournalClient, type Lineage, type MirrorSnapshot, ORPHAN } from './lineage'

/** Where the histories of two copies part: the newest point that both are known to hold. */
export type CommonPoint =
  /** `madeAt`: epoch milliseconds by the clock of the side that made it, `side`. */
  | { readonly kind: 'snapshot'; readonly side: 0 | 1; readonly id: number; readonly madeAt: number }
  | { readonly kind: 'journal'; readonly position: JournalPosition }

/**
 * From where on a copy wrote by itself. `follower`: it did not. `sure`: is it read at both sides that they part there, or
 * taken for it, since Ceph keeps that snapshot longest?
 */
export type OwnTerm =
  | { readonly kind: 'follower'; readonly text: string }
  | { readonly kind: 'snapshot'; readonly id: number; readonly sure: 'exact' | 'about'; readonly text: string }
  | {
      readonly kind: 'journal'
      readonly position: JournalPosition | null
      readonly sure: 'exact' | 'at-most'
      readonly text: string
    }
  | { readonly kind: 'unknown'; readonly reason: string }

/** The mirror snapshots that the copy made itself since it last copied one. */
function ownSnapshots({ snapshots }: Lineage): readonly MirrorSnapshot[] {
  const last = snapshots.findLastIndex(({ role }) => role === 'non-primary' || role === 'non-primary-demoted')
  return snapshots.slice(last + 1)
}

/** The newest snapshot of `source` that `copy` holds completely, by its id at the source. */
const heldOf = (copy: Lineage, sourceUuid: string | null): number | null =>
  copy.snapshots.findLast(
    ({ complete, primarySnapId, primaryMirrorUuid }) =>
      complete && primarySnapId !== null && (sourceUuid === null || primaryMirrorUuid === sourceUuid),
  )?.primarySnapId ?? null

/** `copy` as it stands against `other`. `otherUuid`, `ownUuid`: mirror uuids of both pools, null where they are not known. */
export function ownTermOf(
  copy: Lineage,
  other: Lineage | null,
  uuids: { readonly own: string | null; readonly other: string | null },
): OwnTerm {
  if (copy.mode === 'journal') return ownJournal(copy, other, uuids.other)
  const own = ownSnapshots(copy)
  const [first] = own
  const newest = copy.snapshots.at(-1)
  if (first === undefined)
    return newest === undefined || newest.primarySnapId === null
      ? { kind: 'unknown', reason: 'its mirror snapshots do not say where its own writes began' }
      : { kind: 'follower', text: 'a copy, which nobody can write to' }
  // Its own term began before the split where the other holds a snapshot of it: then the parting lies there.
  const held = other === null ? null : heldOf(other, uuids.own)
  const parted = own.find(({ id }) => id === held)
  if (parted !== undefined)
    return { kind: 'snapshot', id: parted.id, sure: 'exact', text: `since snapshot ${parted.id}, the newest at both` }
  if (held !== null && held >= first.id)
    return { kind: 'unknown', reason: `snapshot ${held}, the newest at both, is not there any more` }
  // A promotion takes a snapshot before anybody can write (ceph-facts 27).
  if (copy.snapshots.length > own.length)
    return { kind: 'snapshot', id: first.id, sure: 'exact', text: `since it was promoted, snapshot ${first.id}` }
  // A promotion by force drops what it had copied (ceph-facts 36), so at neither side it is written what both hold. Then it
  // is the oldest that a peer still needs: its own first, or the newest that the other one copied.
  const { id } = own.find(({ linked }) => linked !== false) ?? first
  return { kind: 'snapshot', id, sure: 'about', text: `since snapshot ${id}, the oldest that the peer still needs` }
}

function ownJournal({ journal }: Lineage, other: Lineage | null, otherUuid: string | null): OwnTerm {
  if (journal === null) return { kind: 'unknown', reason: 'its journal could not be read' }
  const owner = journal.newestTag?.mirrorUuid
  if (owner === undefined) return { kind: 'unknown', reason: 'its journal has no tag' }
  const replayed = owner === ORPHAN ? (journal.newestTag?.before ?? '') !== '' : owner !== ''
  if (replayed) return { kind: 'follower', text: 'a copy, which nobody can write to' }
  const reader = journal.clients.find(({ id }) => id === otherUuid)
  const position = reader?.position ?? null
  const text = 'in its own newest term, by its journal'
  if (reader === undefined || position === null) return { kind: 'journal', position: null, sure: 'exact', text }
  if (!isFilled(reader, other))
    return {
      kind: 'journal',
      position: null,
      sure: 'at-most',
      text: `${text}; how much of it the other took is not known, for its reader may have been registered late`,
    }
  const past = `past tag ${position.tag} entry ${position.entry} of its journal, the newest that the other committed`
  return { kind: 'journal', position, sure: 'exact', text: past }
}

/** Did the other side begin by copying this image? Only then is its position one that it came to by reading. */
const isFilled = ({ filled }: JournalClient, other: Lineage | null): boolean =>
  filled != null && (other === null || filled === other.imageId)

/** The newest point that both hold, by what one of them holds of the other; null where neither says it. */
export function commonPoint(
  [a, b]: readonly [Lineage, Lineage],
  [aUuid, bUuid]: readonly [string | null, string | null],
): CommonPoint | null {
  if (a.mode === 'snapshot') {
    const found = [madeBy(a, 0, heldOf(b, aUuid)), madeBy(b, 1, heldOf(a, bUuid))].filter((one) => one !== null)
    return found.sort((x, y) => y.madeAt - x.madeAt)[0] ?? null
  }
  const read = (of: Lineage, reader: Lineage, by: string | null) =>
    of.journal?.clients.find((one) => one.id === by && isFilled(one, reader))?.position ?? null
  // The one that was primary when they parted is read by the other; what was read of the other is of an older term.
  const position = (a.journal?.newestTag?.mirrorUuid === bUuid ? null : read(a, b, bUuid)) ?? read(b, a, aUuid)
  return position === null ? null : { kind: 'journal', position }
}

function madeBy(source: Lineage, side: 0 | 1, id: number | null): Extract<CommonPoint, { kind: 'snapshot' }> | null {
  const snapshot = source.snapshots.find((one) => one.id === id)
  return snapshot === undefined ? null : { kind: 'snapshot', side, id: snapshot.id, madeAt: snapshot.takenAt }
}
