import { holds } from './journal-position'
import { type Journal, type Lineage, newestSnapshot, ORPHAN } from './lineage'
import { notOf, type PeerMark, type PeerMarks } from './peer-mark'
import type { Reading } from './reading'

export type Proof =
  | { readonly kind: 'proven'; readonly evidence: string }
  | { readonly kind: 'unproven'; readonly reason: string }

const unproven = (reason: string): Proof => ({ kind: 'unproven', reason })

/**
 * Does the copy hold everything the old primary ever acknowledged? Only then may it be promoted without loss.
 * Ceph's own yes is not enough: in snapshot mode it promotes a copy that never caught up without a word
 * (ceph-facts 1), so the ids of snapshots and the positions of journals decide, never a status text. `marks`: of three
 * sites, those of the right two.
 */
export function proof(primary: Reading<Lineage>, copy: Reading<Lineage>, marks: PeerMarks): Proof {
  if (primary.kind === 'unknown') return unproven(`the old primary could not be read: ${primary.reason}`)
  if (copy.kind === 'unknown') return unproven(`the copy could not be read: ${copy.reason}`)
  const from = primary.value
  const to = copy.value
  if (from.globalId !== to.globalId) return unproven('the two images are not one: their global ids differ')
  if (from.role !== 'non-primary') return unproven('the old primary is not demoted')
  if (from.mode !== to.mode) return unproven(`mode is ${from.mode} at the old primary and ${to.mode} at the copy`)
  return from.mode === 'snapshot' ? snapshotProof(from, to, marks) : journalProof(from, to, marks)
}

function snapshotProof(from: Lineage, to: Lineage, marks: PeerMarks): Proof {
  const demotion = newestSnapshot(from)
  if (demotion?.role !== 'primary-demoted') return unproven('the old primary has no demotion snapshot as its newest')
  const held = newestSnapshot(to)
  if (held === null) return unproven('the copy has no mirror snapshot')
  if (held.primarySnapId !== demotion.id) return unproven('the demotion has not arrived at the copy')
  const stranger = notOf(marks.from, held.primaryMirrorUuid)
  if (stranger !== null) return unproven(`the newest snapshot of the copy: ${stranger}`)
  if (held.role !== 'non-primary-demoted') return unproven('the newest snapshot of the copy is not a demotion')
  if (!held.complete) return unproven('the demotion snapshot is not completely copied')
  return {
    kind: 'proven',
    evidence: `the copy holds the demotion snapshot ${demotion.id} of the old primary, complete`,
  }
}

function journalProof(from: Lineage, to: Lineage, marks: PeerMarks): Proof {
  if (from.journal === null) return unproven('the journal of the old primary could not be read')
  if (to.journal === null) return unproven('the journal of the copy could not be read')
  if (from.journal.newestTag?.mirrorUuid !== ORPHAN)
    return unproven('the journal of the old primary does not end in a demotion')
  const tag = to.journal.newestTag
  if (tag?.mirrorUuid !== ORPHAN) return unproven('the demotion has not arrived at the copy')
  // A reader's position alone is no proof (ceph-facts 38): its own demotion says that it was primary, not that it replayed.
  if (tag.before === '') return unproven('the copy ends in a demotion of its own, not in this one')
  const stranger = notOf(marks.from, tag.before)
  if (stranger !== null) return unproven(`the demotion that the copy replayed: ${stranger}`)
  return positionsProof(from.journal, marks.to)
}

/** At the demoted primary the copy must have committed up to the tail, the demotion's own entry included. */
function positionsProof(journal: Journal, mark: PeerMark): Proof {
  const own = journal.clients.find((client) => client.id === '')
  const copies = journal.clients.filter((client) => client.id !== '')
  if (own?.position == null) return unproven('the old primary has no commit position')
  // Others may be registered: a third site's, or a destroyed one's for ever (ceph-facts 26).
  const known = mark.kind === 'uuid' ? copies.filter(({ id }) => id === mark.uuid) : copies
  const [copy] = known
  if (copy === undefined)
    return unproven(
      copies.length === 0
        ? 'no copy is registered in the journal of the old primary'
        : 'the target is not registered in the journal of the old primary; another copy is',
    )
  if (mark.kind === 'unknown')
    return unproven('the old primary has several peers, and which of them the target is is not known')
  if (known.length > 1)
    return unproven(`${copies.length} copies are registered in the journal; which is the target is not known`)
  if (copy.state !== 'connected') return unproven('the copy is disconnected from the journal')
  if (copy.position === null) return unproven('the copy has committed nothing of the journal')
  if (!holds(copy.position, own.position)) return unproven('the copy has not committed all entries of the old primary')
  if (journal.tail !== null && !holds(copy.position, journal.tail)) {
    return unproven('the journal of the old primary has entries that the copy has not committed')
  }
  const { tag, entry } = copy.position
  return {
    kind: 'proven',
    evidence: `the copy committed the journal to its end, tag ${tag} entry ${entry}, a demotion`,
  }
}
