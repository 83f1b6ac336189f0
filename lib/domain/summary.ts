import type { Grade, Verdict } from './verdict-words'
import type { PairName, SiteName } from './words'

/** Why an image would not come back if its site were lost. */
export type LostReason =
  | 'not-mirrored'
  | 'split-brain'
  | 'copying'
  | 'hollow'
  | 'parent-not-mirrored'
  | 'no-copy'
  | 'unprotected'
  | 'error'
  | 'stale-evidence'

/**
 * "If SITE is lost now". Kept by the worker; figures that tick are stored as points in time (epoch ms) and
 * counted on where they are shown. `known: false` means: the site's last figures are too old to say.
 */
export interface IfLost {
  readonly site: SiteName
  readonly known: boolean
  readonly primaries: number
  readonly recover: number
  /** Where they recover, most images first. */
  readonly targets: readonly { readonly site: SiteName; readonly images: number }[]
  /** Oldest and median held-until of the images that recover; null where none does. */
  readonly worstHeldUntilAt: number | null
  readonly medianHeldUntilAt: number | null
  readonly worstGrade: Grade
  readonly behindObjective: number
  readonly lost: readonly { readonly reason: LostReason; readonly images: number }[]
  /** When the site was last read. */
  readonly readAt: number | null
}

/** One direction between two sites: images whose primary is `from` and copy `to`. */
export interface Stream {
  readonly pair: PairName
  readonly from: SiteName
  readonly to: SiteName
  readonly pool: string | null
  readonly images: number
  readonly byVerdict: Readonly<Partial<Record<Verdict, number>>>
  readonly behindObjective: number
  readonly worstHeldUntilAt: number | null
  readonly medianHeldUntilAt: number | null
  readonly worstGrade: Grade
  readonly objectiveSec: number
  readonly readAt: number | null
}

/** What somebody has said of it: why it is silent, or that it is waited for. Times are epoch milliseconds. */
export type Note =
  | { readonly kind: 'suspended'; readonly until: number; readonly by: string; readonly reason: string }
  | {
      readonly kind: 'acknowledged'
      readonly at: number
      readonly by: string
      readonly reason: string
      readonly expectedAt: number | null
    }

/**
 * What needs a hand, worst first. `images` is a query for the Images page, `since` epoch ms. suspended: lag that a planned
 * suspension explains; it goes on counting, and alarms nobody.
 */
export interface Attention {
  readonly key: string
  readonly severity: 'critical' | 'warning' | 'unknown' | 'suspended'
  readonly title: string
  readonly detail: string
  readonly since: number | null
  readonly note?: Note | undefined
  readonly action: { readonly label: string; readonly href: string }
}

/** JSON under the keys of the `summaries` table: `if-lost`, `streams`, `pool-streams`, `attention`, `counts`. */
export interface Summaries {
  'if-lost': readonly IfLost[]
  /** One row a direction. */
  streams: readonly Stream[]
  /** One row a direction and pool. */
  'pool-streams': readonly Stream[]
  attention: readonly Attention[]
  counts: {
    readonly images: number
    readonly byVerdict: Readonly<Partial<Record<Verdict, number>>>
    readonly behindObjective: number
  }
}
