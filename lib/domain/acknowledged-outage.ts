import type { Rest } from './caught-up'
import type { RoomForecast } from './room-forecast'
import type { Verdict } from './verdict-words'
import type { SiteName } from './words'

/** A site that is silent and waited for: somebody chose not to fail over. Epoch milliseconds. */
export interface AcknowledgedOutage {
  readonly id: string
  readonly site: SiteName
  readonly reason: string
  readonly by: string
  readonly acknowledgedAt: number
  /** As known when it was acknowledged: the clock runs from here. Null where the site was never heard. */
  readonly lastHeardAt: number | null
  readonly expectedAt: number | null
  /** When it was heard again; null: it is still silent. */
  readonly returnedAt: number | null
}

/** What the worker has proven since the site came back. */
export interface OutageProgress {
  /** When it was looked at last. */
  readonly at: number
  readonly images: number
  readonly goneOn: number
  /** Hold everything there is, and nothing was written since: not seen to move. */
  readonly nothingNew: number
  readonly moved: number
  /** Not there any more: deleted, or mirrored no longer. */
  readonly gone: number
  /** Had come apart before: they have alarms of their own, and are in no other figure. */
  readonly aside: number
  /** The first of those that are not proven. */
  readonly rest: readonly Rest[]
  readonly room: readonly RoomForecast[]
}

/** What the worker has seen of a suspension. */
export interface SuspensionProgress {
  readonly at: number
  readonly images: number
  /** Behind their objective now. */
  readonly behind: number
  /** Hold everything up to its end; 0 while it holds. */
  readonly caughtUp: number
  /** Keys of those that had come apart before: they have alarms of their own, and are in no other figure. */
  readonly aside: readonly string[]
  readonly rest: readonly Rest[]
  readonly room: readonly RoomForecast[]
}

/** So many are named; the figures count them all. */
export const NAMED = 50

export const waitingIn = ({ images, goneOn, nothingNew, moved, gone }: OutageProgress): number =>
  images - goneOn - nothingNew - moved - gone

/** The site has not come back by the time that was given. */
export const isOverdue = ({ expectedAt, returnedAt }: AcknowledgedOutage, nowMs: number): boolean =>
  returnedAt === null && expectedAt !== null && nowMs >= expectedAt

export const EXPECTED_AT_MOST_MS = 30 * 24 * 3600_000

/** Verdicts that have another cause than a link or a site that is away, and do not mend by themselves. */
export const CAME_APART: ReadonlySet<Verdict> = new Set<Verdict>([
  'split-brain',
  'two-primaries',
  'no-copy',
  'unprotected',
  'hollow',
  'both-secondary',
  'error',
])
