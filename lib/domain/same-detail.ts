import type { StatusDetail } from './mirror-status'

/**
 * Is this the same news? Rates, positions and times of a status tick by themselves and are no change; a row is written
 * only where the state itself is another.
 */
export function sameDetail(a: StatusDetail | null, b: StatusDetail | null): boolean {
  if (a === null || b === null || a.kind !== b.kind) return a === b
  if (a.kind === 'copying' && b.kind === 'copying') {
    return a.phase === b.phase && whole(a.percent) === whole(b.percent)
  }
  if (a.kind === 'replaying-snapshot' && b.kind === 'replaying-snapshot') {
    const first = a.localSnapshotAt === null
    if (first !== (b.localSnapshotAt === null)) return false
    // The percentage of a first copy is news; that of the next snapshot, every minute, is not.
    return !first || whole(a.syncingPercent) === whole(b.syncingPercent)
  }
  return true
}

const whole = (percent: number | null): number | null => (percent === null ? null : Math.floor(percent))
