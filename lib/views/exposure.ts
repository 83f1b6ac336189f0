/**
 * Seconds of writes that would be lost if the primary vanished at `now`: counted where it is shown, from the newest
 * point in time that the copy is known to hold everything of. So it goes on counting while a site is silent.
 */
export const exposureSec = (heldUntilAt: number, now: number): number => Math.max(0, (now - heldUntilAt) / 1000)

/** Against its objective at `now`. Nothing held is not late, it is unknown, and has a word of its own. */
export const lateness = (heldUntilAt: number | null, objectiveSec: number, now: number): 'late' | 'in time' =>
  heldUntilAt !== null && exposureSec(heldUntilAt, now) > objectiveSec ? 'late' : 'in time'
