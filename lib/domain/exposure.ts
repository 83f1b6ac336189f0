import type { Grade } from './verdict-words'

/** Seconds of writes that would be lost if the primary vanished now. Grows by itself: only the point held is stored. */
export const exposureSec = (heldUntilAt: number, nowMs: number): number => Math.max(0, (nowMs - heldUntilAt) / 1000)

const RANK: Readonly<Record<Grade, number>> = { measured: 0, bounded: 1, estimated: 2, unknown: 3 }

/** The less sure of two. A figure over many images is as sure as its least sure member. */
export const lessSure = (a: Grade, b: Grade): Grade => (RANK[a] >= RANK[b] ? a : b)

/** Of points in time, oldest first: the one that a `share` of all lie before. 0 is the oldest, 0.5 the median. */
export function pointAt(sortedAscending: ArrayLike<number>, share: number): number | null {
  const { length } = sortedAscending
  if (length === 0) return null
  // Rounded towards the older point: a figure of loss is never made smaller by rounding.
  const index = Math.min(length - 1, Math.max(0, Math.floor(share * (length - 1))))
  return sortedAscending[index] ?? null
}

export interface ExposureFigures {
  readonly worstSec: number | null
  readonly p95Sec: number | null
  readonly medianSec: number | null
}

/** Worst, p95 and median of exposures, from the points held, oldest first. */
export function exposureFigures(heldAscending: ArrayLike<number>, nowMs: number): ExposureFigures {
  const at = (share: number) => {
    const point = pointAt(heldAscending, share)
    return point === null ? null : exposureSec(point, nowMs)
  }
  return { worstSec: at(0), p95Sec: at(0.05), medianSec: at(0.5) }
}
