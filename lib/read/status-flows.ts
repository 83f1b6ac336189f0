import { lessSure } from '@/lib/domain/exposure'
import { holdingFor, type Suspension } from '@/lib/domain/suspension'
import { freshMs } from '@/lib/domain/verdict-now'
import type { Grade, Verdict } from '@/lib/domain/verdict-words'
import { otherSite, sitesOf } from '@/lib/domain/words'
import type { CopyState, ServiceFlow } from '@/lib/views/status'
import type { Moment } from './moment'
import type { CountGroup } from './status-counts'

const STATES: Record<Verdict, CopyState> = {
  following: 'in-step',
  copying: 'first-copy',
  stopped: 'halted',
  'both-secondary': 'closed',
  'no-copy': 'none',
  unprotected: 'none',
  error: 'none',
  hollow: 'none',
  'split-brain': 'apart',
  'two-primaries': 'apart',
  unknown: 'unknown',
}

/** Groups of one selection as flows: one a pool and primary, without the name of the pool. */
export function flowsOf(
  groups: readonly CountGroup[],
  moment: Moment,
  suspensions: readonly Suspension[],
): ServiceFlow[] {
  const lanes = new Map<string, CountGroup[]>()
  for (const group of groups) {
    const key = `${group.pair}/${group.pool}/${group.primarySite}`
    const list = lanes.get(key)
    if (list === undefined) lanes.set(key, [group])
    else list.push(group)
  }
  return [...lanes.values()].map((lane) => ({
    ...flowOf(lane, moment),
    pausedUntil: pausedUntil(lane, suspensions, moment.now),
  }))
}

/** Until when planned work explains that nothing is copied; null where it does not. */
function pausedUntil(lane: readonly CountGroup[], suspensions: readonly Suspension[], now: number): number | null {
  const [{ pair, pool, primarySite }] = lane as [CountGroup]
  if (primarySite === null) return null
  return holdingFor(suspensions, { pair, pool, from: primarySite }, now)?.endsAt ?? null
}

function flowOf(lane: readonly CountGroup[], moment: Moment): ServiceFlow {
  const [{ pair, pool, primarySite }] = lane as [CountGroup]
  const states: Partial<Record<CopyState, number>> = {}
  const add = (state: CopyState, images: number) => {
    if (images > 0) states[state] = (states[state] ?? 0) + images
  }
  const alone = lane.reduce((sum, { verdict, images }) => sum + (verdict === 'unprotected' ? images : 0), 0)
  const points: number[] = []
  const breaches: number[] = []
  let late = 0
  let connecting = 0
  let haltedFromAt: number | null = null
  let grade: Grade = 'measured'
  let objectiveSec = Number.POSITIVE_INFINITY
  for (const group of lane) {
    objectiveSec = Math.min(objectiveSec, group.objectiveSec)
    const state = group.orphan && STATES[group.verdict] !== 'apart' ? 'incomplete' : STATES[group.verdict]
    if (state !== 'in-step' && state !== 'halted') {
      add(state, group.images)
      continue
    }
    add('unmeasured', group.unheld)
    add(state, group.images - group.unheld)
    if (state === 'halted') {
      connecting += group.connecting
      // What is caught up holds everything: nothing says since when nobody looks.
      if (group.heldUntilAt !== null) haltedFromAt = Math.min(haltedFromAt ?? group.heldUntilAt, group.heldUntilAt)
    }
    const held = heldOf(group, moment)
    points.push(...held.points)
    breaches.push(...held.breaches)
    late += held.late
    if (held.points.length > 0) grade = lessSure(grade, group.grade)
  }
  return {
    from: primarySite,
    to: primarySite === null || pair === '' ? null : otherSite(pair, primarySite),
    disks: lane.reduce((sum, { images }) => sum + images, 0),
    states,
    ...(alone > 0 && { alone }),
    heldUntilAt: points.length === 0 ? null : Math.min(...points),
    grade: points.length === 0 ? 'unknown' : grade,
    objectiveSec: Number.isFinite(objectiveSec) ? objectiveSec : 0,
    late,
    connecting,
    haltedFromAt,
    lateFromAt: breaches.length === 0 ? null : Math.min(...breaches),
    reads: pair === '' ? [NOT_READ, NOT_READ] : readsOf(pair, pool, moment),
  }
}

/** Images of a pool that no site has a reading of: the poller has dropped it, and their rows go next. */
const NOT_READ = { site: 'A site', readAt: null, freshUntilAt: null }

/** Own points are in the rows; what is caught up is as old as the pool's time of sampling at the primary. */
function heldOf(group: CountGroup, { now, readings }: Moment) {
  const times = group.primarySite === null ? null : readings.pulse(group.primarySite, group.pool)
  const sampledAt = times?.sampledAt ?? null
  const fastAt = times?.fastSampledAt ?? sampledAt
  const points = group.heldUntilAt === null ? [] : [group.heldUntilAt]
  const breaches = group.breachAt === null ? [] : [group.breachAt]
  let late = group.late
  for (const [images, at] of [
    [group.fast, fastAt],
    [group.slow, sampledAt],
  ] as const) {
    if (images === 0 || at === null) continue
    points.push(at)
    breaches.push(at + group.objectiveSec * 1000)
    if (at + group.objectiveSec * 1000 <= now) late += images
  }
  return { points, breaches, late }
}

function readsOf(pair: string, pool: string, { readings }: Moment): ServiceFlow['reads'] {
  const [left, right] = sitesOf(pair).map((site) => {
    const { observedAt, roundMs, silentSince } = readings.read(site, pool)
    const freshUntilAt = observedAt === null ? null : Math.min(observedAt + freshMs(roundMs), silentSince ?? Infinity)
    return { site, readAt: observedAt, freshUntilAt }
  }) as [ServiceFlow['reads'][0], ServiceFlow['reads'][0]]
  return [left, right]
}
