const STEP_MS = 60_000

/** For JSON: what only ticks is no news. Points of time that creep, figures of room by the percent. */
export const coarse = (key: string, value: unknown): unknown => {
  if (typeof value !== 'number') return value
  if (key === 'at' || key === 'overMs') return 0
  if (key === 'heldUntilAt' || key === 'fullAt') return Math.floor(value / STEP_MS)
  return key.endsWith('Bytes') || key.endsWith('PerSec') ? Number(value.toPrecision(2)) : value
}
