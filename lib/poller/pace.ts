/* When something is asked again. `lot` is drawn from 0 to 1, so that sites do not beat in step. */

const ROUND_MS = 5_000
const JITTER = 0.05
const FIRST_WAIT_MS = 1_000
export const LONGEST_WAIT_MS = 30_000

/** From the begin of a round to that of the next: never less than three times what it took, whatever the lot. */
export const roundPaceMs = (busyMs: number, lot: number): number => Math.max(ROUND_MS, 3 * busyMs) * (1 + JITTER * lot)

/** After so many attempts in a row that nothing answered: doubling, up to a longest. */
export const retryWaitMs = (failures: number, lot: number): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1)) * (0.75 + lot / 4)
