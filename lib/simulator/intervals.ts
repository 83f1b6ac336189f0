const UNITS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000, s: 1_000 }

/** `1m`, `2h`, `1d` (and `10` for minutes, as Ceph reads it) in milliseconds; null where it is not an interval. */
export function intervalMs(text: string): number | null {
  const known = seen.get(text)
  if (known !== undefined) return known
  const ms = parsed(text)
  seen.set(text, ms)
  return ms
}

/** The few intervals that a world has, asked for with every image. */
const seen = new Map<string, number | null>()

function parsed(text: string): number | null {
  const match = /^(\d+)([mhds]?)$/.exec(text)
  if (match === null) return null
  const unit = UNITS[match[2] === '' ? 'm' : (match[2] as string)]
  const ms = Number(match[1]) * (unit ?? 0)
  return ms > 0 ? ms : null
}
