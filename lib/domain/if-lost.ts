import { lessSure, pointAt } from './exposure'
import type { SampleTimes } from './held'
import type { IfLost, LostReason } from './summary'
import { countUpTo, mergedPoints, type Points, type Tally } from './tally'
import { isFresh, type PoolRead } from './verdict-now'
import type { Grade } from './verdict-words'
import type { SiteName } from './words'

/** One direction of one pool with the readings at both ends. */
export interface Lane {
  readonly tally: Tally
  readonly from: PoolRead
  readonly to: PoolRead
  readonly times: SampleTimes
}

export interface IfLostInput {
  readonly site: SiteName
  /** Directions whose primary is the site. */
  readonly lanes: readonly Lane[]
  /** Images primary at both sites, here and elsewhere. */
  readonly twoPrimaries: number
  /** Images of its mirrored pools that are not mirrored; null where nobody has counted. */
  readonly notMirrored: number | null
  /** Pool readings of the site itself. */
  readonly reads: readonly PoolRead[]
}

/** "If SITE is lost now": who comes back where, what is lost and why. The figures go on counting where they are shown. */
export function ifLost(input: IfLostInput, nowMs: number): IfLost {
  const { site, lanes, reads } = input
  const lost = new Map<LostReason, number>()
  const add = (reason: LostReason, images: number) => {
    if (images > 0) lost.set(reason, (lost.get(reason) ?? 0) + images)
  }
  const targets = new Map<SiteName, number>()
  for (const { tally, to } of lanes) {
    for (const [reason, images] of Object.entries(tally.lost)) add(reason as LostReason, images)
    // A copy that nobody can read is not counted on.
    if (isFresh(to, nowMs)) targets.set(tally.to, (targets.get(tally.to) ?? 0) + tally.recover)
    else add('stale-evidence', tally.recover)
  }
  add('split-brain', input.twoPrimaries)
  add('not-mirrored', input.notMirrored ?? 0)
  const good = lanes.filter(({ to, tally }) => tally.recover > 0 && isFresh(to, nowMs))
  const points = mergedPoints(good.map(({ tally, times }) => ({ points: tally.recovering, times })))
  const readTimes = reads.flatMap((read) => (read.observedAt === null ? [] : [read.observedAt]))
  return {
    site,
    known: reads.length > 0 && reads.every((read) => isFresh(read, nowMs)),
    primaries: sum(lanes.map(({ tally }) => tally.images)) + input.twoPrimaries + (input.notMirrored ?? 0),
    recover: sum([...targets.values()]),
    targets: [...targets]
      .filter(([, images]) => images > 0)
      .map(([target, images]) => ({ site: target, images }))
      .sort((a, b) => b.images - a.images),
    worstHeldUntilAt: pointAt(points, 0),
    medianHeldUntilAt: pointAt(points, 0.5),
    worstGrade: gradeOf(good, nowMs),
    behindObjective: sum(good.map((lane) => behind(lane, 'recovering', nowMs))),
    lost: [...lost].map(([reason, images]) => ({ reason, images })).sort((a, b) => b.images - a.images),
    readAt: readTimes.length === 0 ? null : Math.min(...readTimes),
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0)

/** How sure the least sure figure of these directions is, now; `unknown` where there is none. */
export function gradeOf(lanes: readonly Lane[], nowMs: number): Grade {
  if (lanes.length === 0) return 'unknown'
  return lanes.reduce<Grade>((grade, { tally, from, to }) => {
    const fresh = isFresh(from, nowMs) && isFresh(to, nowMs)
    return lessSure(grade, lessSure(tally.all.worstGrade, fresh ? 'measured' : 'bounded'))
  }, 'measured')
}

/** Images of a direction whose point held is older than the objective allows, now. */
export function behind({ tally, times }: Lane, which: 'all' | 'recovering', nowMs: number): number {
  const groups = tally.byObjective ?? [tally]
  return sum(groups.map((group) => late(group[which], nowMs - group.objectiveSec * 1000, times)))
}

function late(points: Points, limit: number, times: SampleTimes): number {
  const fastAt = times.fastSampledAt ?? times.sampledAt
  const fast = fastAt !== null && fastAt <= limit ? points.fast : 0
  const slow = times.sampledAt !== null && times.sampledAt <= limit ? points.slow : 0
  return countUpTo(points.own, limit) + fast + slow
}
