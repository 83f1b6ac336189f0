import { type Lineage, newestSnapshot, ORPHAN } from './lineage'
import { notOf, type PeerMark, type PeerMarks } from './peer-mark'
import { type Proof, proof } from './proof'
import type { Reading } from './reading'

/**
 * May `here` be promoted without loss while both sides are demoted? Either it is proven to hold what the other one
 * acknowledged, or its newest state is its own demotion and the other side has nothing beyond it: then it is promoted where
 * it was demoted. Two demotions of two terms, one at each side, are not told apart by a status, and are refused. `marks`:
 * `from` is the other side, `to` this one.
 */
export function promotable(other: Reading<Lineage>, here: Reading<Lineage>, marks: PeerMarks): Proof {
  const forward = proof(other, here, marks)
  if (other.kind === 'unknown' || here.kind === 'unknown') return forward
  if (here.value.role !== 'non-primary') return { kind: 'unproven', reason: 'it is not demoted here' }
  if (forward.kind === 'proven') return forward
  if (other.value.role !== 'non-primary') return forward
  if (
    endsInOwnDemotion(here.value) &&
    !endsInOwnDemotion(other.value) &&
    proof(here, other, turned(marks)).kind === 'proven'
  )
    return { kind: 'proven', evidence: 'it was demoted here, and the other side holds that demotion and nothing newer' }
  if (isBehind(other.value, here.value, marks.to))
    return { kind: 'proven', evidence: 'it was demoted here, and the other side has not even come so far' }
  return forward
}

/** Seen from the other side. */
export const turned = ({ from, to }: PeerMarks): PeerMarks => ({ from: to, to: from })

/**
 * A demotion that was made here, not one that was replayed. In journal mode both end in an orphan's tag, and positions
 * alone mislead: a side that never began to replay the other's last term would count as whole (ceph-facts 13).
 */
const endsInOwnDemotion = ({ mode, journal, snapshots }: Lineage): boolean =>
  mode === 'snapshot'
    ? snapshots.at(-1)?.role === 'primary-demoted'
    : journal?.newestTag?.mirrorUuid === ORPHAN && journal.newestTag.before === ''

/** Does what `other` has end in the middle of what `here` has, which ends in its own demotion? */
function isBehind(other: Lineage, here: Lineage, mark: PeerMark): boolean {
  if (other.globalId !== here.globalId || other.mode !== here.mode) return false
  if (here.mode === 'journal') {
    const theirs = other.journal?.newestTag?.mirrorUuid
    // It still replays a term of this side's: a tag of its own, or an orphan's, would be of another term.
    return (
      endsInOwnDemotion(here) &&
      theirs !== undefined &&
      theirs !== '' &&
      theirs !== ORPHAN &&
      notOf(mark, theirs) === null
    )
  }
  const theirs = newestSnapshot(other)
  if (!endsInOwnDemotion(here) || theirs === null) return false
  if (theirs.role !== 'non-primary' && theirs.role !== 'non-primary-demoted') return false
  if (notOf(mark, theirs.primaryMirrorUuid) !== null) return false
  return theirs.primarySnapId !== null && here.snapshots.some(({ id }) => id === theirs.primarySnapId)
}
