import { holds } from '@/lib/domain/journal-position'
import { type Lineage, newestCompleteSnapshot } from '@/lib/domain/lineage'
import type { LedgerRow } from '@/lib/domain/plan'
import type { Reading } from '@/lib/domain/reading'
import type { Grade } from '@/lib/domain/verdict-words'

export type Held = Pick<LedgerRow, 'heldUntilAt' | 'grade' | 'text'>

/** What the poller knew of an image, with the pool's newest sample where the copy was caught up. */
export interface StoredHeld {
  readonly heldUntilAt: number | null
  readonly grade: Grade
  readonly text: string
}

/**
 * Up to when the copy holds everything: the later of what the poller knew and what both copies say now. Later is safe: each
 * is a point that the copy is proven to hold. `skewMs`: the primary site's clock minus ours, with its uncertainty taken off.
 */
export function heldNow(stored: StoredHeld, from: Reading<Lineage>, to: Reading<Lineage>, skewMs: number): Held {
  const seen = seenNow(from, to, skewMs)
  if (seen === null) return stored
  if (stored.heldUntilAt !== null && stored.heldUntilAt >= (seen.heldUntilAt ?? 0)) return stored
  return seen
}

function seenNow(from: Reading<Lineage>, to: Reading<Lineage>, skewMs: number): Held | null {
  if (from.kind === 'unknown' || to.kind === 'unknown') return null
  if (from.value.role !== 'primary' || to.value.role !== 'non-primary') return null
  if (from.value.mode === 'snapshot') {
    const held = newestCompleteSnapshot(to.value)?.primarySnapId
    const made = from.value.snapshots.find(({ id }) => id === held)
    if (held == null || made === undefined) return null
    return { heldUntilAt: made.takenAt - skewMs, grade: 'measured', text: `snapshot ${held} complete at the copy` }
  }
  const { journal } = from.value
  const copies = journal?.clients.filter(({ id }) => id !== '') ?? []
  const [copy] = copies
  if (journal?.tail == null || copies.length !== 1 || copy?.position == null) return null
  if (!holds(copy.position, journal.tail)) return null
  return { heldUntilAt: from.observedAt, grade: 'measured', text: 'the copy committed the journal to its tail' }
}
