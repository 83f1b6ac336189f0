import { pointAt } from './exposure'
import { behind, gradeOf, type Lane } from './if-lost'
import type { Stream } from './summary'
import { mergedPoints } from './tally'
import { countsNow } from './verdict-now'
import type { Verdict } from './verdict-words'

/** One row for a set of lanes of the same two sites; `pool` null for the whole direction. */
export function stream(lanes: readonly Lane[], pool: string | null, nowMs: number): Stream {
  const [first] = lanes
  if (first === undefined) throw new Error('a stream has at least one lane')
  const byVerdict: Partial<Record<Verdict, number>> = {}
  for (const { tally, from, to } of lanes) {
    addCounts(byVerdict, countsNow(tally.byVerdict, tally.images, from, to, nowMs))
  }
  const points = mergedPoints(lanes.map(({ tally, times }) => ({ points: tally.all, times })))
  const reads = lanes.flatMap(({ from, to }) => [from.observedAt, to.observedAt])
  return {
    pair: first.tally.pair,
    from: first.tally.from,
    to: first.tally.to,
    pool,
    images: lanes.reduce((total, { tally }) => total + tally.images, 0),
    byVerdict,
    behindObjective: lanes.reduce((total, lane) => total + behind(lane, 'all', nowMs), 0),
    worstHeldUntilAt: pointAt(points, 0),
    medianHeldUntilAt: pointAt(points, 0.5),
    worstGrade: gradeOf(lanes, nowMs),
    objectiveSec: Math.min(...lanes.map(({ tally }) => tally.objectiveSec)),
    readAt: reads.every((at) => at !== null) ? Math.min(...reads) : null,
  }
}

/** Adds the counts of `more` to `counts`. */
export function addCounts(
  counts: Partial<Record<Verdict, number>>,
  more: Readonly<Partial<Record<Verdict, number>>>,
): void {
  for (const [verdict, images] of Object.entries(more) as [Verdict, number][]) {
    counts[verdict] = (counts[verdict] ?? 0) + images
  }
}

/** One row a direction and pool, and one row a direction. Lanes without images are left out. */
export function streams(lanes: readonly Lane[], nowMs: number): { whole: Stream[]; pools: Stream[] } {
  const flowing = lanes.filter(({ tally }) => tally.images > 0)
  const directions = new Map<string, Lane[]>()
  for (const lane of flowing) {
    const key = `${lane.tally.from}>${lane.tally.to}`
    const list = directions.get(key)
    if (list === undefined) directions.set(key, [lane])
    else list.push(lane)
  }
  const byName = (a: Stream, b: Stream) => (`${a.from}/${a.to}/${a.pool}` < `${b.from}/${b.to}/${b.pool}` ? -1 : 1)
  return {
    whole: [...directions.values()].map((list) => stream(list, null, nowMs)).sort(byName),
    pools: flowing.map((lane) => stream([lane], lane.tally.pool, nowMs)).sort(byName),
  }
}
