import type { Breach } from './image-detail'

export interface BreachBar {
  /** Shares of the whole width, 0 to 1. */
  readonly start: number
  readonly width: number
  readonly breach: Breach
}

/** Breaches as bars on a strip from `fromAt` to `now`. One too short to be seen is still seen. */
export function breachBars(breaches: readonly Breach[], fromAt: number, now: number): BreachBar[] {
  const span = now - fromAt
  return breaches.flatMap((breach) => {
    const start = Math.max(0, (breach.startedAt - fromAt) / span)
    const end = Math.min(1, ((breach.endedAt ?? now) - fromAt) / span)
    if (end <= 0 || start >= 1) return []
    return [{ start, width: Math.max(0.004, end - start), breach }]
  })
}

/** Share of the time within the objective. Only as good as the reading: what was not read is in neither. */
export function shareWithin(breaches: readonly Breach[], fromAt: number, now: number): number {
  const outside = breaches.reduce((sum, { startedAt, endedAt }) => {
    const from = Math.max(fromAt, startedAt)
    const to = Math.min(now, endedAt ?? now)
    return sum + Math.max(0, to - from)
  }, 0)
  return now <= fromAt ? 1 : Math.max(0, 1 - outside / (now - fromAt))
}
