/** For so many days what lost is meant to stay, unless somebody says otherwise. Nothing is deleted when they are over. */
export const KEEP_DAYS = 14
export const MOST_KEEP_DAYS = 3_650
const DAY_MS = 86_400_000

/** From when on a kept copy is due to be looked at, epoch milliseconds. */
export const dueAt = (keptAt: number, days: number): number => keptAt + days * DAY_MS
