/** From `at` on the value holds, until the next shift. Sorted by time; before the first shift the default holds. */
export interface Shift<T> {
  readonly at: number
  readonly value: T
}
export type Timeline<T> = readonly Shift<T>[]

/** A span of time in which something did not work; `to` is Infinity while it lasts. */
export interface Gap {
  readonly from: number
  readonly to: number
}

/** What held at `t`. */
export function valueAt<T>(line: Timeline<T>, t: number, initial: T): T {
  for (let i = line.length - 1; i >= 0; i--) {
    const shift = line[i] as Shift<T>
    if (shift.at <= t) return shift.value
  }
  return initial
}

/** The spans in which the line did not say `good`. */
export function gapsOf<T>(line: Timeline<T>, good: T): Gap[] {
  const gaps: Gap[] = []
  let from: number | null = null
  for (const shift of line) {
    if (shift.value !== good && from === null) from = shift.at
    if (shift.value === good && from !== null) {
      if (shift.at > from) gaps.push({ from, to: shift.at })
      from = null
    }
  }
  if (from !== null) gaps.push({ from, to: Number.POSITIVE_INFINITY })
  return gaps
}

/** The spans in which at least one of several things did not work. */
export function unionOf(lists: readonly (readonly Gap[])[]): Gap[] {
  const all = lists.flat().sort((a, b) => a.from - b.from)
  const merged: { from: number; to: number }[] = []
  for (const gap of all) {
    const last = merged.at(-1)
    if (last !== undefined && gap.from <= last.to) last.to = Math.max(last.to, gap.to)
    else merged.push({ ...gap })
  }
  return merged
}

/** The gap that `t` lies in. */
export const gapAt = (gaps: readonly Gap[], t: number): Gap | undefined => gaps.find((g) => g.from <= t && t < g.to)

/** How long it worked between `a` and `b`. */
export function workedMs(gaps: readonly Gap[], a: number, b: number): number {
  if (b <= a) return 0
  let worked = b - a
  for (const gap of gaps) {
    const overlap = Math.min(b, gap.to) - Math.max(a, gap.from)
    if (overlap > 0) worked -= overlap
  }
  return worked
}

/**
 * The latest moment such that `workMs` of working time lie between it and `t`. What was made by then and needs that
 * much work is done at `t`; everything made during a gap is caught up `workMs` after its end.
 */
export function workBefore(gaps: readonly Gap[], t: number, workMs: number): number {
  let cursor = t
  let left = workMs
  for (let i = gaps.length - 1; i >= 0; i--) {
    const gap = gaps[i] as Gap
    if (gap.from >= cursor) continue
    if (gap.to < cursor) {
      const worked = cursor - gap.to
      if (left <= worked) return cursor - left
      left -= worked
    }
    if (left === 0) return cursor
    cursor = gap.from
  }
  return cursor - left
}

/** The first moment by which `workMs` of working time have passed since `t`; Infinity where that is not in sight. */
export function workAfter(gaps: readonly Gap[], t: number, workMs: number): number {
  let cursor = t
  let left = workMs
  for (const gap of gaps) {
    if (gap.to <= cursor) continue
    if (gap.from > cursor) {
      const worked = gap.from - cursor
      if (left <= worked) return cursor + left
      left -= worked
    }
    cursor = gap.to
  }
  return cursor + left
}

/** The latest working moment at or before `t`. */
export function lastWorking(gaps: readonly Gap[], t: number): number {
  const gap = gapAt(gaps, t)
  return gap === undefined ? t : gap.from
}
