/**
 * A place in an image's journal. Entries are numbered from 0 within a tag; a new tag starts when the writer changes
 * (lock taken, demote, promote) and tag numbers only grow. Source: journal/ObjectRecorder, cls/journal/cls_journal_types.h.
 */
export interface JournalPosition {
  readonly tag: number
  readonly entry: number
}

/** Negative where `a` lies before `b`, 0 where they are the same place, positive where `a` lies after `b`. */
export const comparePositions = (a: JournalPosition, b: JournalPosition): number =>
  a.tag === b.tag ? a.entry - b.entry : a.tag - b.tag

/** Does a reader that stands at `at` hold the entry at `wanted`? */
export const holds = (at: JournalPosition, wanted: JournalPosition): boolean => comparePositions(wanted, at) <= 0
