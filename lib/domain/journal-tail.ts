import { comparePositions, holds, type JournalPosition } from './journal-position'

/**
 * The end of a journal as the primary's site showed it: everything acknowledged by `at` (epoch milliseconds, the
 * console's clock BEFORE it asked) lies at or before `tail`. Asking first and reading after makes the claim hold
 * whatever the site's clock says; it costs the time that the question took.
 */
export interface TailSample {
  readonly at: number
  readonly tail: JournalPosition
  /** False where the tail itself could not be found and the primary's own commit position stands in for it. */
  readonly exact: boolean
}

/** Samples of one journal, in the order in which they were taken. */
export interface TailSeries {
  readonly samples: readonly TailSample[]
  /** The tail of the last exact sample, kept or not: a journal's tail never goes back. */
  readonly newestTail: JournalPosition | null
}

export const NO_SAMPLES: TailSeries = { samples: [], newestTail: null }

/** Before the first entry of any journal: tags and entries count from 0. */
export const JOURNAL_START: JournalPosition = { tag: -1, entry: -1 }

/**
 * How much older than its reading a client's own commit position may be. `rbd_journal_commit_age` is 5 s; as much
 * again for writes that are in the journal but not yet in the image, and for the flush of the position itself.
 */
export const COMMIT_MARGIN_MS = 10_000

/** One sample; where no tail was found the own commit position, made older by the margin. */
export function tailSample(at: number, tail: JournalPosition | null, own: JournalPosition | null): TailSample {
  if (tail !== null) return { at, tail, exact: true }
  return { at: at - COMMIT_MARGIN_MS, tail: own ?? JOURNAL_START, exact: false }
}

/**
 * The series with one sample more. A tail that went back is another journal (mirroring was set up anew) or a bad
 * reading: then nothing before it counts, and it does not count itself until the next one confirms it.
 */
export function addSample(series: TailSeries, sample: TailSample): TailSeries {
  if (!sample.exact) return { ...series, samples: [...series.samples, sample] }
  const wentBack = series.newestTail !== null && comparePositions(sample.tail, series.newestTail) < 0
  if (wentBack) return { samples: [], newestTail: sample.tail }
  return { samples: [...series.samples, sample], newestTail: sample.tail }
}

/** Did this sample make the series start anew? Then a commit position from before it says nothing any more. */
export const startsAnew = (series: TailSeries, sample: TailSample): boolean =>
  sample.exact && series.newestTail !== null && comparePositions(sample.tail, series.newestTail) < 0

export interface HeldInJournal {
  readonly untilAt: number
  /** The copy had committed everything that the newest sample saw. */
  readonly caughtUp: boolean
  readonly exact: boolean
}

/**
 * The newest time that the copy is known to hold everything of: max { at : tail <= position }. A position in a newer
 * tag than the samples know lies after them all, because a reader finishes a tag before it opens the next.
 * Null where no sample is held.
 */
export function heldInJournal(series: TailSeries, position: JournalPosition | null): HeldInJournal | null {
  const reached = position ?? JOURNAL_START
  let best: TailSample | null = null
  for (const sample of series.samples) {
    if ((best === null || sample.at >= best.at) && holds(reached, sample.tail)) best = sample
  }
  if (best === null) return null
  const newest = series.samples.at(-1)
  return { untilAt: best.at, caughtUp: newest !== undefined && holds(reached, newest.tail), exact: best.exact }
}

/** The later of two commit positions of the same reader of the same journal: a reader never goes back. */
export function furthest(a: JournalPosition | null, b: JournalPosition | null): JournalPosition | null {
  if (a === null) return b
  if (b === null) return a
  return comparePositions(a, b) >= 0 ? a : b
}

const KEEP_MS = 24 * 3600_000
const KEEP_ALL_MS = 60_000
/** Two kept samples of age x lie at most about x / 20 apart: a claim grows by five in a hundred at the most. */
const SPREAD = 20

/**
 * Fewer samples, the same truth: leaving one out can only make a claim of loss larger. What is older than `heldAt`
 * can never be the answer again, the last day is kept ever wider apart with age, its oldest and its newest one always.
 */
export function thinned(series: TailSeries, heldAt: number | null, nowMs: number): TailSeries {
  const kept: TailSample[] = []
  let nextAt = Number.POSITIVE_INFINITY
  for (const sample of series.samples.toReversed()) {
    const ageMs = nowMs - sample.at
    const useless = heldAt !== null && sample.at < heldAt
    const isOldest = sample === series.samples[0]
    const tooClose = !isOldest && ageMs > KEEP_ALL_MS && nextAt - sample.at < ageMs / SPREAD && sample.at !== heldAt
    if (kept.length > 0 && (useless || tooClose || (ageMs > KEEP_MS && sample.at !== heldAt))) continue
    kept.push(sample)
    nextAt = sample.at
  }
  return kept.length === series.samples.length ? series : { ...series, samples: kept.reverse() }
}
