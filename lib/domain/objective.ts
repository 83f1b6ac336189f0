import type { PairName } from './words'

/** Objectives for exposure, as the configuration has them. Seconds. */
export interface Objectives {
  readonly defaultSec: number
  /** By `pool` or `pair/pool`; the longer name wins. */
  readonly pools: Readonly<Record<string, number>>
}

/** The exposure that an image of this pool may have, in seconds. `byType`: of its volume's type, where that has one. */
export const objectiveSec = (
  objectives: Objectives,
  pair: PairName,
  pool: string,
  byType: number | null = null,
): number => byType ?? objectives.pools[`${pair}/${pool}`] ?? objectives.pools[pool] ?? objectives.defaultSec

/** From then on it is behind its objective (epoch milliseconds). Null where nothing is known to be held. */
export const breachAt = (heldUntilAt: number | null, objective: number): number | null =>
  heldUntilAt === null ? null : heldUntilAt + objective * 1000

/** Ceph's schedule interval (`1m`, `2h`, `1d`) in seconds, null where it is none. */
export function intervalSec(text: string): number | null {
  const found = /^(\d+)([mhd])$/.exec(text)
  if (found === null) return null
  const unit = { m: 60, h: 3600, d: 86_400 }[found[2] as 'm' | 'h' | 'd']
  return Number.parseInt(found[1] as string, 10) * unit
}

/**
 * A snapshot is an interval old before the next one is taken, and that one still has to be copied: an objective
 * below twice the interval is broken by design (ceph-facts 12).
 */
export const tooTight = (objective: number, interval: number): boolean => objective < 2 * interval
