/**
 * Seconds of writes that would be lost if the primary vanished at `now`: counted where it is shown, from the newest
 * point in time that the copy is known to hold everything of. So it goes on counting while a site is silent.
 */
export const exposureSec = (heldUntilAt: number, now: number): number => Math.max(0, (now - heldUntilAt) / 1000)

/** Against its objective at `now`. Nothing held is not late, it is unknown, and has a word of its own. */
export const lateness = (heldUntilAt: number | null, objectiveSec: number, now: number): 'late' | 'in time' =>
  heldUntilAt !== null && exposureSec(heldUntilAt, now) > objectiveSec ? 'late' : 'in time'

export interface HeldRow {
  readonly pool: string
  readonly primarySite: string | null
  readonly caughtUp: boolean
  readonly heldUntilAt: number | null
}

/** A copy that held all at the last sample of its pool holds all up to that sample, and that moves without a row changing. */
export function heldUntil(row: HeldRow, sampledAt: ReadonlyMap<string, number>): number | null {
  if (!row.caughtUp || row.primarySite === null) return row.heldUntilAt
  const sampled = sampledAt.get(poolKey(row.primarySite, row.pool)) ?? null
  if (sampled === null) return row.heldUntilAt
  return row.heldUntilAt === null ? sampled : Math.max(sampled, row.heldUntilAt)
}

export const poolKey = (site: string, pool: string): string => `${site}/${pool}`
