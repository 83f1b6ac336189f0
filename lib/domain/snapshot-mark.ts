/**
 * A mirror snapshot as one site lists it. `primary`: made there as primary (a demotion included), so `takenAt`
 * (epoch milliseconds) is the point in time that it holds. Otherwise it is a copy of `primarySnapId` at the other
 * site, and `takenAt` only says when the copying began: it is never used (ceph-facts 6).
 */
export interface SeenSnapshot {
  readonly id: number
  readonly complete: boolean
  readonly primarySnapId: number | null
  readonly primary: boolean
  readonly takenAt: number
}

/** A primary's snapshot and its time, by the console's clock. Kept while the primary lives, so that it can be used after. */
export interface SnapshotMarkPoint {
  readonly snapId: number
  readonly takenAt: number
}

export interface HeldBySnapshot {
  readonly untilAt: number
  /** Snapshot of the primary that the copy holds whole. */
  readonly snapId: number
  /** False where the time of this very snapshot was never read and an older one's stands in for it. */
  readonly exact: boolean
}

/** What a copy holds whole: a snapshot of the other site, its own demotion, or nothing. */
export type CopyHolds =
  | { readonly kind: 'snapshot'; readonly primarySnapId: number }
  | { readonly kind: 'own-demotion'; readonly snapId: number; readonly takenAt: number }
  | { readonly kind: 'nothing' }

/**
 * The newest complete mirror snapshot of a copy. One that it made itself as primary says that it has received nothing
 * since it was demoted; what it holds then depends on whether the new primary went on from that demotion.
 */
export function copyHolds(snapshots: readonly SeenSnapshot[]): CopyHolds {
  const whole = snapshots.filter((s) => s.complete).reduce<SeenSnapshot | null>(newer, null)
  if (whole === null) return { kind: 'nothing' }
  if (whole.primary) return { kind: 'own-demotion', snapId: whole.id, takenAt: whole.takenAt }
  return whole.primarySnapId === null ? { kind: 'nothing' } : { kind: 'snapshot', primarySnapId: whole.primarySnapId }
}

const newer = (a: SeenSnapshot | null, b: SeenSnapshot): SeenSnapshot => (a === null || b.id > a.id ? b : a)

/**
 * The time, at the primary, of the snapshot that the copy holds: from the marks of the primary's site alone. Ids of an
 * image's snapshots only grow, so where this one's time was never read, the newest older mark is a lower bound.
 * Null where no mark is old enough.
 */
export function heldBySnapshot(marks: readonly SnapshotMarkPoint[], primarySnapId: number): HeldBySnapshot | null {
  const mark = newestUpTo(marks, primarySnapId)
  if (mark === null) return null
  return { untilAt: mark.takenAt, snapId: primarySnapId, exact: mark.snapId === primarySnapId }
}

const newestUpTo = (marks: readonly SnapshotMarkPoint[], snapId: number): SnapshotMarkPoint | null =>
  marks.reduce<SnapshotMarkPoint | null>(
    (best, mark) => (mark.snapId <= snapId && (best === null || mark.snapId > best.snapId) ? mark : best),
    null,
  )

/**
 * Did the present primary go on from the copy's own demotion? Only then does the copy hold all that it had itself
 * when it was demoted; after a promotion by force the two histories differ.
 */
export const continuesFrom = (primarySnapshots: readonly SeenSnapshot[], demotionSnapId: number): boolean =>
  primarySnapshots.some((s) => !s.primary && s.complete && s.primarySnapId === demotionSnapId)

/** The marks that can still be an answer: the newest at or below what is held, and all above it. */
export function usefulMarks(
  marks: readonly SnapshotMarkPoint[],
  heldSnapId: number | null,
): readonly SnapshotMarkPoint[] {
  const base = heldSnapId === null ? null : newestUpTo(marks, heldSnapId)
  if (base === null) return marks
  const useful = marks.filter((mark) => mark.snapId >= base.snapId)
  return useful.length === marks.length ? marks : useful
}
