import { type Held, heldFrom } from './held'
import type { JournalPosition } from './journal-position'
import { addSample, heldInJournal, NO_SAMPLES, startsAnew, type TailSample, tailSample } from './journal-tail'
import type { Lineage, MirrorSnapshot } from './lineage'
import type { Reading } from './reading'
import {
  continuesFrom,
  copyHolds,
  type HeldBySnapshot,
  heldBySnapshot,
  type SeenSnapshot,
  type SnapshotMarkPoint,
} from './snapshot-mark'

/** One image looked at just now at both sides, and what the poller had stored of it. Times by the console's clock. */
export interface HeldLook {
  readonly primary: Reading<Lineage>
  readonly copy: Reading<Lineage>
  /** Before either side was asked. */
  readonly askedAt: number
  /** What to take off a time that the primary's or the copy's site gave: its clock's lead plus the bound of that figure. */
  readonly primaryClockMs: number
  readonly copyClockMs: number
  /** The copy's client id in the primary's journal, the mirror uuid of its site; '' where it is not known. */
  readonly copyClientId: string
  /** Did the copy follow when it was last read? Without that a commit position may be of a copy that is being replaced. */
  readonly followed: boolean
  readonly marks: readonly SnapshotMarkPoint[]
  readonly tails: readonly TailSample[]
  readonly before: Held | null
}

/**
 * What the copy holds, from a look made just now: for a ledger that somebody decides on. Falls back on what was known
 * where a side cannot be read; a look can only move the point forward, because data once held stays held.
 */
export function heldByLook(look: HeldLook): Held {
  const { copy } = look
  const isCopy = copy.kind === 'known' && copy.value.role === 'non-primary'
  return heldFrom({
    copy: look.followed ? 'whole' : 'not-said',
    journal: isCopy && copy.value.mode === 'journal' ? byJournal(look) : null,
    snapshot: isCopy && copy.value.mode === 'snapshot' ? bySnapshots(look, copy.value) : null,
    status: { detail: null, snapshotAt: null },
    before: look.before === null ? null : { ...look.before, caughtUp: false },
  })
}

function byJournal({ primary, askedAt, copyClientId, tails }: HeldLook) {
  const stored = tails.reduce(addSample, NO_SAMPLES)
  if (primary.kind === 'unknown' || primary.value.role !== 'primary' || primary.value.journal === null) return null
  const { clients, tail } = primary.value.journal
  const positionOf = (id: string): JournalPosition | null =>
    clients.find((client) => client.id === id)?.position ?? null
  const others = clients.filter((client) => client.id !== '')
  const alone = others.length === 1 ? (others[0]?.position ?? null) : null
  const position = copyClientId === '' ? alone : positionOf(copyClientId)
  const sample = tailSample(askedAt, tail, positionOf(''))
  // Another journal than the one that was sampled: only the next sample can be held against this position.
  return startsAnew(stored, sample) ? null : heldInJournal(addSample(stored, sample), position)
}

function bySnapshots(look: HeldLook, copy: Lineage): HeldBySnapshot | null {
  const holds = copyHolds(copy.snapshots.map((snapshot) => seen(snapshot, look.copyClockMs)))
  const { primary } = look
  const made = primary.kind === 'known' ? primary.value.snapshots.map((s) => seen(s, look.primaryClockMs)) : []
  if (holds.kind === 'nothing') return null
  if (holds.kind === 'own-demotion') {
    if (!continuesFrom(made, holds.snapId)) return null
    return { untilAt: holds.takenAt, snapId: holds.snapId, exact: true }
  }
  // The stored time comes first: it was read nearer to the making, by a clock that was compared then.
  const known = new Set(look.marks.map((mark) => mark.snapId))
  const more = made.filter((s) => s.primary && s.complete && !known.has(s.id))
  const marks = [...look.marks, ...more.map((s) => ({ snapId: s.id, takenAt: Math.min(s.takenAt, look.askedAt) }))]
  return heldBySnapshot(marks, holds.primarySnapId)
}

const seen = (snapshot: MirrorSnapshot, clockMs: number): SeenSnapshot => ({
  id: snapshot.id,
  complete: snapshot.complete,
  primarySnapId: snapshot.primarySnapId,
  primary: snapshot.role === 'primary' || snapshot.role === 'primary-demoted',
  takenAt: snapshot.takenAt - clockMs,
})
