import type { JournalPosition } from './journal-position'
import type { MirrorMode, ReplayState, Role } from './words'

/** What a daemon's description line says, in one of the shapes that Ceph's releases print. */
export type StatusDetail =
  | { readonly kind: 'primary' }
  | {
      readonly kind: 'replaying-journal'
      readonly primaryPosition: JournalPosition | null
      readonly nonPrimaryPosition: JournalPosition | null
      readonly entriesBehind: number | null
      readonly bytesPerSecond: number | null
    }
  | {
      readonly kind: 'replaying-snapshot'
      readonly replayState: string
      /** Epoch milliseconds, the primary's clock. */
      readonly remoteSnapshotAt: number | null
      readonly localSnapshotAt: number | null
      readonly syncingPercent: number | null
      readonly bytesPerSecond: number | null
    }
  | { readonly kind: 'copying'; readonly phase: string; readonly percent: number | null }
  | { readonly kind: 'remote-demoted' }
  | { readonly kind: 'remote-not-primary' }
  | { readonly kind: 'split-brain' }
  | { readonly kind: 'force-promoting' }
  | { readonly kind: 'resync-requested' }
  | { readonly kind: 'remote-gone' }
  | { readonly kind: 'not-reported' }
  | { readonly kind: 'other' }

/** One site's rbd-mirror about one image, as published (up to 30 s old). */
export interface SiteStatus {
  readonly up: boolean
  readonly state: ReplayState
  readonly description: string
  readonly detail: StatusDetail
  /** Epoch milliseconds, null where the daemon never wrote one. */
  readonly lastUpdateAt: number | null
}

/** One mirrored image at one site: what the pool's batch call gives. */
export interface MirrorRow {
  readonly name: string
  readonly imageId: string
  readonly globalId: string
  readonly mode: MirrorMode
  readonly role: Role
  readonly state: 'enabled' | 'disabling' | 'disabled' | 'creating'
  readonly local: SiteStatus
  /** What the peers' daemons wrote here about their copies, by mirror uuid. */
  readonly remote: readonly (SiteStatus & { readonly mirrorUuid: string })[]
}
