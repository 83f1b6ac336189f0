/** What is read of a cloud, each in one reading. */
export const CLOUD_KINDS = [
  'identity',
  'projects',
  'types',
  'services',
  'pools',
  'volumes',
  'snapshots',
  'attachments',
  'glance',
  'servers',
  'users',
  'stacks',
] as const
export type CloudKind = (typeof CLOUD_KINDS)[number]

/** Nothing of a failover hangs on these, and their owners seldom grant them: that they cannot be read is no failing cloud. */
export const BESIDES: ReadonlySet<CloudKind> = new Set(['users', 'stacks'])

/** Services and pools change what a failover would do, and cost one small page each. Milliseconds. */
export const QUICK_MS = 15_000
const MANY_MS = 60_000
/** Users of the clusters hardly ever change, and asking needs the right to read all capabilities. */
const USERS_MS = 600_000

/** How far apart readings of a kind are: the many no more than a tenth of the time. `tookMs`: duration of the last one. */
export function paceMs(kind: CloudKind, tookMs: number | null): number {
  if (kind === 'services' || kind === 'pools') return QUICK_MS
  if (kind === 'users') return USERS_MS
  return Math.max(MANY_MS, 10 * (tookMs ?? 0))
}

export interface CloudRead {
  readonly kind: CloudKind
  /** When it was last read whole; null: never. */
  readonly observedAt: number | null
  /** Of the round that it was read in. */
  readonly tookMs: number | null
}

/** May it be relied on? Three readings may fail; what is older counts as not known. */
export const isFreshRead = ({ kind, observedAt, tookMs }: CloudRead, nowMs: number): boolean =>
  observedAt !== null && nowMs - observedAt <= 3 * paceMs(kind, tookMs)
