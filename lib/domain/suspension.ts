import type { StatusDetail } from './mirror-status'
import type { Side } from './side'
import type { Verdict } from './verdict-words'
import type { PairName, SiteName } from './words'

/** Somebody's word that replication between two sites is expected to stand still: a maintenance of the link. */
export interface Suspension {
  readonly id: string
  readonly pair: PairName
  /** One direction alone, by the site of its primaries; null: both. */
  readonly from: SiteName | null
  /** Empty: every pool of the pair. */
  readonly pools: readonly string[]
  readonly reason: string
  readonly by: string
  /** Epoch milliseconds, as are all times here. */
  readonly startsAt: number
  readonly endsAt: number
  /** Ended by a person before its time; null: it runs to its end. */
  readonly endedAt: number | null
  readonly closedAt: number | null
}

/**
 * planned: it has not begun. holding: it silences. ended: a person ended it, and not all is proven to have caught up.
 * overdue: its end has passed and not all is proven to have caught up: an alarm. closed: it is history.
 */
export type Phase = 'planned' | 'holding' | 'ended' | 'overdue' | 'closed'

export function phaseOf(suspension: Suspension, nowMs: number): Phase {
  if (suspension.closedAt !== null) return 'closed'
  if (suspension.endedAt !== null) return 'ended'
  if (nowMs < suspension.startsAt) return 'planned'
  return nowMs < suspension.endsAt ? 'holding' : 'overdue'
}

/** From then on nothing is silent any more, and all has to be proven to have caught up. */
export const overAt = ({ endedAt, endsAt }: Pick<Suspension, 'endedAt' | 'endsAt'>): number => endedAt ?? endsAt

export interface Way {
  readonly pair: PairName
  readonly from: SiteName
  readonly pool: string
}

/** Is this direction of this pool one that it is about? */
export const covers = (suspension: Pick<Suspension, 'pair' | 'from' | 'pools'>, way: Way): boolean =>
  suspension.pair === way.pair &&
  (suspension.from === null || suspension.from === way.from) &&
  (suspension.pools.length === 0 || suspension.pools.includes(way.pool))

/** The one that holds for a direction now; of several the one that ends last. */
export function holdingFor(suspensions: readonly Suspension[], way: Way, nowMs: number): Suspension | null {
  const found = suspensions.filter((one) => phaseOf(one, nowMs) === 'holding' && covers(one, way))
  return found.reduce<Suspension | null>((last, one) => (last === null || one.endsAt > last.endsAt ? one : last), null)
}

/** Would two of them speak of the same direction of the same pool? Their times are the caller's matter. */
export function sameGround(
  a: Pick<Suspension, 'pair' | 'from' | 'pools'>,
  b: Pick<Suspension, 'pair' | 'from' | 'pools'>,
): boolean {
  const ways = a.from === null || b.from === null || a.from === b.from
  const pools = a.pools.length === 0 || b.pools.length === 0 || a.pools.some((pool) => b.pools.includes(pool))
  return a.pair === b.pair && ways && pools
}

const HOUR_MS = 3600_000
/** Longer than that is no maintenance: whoever needs more says so again, looking at what has become of it. */
export const LONGEST_MS = 24 * HOUR_MS
export const FURTHEST_AHEAD_MS = 30 * 24 * HOUR_MS

/** What is wrong with these times, or null. `startsAt` null: now. */
export function timesRefusal(startsAt: number | null, endsAt: number, nowMs: number): string | null {
  const begin = startsAt ?? nowMs
  // A form that was filled in a minute ago still means now.
  if (begin < nowMs - 120_000) return 'the beginning has passed: leave it empty to begin now'
  if (begin > nowMs + FURTHEST_AHEAD_MS) return 'the beginning is more than 30 days ahead'
  if (endsAt <= nowMs) return 'the end has passed: give a time that is still to come'
  if (endsAt <= begin) return 'the end lies before the beginning'
  if (endsAt - begin > LONGEST_MS) return 'a suspension lasts 24 hours at most: extend it when it is needed longer'
  return null
}

/**
 * Is this verdict what a cut link makes of an image by itself? Seen on the lab (ceph-facts 25): the copy goes on saying
 * "replaying" with figures that stand still, and an rbd-mirror that was restarted meanwhile says "starting replay". Its
 * age is the only other sign. Whatever else is wrong (split-brain, an error, no copy, a copy of which rbd-mirror does
 * not report at all) has another cause, or one that nobody knows, and must be heard.
 */
export const linkExplains = (verdict: Verdict, copy: Pick<Side, 'up' | 'state'> & { detail: StatusDetail | null }) =>
  verdict === 'stopped' && copy.up && copy.state === 'starting_replay' && copy.detail?.kind !== 'split-brain'
