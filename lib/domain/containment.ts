import { comparePositions, holds, type JournalPosition } from './journal-position'
import { type Journal, type Lineage, type MirrorSnapshot, ORPHAN } from './lineage'

/**
 * What one copy's history has that another's lacks. `contained`: nothing, the other holds all of it. `own`: something, which
 * a resync would delete. `unknown`: it cannot be told, and is never taken for contained.
 */
export type Containment =
  | { readonly kind: 'contained'; readonly evidence: string }
  | { readonly kind: 'own'; readonly evidence: string }
  | { readonly kind: 'unknown'; readonly reason: string }

const contained = (evidence: string): Containment => ({ kind: 'contained', evidence })
const own = (evidence: string): Containment => ({ kind: 'own', evidence })
const unknown = (reason: string): Containment => ({ kind: 'unknown', reason })

/**
 * Does `other` hold all that `copy` has? By the ids of snapshots and the positions of journals, as `proof` does it, never by
 * a status. `otherUuid`: the mirror uuid of the other's pool, as the copy's own site knows its peer; a rebuilt site has
 * another one than before, and its journals are registered under it. `copyUuid`: that of the copy's own pool, as the other
 * site knows it, under which that has what it copied from here.
 */
export function containedIn(
  copy: Lineage,
  other: Lineage,
  otherUuid: string | null,
  copyUuid: string | null,
): Containment {
  if (copy.globalId !== other.globalId) return unknown('the two images are not one: their global ids differ')
  if (copy.mode !== other.mode) return unknown(`its mode is ${copy.mode} at one site and ${other.mode} at the other`)
  if (copy.role === 'primary') return own('it is primary, and may be written to at this moment')
  if (otherUuid === null || otherUuid === '') return unknown('its site does not know the mirror uuid of the other site')
  return copy.mode === 'snapshot'
    ? bySnapshots(copy, other, otherUuid, copyUuid)
    : byJournal(copy.journal, other.imageId, otherUuid)
}

function bySnapshots(copy: Lineage, other: Lineage, otherUuid: string, copyUuid: string | null): Containment {
  // Half-copied ones at the end hold what the other wrote, and no more: the newest whole one says where it stands.
  const at = copy.snapshots.findLastIndex(({ complete }) => complete)
  const newest = copy.snapshots[at]
  if (newest === undefined) return unknown('it has no complete mirror snapshot')
  const half = copy.snapshots.slice(at + 1)
  if (half.some(({ role, primaryMirrorUuid }) => role !== 'non-primary' || primaryMirrorUuid !== otherUuid))
    return unknown('its newest mirror snapshots are incomplete, and not copies of the other site')
  switch (newest.role) {
    case 'primary':
      return unknown('its newest complete mirror snapshot is one of a primary')
    case 'primary-demoted':
      return demotionHeld(newest, other, copyUuid)
    case 'non-primary':
    case 'non-primary-demoted':
      return copyOf(newest, other, otherUuid)
  }
}

/** It was primary, and nobody could write to it since its demotion: does the other hold that? */
function demotionHeld(demotion: MirrorSnapshot, other: Lineage, copyUuid: string | null): Containment {
  if (copyUuid === null || copyUuid === '')
    return unknown('the other site does not know its mirror uuid: what that copied may be of a third site')
  const copies = other.snapshots.filter(
    ({ primarySnapId, primaryMirrorUuid }) => primarySnapId !== null && primaryMirrorUuid === copyUuid,
  )
  const held = copies.find(({ primarySnapId, complete }) => complete && primarySnapId === demotion.id)
  if (held !== undefined)
    return contained(`the other site holds its demotion, snapshot ${demotion.id}, complete (there ${held.id})`)
  const newest = copies.at(-1)
  if (newest === undefined) return unknown('the other site has no mirror snapshot left that was copied from it')
  return (newest.primarySnapId ?? 0) < demotion.id
    ? own(`its demotion, snapshot ${demotion.id}, never arrived: the other site holds ${newest.primarySnapId}`)
    : unknown(`the other site no longer has what it copied of snapshot ${demotion.id}`)
}

/** It is a copy of a snapshot of the other site: a copy cannot be written to, so that is all it has. */
function copyOf(held: MirrorSnapshot, other: Lineage, otherUuid: string): Containment {
  if (held.primarySnapId === null) return unknown('its newest mirror snapshot says that it was promoted by force')
  if (held.primaryMirrorUuid !== otherUuid)
    return unknown(`it was copied from another site than this one (mirror uuid ${held.primaryMirrorUuid || 'none'})`)
  const source = other.snapshots.find(({ id }) => id === held.primarySnapId)
  if (source === undefined) return unknown(`the other site no longer has snapshot ${held.primarySnapId}, its source`)
  return source.role === 'primary' || source.role === 'primary-demoted'
    ? contained(`it is a copy of snapshot ${source.id} of the other site, and holds no more`)
    : unknown(`snapshot ${source.id} of the other site is none that it made as a primary`)
}

function byJournal(journal: Journal | null, otherId: string, otherUuid: string): Containment {
  if (journal === null) return unknown('its journal could not be read')
  const owner = journal.newestTag?.mirrorUuid
  if (owner === undefined) return unknown('its journal has no tag')
  // A copy's journal takes a tag of the peer when it begins to replay, which it does only where the histories fit.
  const replayed = owner === otherUuid || (owner === ORPHAN && journal.newestTag?.before === otherUuid)
  if (replayed) return contained('it only replayed the journal of the other site, and wrote nothing itself')
  if (owner !== ORPHAN) return unknown(`it follows another site than this one (mirror uuid ${owner || 'its own'})`)
  return committedBy(journal, otherId, otherUuid)
}

/** Demoted: the other site must have committed its journal to the end. Others may be registered: a destroyed site stays. */
function committedBy({ clients, tail }: Journal, otherId: string, otherUuid: string): Containment {
  const end = clients.find(({ id }) => id === '')?.position ?? null
  const reader = clients.find(({ id }) => id === otherUuid)
  if (reader === undefined) return unknown('the other site is not registered in its journal')
  if (tail === null || end === null) return unknown('the end of its journal is not known')
  const last = comparePositions(tail, end) < 0 ? end : tail
  if (reader.position === null)
    return own(`its journal ends at ${placeText(last)}; the other site committed nothing of it`)
  if (!holds(reader.position, last))
    return own(
      `its journal ends at ${placeText(last)}; the other site committed it up to ${placeText(reader.position)}`,
    )
  // Whoever is registered late begins at the end, without having read anything (ceph-facts 38).
  return reader.filled === otherId
    ? contained(`the other site committed its journal to the end, ${placeText(last)}`)
    : unknown(
        `the other site stands at the end of its journal, ${placeText(last)}, but may have been registered there late: it never copied the image from here`,
      )
}

const placeText = ({ tag, entry }: JournalPosition): string => `tag ${tag} entry ${entry}`
