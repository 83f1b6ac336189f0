import type { StatusDetail } from './mirror-status'
import type { ReplayState, SiteName } from './words'

/** absent: a good reading of the pool did not have it. unknown: never read. */
export type SideRole = 'primary' | 'non-primary' | 'absent' | 'unknown'

/** One image at one site of its pair, as last read there. Times are epoch milliseconds by the console's clock. */
export interface Side {
  readonly site: SiteName
  readonly role: SideRole
  readonly name: string
  /** The image's id in its own cluster: another one is another image, whatever its global id says. */
  readonly imageId: string
  readonly mirrorState: 'enabled' | 'disabling' | 'disabled' | 'creating'
  readonly up: boolean
  readonly state: ReplayState
  readonly description: string
  /** Null after a restart, until the site is read: then only the words of `state` and `description` are left. */
  readonly detail: StatusDetail | null
  /** When this role was first seen here (after the answer); 0 where it stood in the store already. */
  readonly roleSeenAt: number
  /** When the newest reading of it was asked for (before the question); 0 where it was not read since the start. */
  readonly readAt: number
}

/** A side of which nothing is known. */
export const unreadSide = (site: SiteName): Side => ({
  site,
  role: 'unknown',
  name: '',
  imageId: '',
  mirrorState: 'enabled',
  up: false,
  state: 'unknown',
  description: '',
  detail: null,
  roleSeenAt: 0,
  readAt: 0,
})

/**
 * What the copy says of itself. whole: it follows, so a position is data held. first-copy: snapshot mode, nothing
 * complete when the daemon last reported (a look at the copy itself may know better). copying: its content is being
 * replaced or is about to be. broken: split-brain. not-said: nothing that settles it.
 */
export type Wholeness = 'whole' | 'first-copy' | 'copying' | 'broken' | 'not-said'

export function wholeness(copy: Side): Wholeness {
  if (copy.role !== 'non-primary') return 'not-said'
  if (copy.mirrorState === 'creating') return 'copying'
  switch (copy.detail?.kind) {
    case 'replaying-journal':
      return 'whole'
    case 'replaying-snapshot':
      // First copy: replaying, with nothing yet that it could fall back to (ceph-facts 7).
      return copy.detail.localSnapshotAt === null ? 'first-copy' : 'whole'
    case 'copying':
    case 'resync-requested':
    case 'remote-gone':
      return 'copying'
    case 'split-brain':
      return 'broken'
    default:
      return 'not-said'
  }
}
