import { lessSure } from './exposure'
import type { Grade } from './verdict-words'

/** How one volume stands, as of now. */
export type VolumeStanding =
  /** `untilAt`: its copy holds everything up to then (epoch milliseconds). `breachAt`: from then on it is late. */
  | { readonly kind: 'held'; readonly untilAt: number; readonly breachAt: number; readonly grade: Grade }
  /** Lost with its site. */
  | { readonly kind: 'no-copy'; readonly why: string }
  | { readonly kind: 'unknown'; readonly why: string }

/** A server, or a tenant, is as exposed as its worst volume. */
export interface WorstOf {
  /** `none`: it has no volume, so nothing of it is in Cinder. */
  readonly kind: 'none' | 'held' | 'unknown' | 'no-copy'
  /** Oldest point held of those volumes of which one is known; null where there is none. */
  readonly heldUntilAt: number | null
  readonly breachAt: number | null
  readonly grade: Grade
  readonly volumes: number
  readonly withoutCopy: number
  readonly unknown: number
  /** Why it is not simply held: of the first volume that is not. */
  readonly why: string
}

/** Unknown where one is unknown; a volume without a copy comes first, since of it nothing comes back. */
export function worstOf(standings: readonly VolumeStanding[]): WorstOf {
  let heldUntilAt: number | null = null
  let breachAt: number | null = null
  let grade: Grade = 'measured'
  let withoutCopy = 0
  let unknown = 0
  let noCopyWhy = ''
  let unknownWhy = ''
  for (const standing of standings) {
    if (standing.kind === 'no-copy') {
      withoutCopy++
      noCopyWhy ||= standing.why
    } else if (standing.kind === 'unknown') {
      unknown++
      unknownWhy ||= standing.why
    } else {
      heldUntilAt = Math.min(heldUntilAt ?? standing.untilAt, standing.untilAt)
      breachAt = Math.min(breachAt ?? standing.breachAt, standing.breachAt)
      grade = lessSure(grade, standing.grade)
    }
  }
  const kind = withoutCopy > 0 ? 'no-copy' : unknown > 0 ? 'unknown' : heldUntilAt === null ? 'none' : 'held'
  return {
    kind,
    heldUntilAt,
    breachAt,
    grade: kind === 'held' ? grade : 'unknown',
    volumes: standings.length,
    withoutCopy,
    unknown,
    why: noCopyWhy || unknownWhy,
  }
}

const RANK: Readonly<Record<WorstOf['kind'], number>> = { 'no-copy': 0, unknown: 1, held: 2, none: 3 }

/** Worst first: without a copy, unknown, then by the point from which on it is late, then those that have no volume. */
export function byWorst(a: WorstOf, b: WorstOf): number {
  if (a.kind !== b.kind) return RANK[a.kind] - RANK[b.kind]
  if (a.kind === 'no-copy' && a.withoutCopy !== b.withoutCopy) return b.withoutCopy - a.withoutCopy
  if (a.kind === 'unknown' && a.unknown !== b.unknown) return b.unknown - a.unknown
  return (a.breachAt ?? Number.MAX_VALUE) - (b.breachAt ?? Number.MAX_VALUE)
}
