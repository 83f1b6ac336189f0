import { lessSure } from './exposure'
import type { Fate } from './fate'
import type { SampleTimes, StoredHeld } from './held'
import type { LostReason } from './summary'
import type { Grade, Verdict } from './verdict-words'
import type { PairName, SiteName } from './words'

/** Points held by a set of images. The caught-up ones have no point of their own: theirs is the time of sampling. */
export interface Points {
  /** Epoch milliseconds, ascending. */
  readonly own: Float64Array
  /** Caught up, in the sampled set, and sampled in turn. */
  readonly fast: number
  readonly slow: number
  /** Nothing is known to be held. */
  readonly none: number
  readonly worstGrade: Grade
}

/** One direction of one pool, counted as last read. Staleness is put in where it is used, since it comes by itself. */
export interface Tally {
  readonly pair: PairName
  readonly pool: string
  readonly from: SiteName
  readonly to: SiteName
  readonly images: number
  readonly byVerdict: Readonly<Partial<Record<Verdict, number>>>
  readonly lost: Readonly<Partial<Record<LostReason, number>>>
  readonly recover: number
  /** Images whose copy tries to reach its primary: what a cut link makes of them (see linkExplains). */
  readonly connecting: number
  /** Of all images of the direction, and of those that recover. */
  readonly all: Points
  readonly recovering: Points
  /** Of its pool. */
  readonly objectiveSec: number
  /** All and recovering again, by objective, where volume types give images others than the pool's. */
  readonly byObjective?: readonly ObjectivePoints[] | undefined
}

export interface ObjectivePoints {
  readonly objectiveSec: number
  readonly all: Points
  readonly recovering: Points
}

/** Collects points one image at a time; `finish` sorts. */
export function pointCollector() {
  const own: number[] = []
  let fast = 0
  let slow = 0
  let none = 0
  let worstGrade: Grade = 'measured'
  return {
    add(held: StoredHeld): void {
      if (held.untilAt === null) none++
      else if (!held.caughtUp) own.push(held.untilAt)
      else if (held.sampled) fast++
      else slow++
      if (held.untilAt !== null) worstGrade = lessSure(worstGrade, held.grade)
    },
    finish(): Points {
      return { own: Float64Array.from(own).sort(), fast, slow, none, worstGrade }
    },
  }
}

type PointCollector = ReturnType<typeof pointCollector>

const finished = (groups: ReadonlyMap<number, { all: PointCollector; recovering: PointCollector }>) =>
  [...groups].map(([objectiveSec, { all, recovering }]) => ({
    objectiveSec,
    all: all.finish(),
    recovering: recovering.finish(),
  }))

export function tallyBuilder(of: Pick<Tally, 'pair' | 'pool' | 'from' | 'to' | 'objectiveSec'>) {
  let images = 0
  let recover = 0
  let connecting = 0
  const byVerdict: Partial<Record<Verdict, number>> = {}
  const lost: Partial<Record<LostReason, number>> = {}
  const all = pointCollector()
  const recovering = pointCollector()
  const groups = new Map<number, { all: PointCollector; recovering: PointCollector }>()
  const groupOf = (objectiveSec: number) => {
    const found = groups.get(objectiveSec) ?? { all: pointCollector(), recovering: pointCollector() }
    groups.set(objectiveSec, found)
    return found
  }
  return {
    add(verdict: Verdict, held: StoredHeld, fate: Fate, objectiveSec: number): void {
      images++
      byVerdict[verdict] = (byVerdict[verdict] ?? 0) + 1
      all.add(held)
      const group = groupOf(objectiveSec)
      group.all.add(held)
      if (fate.kind !== 'lost') group.recovering.add(held)
      if (fate.kind === 'lost') lost[fate.reason] = (lost[fate.reason] ?? 0) + 1
      else {
        recover++
        recovering.add(held)
      }
    },
    addConnecting(): void {
      connecting++
    },
    finish: (): Tally => ({
      ...of,
      images,
      connecting,
      byVerdict,
      lost,
      recover,
      all: all.finish(),
      recovering: recovering.finish(),
      ...([...groups.keys()].every((sec) => sec === of.objectiveSec) ? {} : { byObjective: finished(groups) }),
    }),
  }
}

/** A tally with the times of sampling of its pool at `from`. */
export interface TimedPoints {
  readonly points: Points
  readonly times: SampleTimes
}

/** All points of several sets as one, oldest first. Caught-up images without a time of sampling count as none. */
export function mergedPoints(sets: readonly TimedPoints[]): Float64Array {
  const size = sets.reduce((sum, { points }) => sum + points.own.length + points.fast + points.slow, 0)
  const merged = new Float64Array(size)
  let end = 0
  for (const { points, times } of sets) {
    merged.set(points.own, end)
    end += points.own.length
    const fastAt = times.fastSampledAt ?? times.sampledAt
    if (fastAt !== null) {
      merged.fill(fastAt, end, end + points.fast)
      end += points.fast
    }
    if (times.sampledAt !== null) {
      merged.fill(times.sampledAt, end, end + points.slow)
      end += points.slow
    }
  }
  return merged.subarray(0, end).sort()
}

/** How many of ascending points lie at or before `limit`. */
export function countUpTo(ascending: Float64Array, limit: number): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ascending[middle] as number) <= limit) low = middle + 1
    else high = middle
  }
  return low
}
