const UNITS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 }

/** A whole number and its unit. */
export const DURATION = /^(\d+)(ms|s|m|h|d)$/

/** How a duration is written, for whoever wrote it another way. */
export const DURATION_WORDS = 'a duration is a whole number and a unit: 30s, 2m, 1h, 1d'

/** `30s`, `2m`, `1h`, `1d` in seconds; null where it is none. */
export function durationSec(text: string): number | null {
  const found = DURATION.exec(text.trim())
  const unit = UNITS[found?.[2] ?? '']
  return found === null || unit === undefined ? null : Number.parseInt(found[1] as string, 10) * unit
}
