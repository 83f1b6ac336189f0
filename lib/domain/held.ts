import type { HeldInJournal } from './journal-tail'
import type { StatusDetail } from './mirror-status'
import type { Wholeness } from './side'
import type { HeldBySnapshot } from './snapshot-mark'
import { isFresh, type PoolRead } from './verdict-now'
import type { Grade } from './verdict-words'

/** The newest point in time that a copy is known to hold everything of, and how that is known. */
export interface Held {
  /** Epoch milliseconds, the console's clock. Null: nothing is known to be held. */
  readonly untilAt: number | null
  /** It held all that there was at the newest sample: while that goes on, only the time of sampling moves. */
  readonly caughtUp: boolean
  readonly grade: Grade
  readonly text: string
}

const nothing = (text: string): Held => ({ untilAt: null, caughtUp: false, grade: 'unknown', text })

/** What rbd-mirror's status alone supports. `snapshotAt`: by the console's clock, null where it gave none. */
export interface StatusEvidence {
  readonly detail: StatusDetail | null
  readonly snapshotAt: number | null
}

export interface HeldEvidence {
  /** hollow: it lost what it had from its parent (domain/hollow). */
  readonly copy: Wholeness | 'hollow'
  /** By positions sampled at the primary (journal mode). */
  readonly journal: HeldInJournal | null
  /** By a look at the copy's snapshots and the primary's times (snapshot mode). */
  readonly snapshot: HeldBySnapshot | null
  readonly status: StatusEvidence
  /** What was known before of this same copy under this same primary: data once held stays held. */
  readonly before: Held | null
}

/** The best claim that the evidence supports; never one that could be smaller than the loss. */
export function heldFrom(evidence: HeldEvidence): Held {
  const { copy, before } = evidence
  if (copy === 'hollow') return nothing("Hollow: where its parent's data was the copy reads zeros")
  if (copy === 'broken') return nothing('Split-brain: the copy holds another history')
  if (copy === 'copying') return nothing('The copy is not whole yet')
  const claims: Held[] = []
  // A position says nothing of a copy that may still be in its first copy.
  const byJournal = copy === 'whole' || before?.untilAt != null ? evidence.journal : null
  if (byJournal !== null) claims.push(fromJournal(byJournal))
  if (evidence.snapshot !== null) claims.push(fromSnapshot(evidence.snapshot))
  if (before?.untilAt != null) claims.push(before)
  const byStatus = copy === 'whole' ? fromStatus(evidence.status) : null
  if (byStatus !== null) claims.push(byStatus)
  const best = claims.reduce<Held | null>((a, b) => (a === null || (b.untilAt ?? 0) > (a.untilAt ?? 0) ? b : a), null)
  if (best === null) return nothing(nothingText(evidence))
  return byJournal?.caughtUp === true ? { ...best, caughtUp: true } : best
}

function fromJournal(found: HeldInJournal): Held {
  const { untilAt, caughtUp, exact } = found
  if (!exact) {
    const text = 'The end of the journal could not be read: from the commit positions, which may be behind by seconds'
    return { untilAt, caughtUp, grade: 'bounded', text }
  }
  const text = caughtUp
    ? 'At every sample the copy had committed the whole journal'
    : 'From the commit position of the copy, held against the ends of the journal sampled at the primary'
  return { untilAt, caughtUp, grade: 'measured', text }
}

function fromSnapshot(found: HeldBySnapshot): Held {
  const text = found.exact
    ? "The newest complete snapshot at the copy, with the primary's time of it"
    : 'The time of the newest complete snapshot was not read at the primary: that of an older one stands in'
  return { untilAt: found.untilAt, caughtUp: false, grade: found.exact ? 'measured' : 'bounded', text }
}

/**
 * The snapshot that it names, by the time of it. Of a journal a status supports nothing: rbd-mirror repeats "0 entries
 * behind" as of now for as long as it does not reach the primary (ceph-facts 25), whatever is written there.
 */
function fromStatus({ snapshotAt }: StatusEvidence): Held | null {
  if (snapshotAt === null) return null
  const text = "From rbd-mirror's status alone, up to 30 s old: the copy may hold a newer snapshot"
  return { untilAt: snapshotAt, caughtUp: false, grade: 'bounded', text }
}

function nothingText({ copy, status }: HeldEvidence): string {
  if (copy === 'first-copy') return 'No complete snapshot is at the copy yet'
  if (status.detail?.kind === 'replaying-journal' && (status.detail.entriesBehind ?? 0) > 0) {
    return 'Entries are behind; how much time that is has not been sampled yet'
  }
  if (status.detail?.kind === 'replaying-journal') {
    return 'rbd-mirror has replayed all that it saw of the journal; when it last saw it, it does not say'
  }
  return 'Nothing has been read yet that shows what the copy holds'
}

/** What a row and its pool's readings hold for a screen. */
export interface StoredHeld {
  readonly caughtUp: boolean
  /** In the set that is sampled at every step; false: in turn. */
  readonly sampled: boolean
  readonly untilAt: number | null
  readonly grade: Grade
}

/** Of the pool's reading at the primary: times of samples that hold for every caught-up row; see `pool_readings`. */
export interface SampleTimes {
  readonly sampledAt: number | null
  readonly fastSampledAt: number | null
}

/** The point held, as of now: a caught-up row says it by the pool's time of sampling, so that it need not be written. */
export function heldUntilOf(row: StoredHeld, times: SampleTimes | null): number | null {
  if (!row.caughtUp) return row.untilAt
  const sampledAt = (row.sampled ? times?.fastSampledAt : null) ?? times?.sampledAt ?? null
  if (sampledAt === null || row.untilAt === null) return row.untilAt
  return Math.max(sampledAt, row.untilAt)
}

/** The grade, as of now: what was measured is an upper bound only while one of the sides is not read. */
export function gradeNow(grade: Grade, left: PoolRead, right: PoolRead, nowMs: number): Grade {
  return grade === 'measured' && !(isFresh(left, nowMs) && isFresh(right, nowMs)) ? 'bounded' : grade
}
