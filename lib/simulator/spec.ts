import type { MirrorMode, SiteName } from '@/lib/domain/words'
import type { CloudSpec } from './cloud/cloud-spec'

export interface SiteSpec {
  readonly name: SiteName
  /** `18.2.4`, as the monitors print it. */
  readonly version: string
  readonly mons: readonly string[]
  readonly hostname: string
  readonly osds: number
  readonly totalBytes: number
  /** Its cluster was made with the fsid of that site's. */
  readonly fsidOf?: SiteName
}

/** A pool with the rbd application. One that pairs two sites exists at both; one with a single site is not mirrored. */
export interface PoolSpec {
  readonly name: string
  readonly sites: readonly [SiteName] | readonly [SiteName, SiteName]
  /** Schedules that stand from the beginning. */
  readonly schedules: readonly { readonly site: SiteName; readonly interval: string }[]
  /** Nobody has set up mirroring of it: no mode, no peers. */
  readonly bare?: boolean
  /** How the copy falls behind and recovers, over and over: the added lag rises to `peakMs` in `riseMs`, then falls. */
  readonly swing?: { readonly periodMs: number; readonly riseMs: number; readonly peakMs: number }
}

export interface ParentSpec {
  readonly pool: string
  readonly name: string
  readonly snapshot: string
}

/** What the world's beginning says of one image. */
export interface Traits {
  readonly pool: string
  readonly name: string
  /** Number of the image in its world; seeds everything that is drawn for it. */
  readonly index: number
  /** Where it is primary at the beginning. */
  readonly home: SiteName
  /** The site of the copy; null where the image is not mirrored. */
  readonly copy: SiteName | null
  readonly mode: MirrorMode
  readonly sizeBytes: number
  readonly writesPerSec: number
  readonly parent: ParentSpec | null
  /** A protected snapshot of the user, as Glance makes one. */
  readonly userSnapshot: string | null
  /** Who has it open at its home, as a Ceph entity. */
  readonly client: string | null
  readonly trouble: 'split-brain' | 'copying' | 'parent-not-mirrored' | null
  /** Features other than the usual ones. */
  readonly features?: readonly string[]
}

/** Images that are made alike. `nameOf` and `traitsOf` must agree with `indexOf`. */
export interface Population {
  readonly pool: string
  readonly sites: readonly SiteName[]
  readonly count: number
  /** Number of its first image in the world; image `i` has the number `offset + i`. */
  readonly offset: number
  nameOf(i: number): string
  /** The number of the image of this name, or null. */
  indexOf(name: string): number | null
  traitsOf(i: number): Traits
}

/** How fast things happen. All in milliseconds of the world's clock. */
export interface Timings {
  /** rbd-mirror publishes its status this often, whatever happens in between. */
  readonly publishMs: number
  /** … and so long after a change of state. */
  readonly publishAfterChangeMs: number
  /** A stopped site's or killed daemon's status turns `down` so long after. */
  readonly downAfterMs: number
  /** How old a commit position in a journal may be. */
  readonly commitMs: number
  /** How far the copy's data lies behind in journal mode. */
  readonly replayMs: number
  /** How far its registered commit position lies behind. */
  readonly journalCommitMs: number
  /** A demotion needs so long to arrive in journal mode (least, and most). */
  readonly demotionMs: readonly [number, number]
  /** A mirror snapshot's copying starts so long after it was made, and ends so long after. */
  readonly snapshotStartMs: number
  readonly snapshotDoneMs: number
  /** A demotion in snapshot mode is there so long after. */
  readonly snapshotDemotionMs: number
  /** Resync: the copy is removed so long after the flag, and made again so long after that. */
  readonly resyncRemoveMs: number
  readonly resyncRecreateMs: number
  /** A first or whole copy takes so long. */
  readonly copyMs: number
  readonly splitBrainNoticeMs: number
  /** Ceph's time-outs as the app passes them: so long a command waits for a site that does not answer. */
  readonly readTimeoutMs: number
  readonly changeTimeoutMs: number
  /** Commands take this part of the time they take on the lab; 0 answers at once. */
  readonly commandScale: number
  /** After a promotion the workload comes to the new primary so long after; null: it stays away. */
  readonly workloadFollowsMs: number | null
}

export interface WorldSpec {
  readonly name: string
  readonly sites: readonly SiteSpec[]
  readonly pools: readonly PoolSpec[]
  readonly populations: readonly Population[]
  readonly timings: Timings
  /** How long the world has been running when it is made: its images have a past. */
  readonly pastMs: number
  /** Sites that stop answering now and then from the beginning. */
  readonly flaky: readonly { readonly site: SiteName; readonly periodMs: number; readonly silentMs: number }[]
  /** OpenStack clouds, at most one a site. */
  readonly clouds?: readonly CloudSpec[]
}

/** As on the lab: conf of e2e/lab, ceph-facts 3 and 5. */
export const REAL_TIMINGS: Timings = {
  publishMs: 30_000,
  publishAfterChangeMs: 1_500,
  downAfterMs: 25_000,
  commitMs: 5_000,
  replayMs: 700,
  journalCommitMs: 4_000,
  demotionMs: [8_000, 14_000],
  snapshotStartMs: 400,
  snapshotDoneMs: 1_800,
  snapshotDemotionMs: 150,
  resyncRemoveMs: 2_000,
  resyncRecreateMs: 3_000,
  copyMs: 20_000,
  splitBrainNoticeMs: 4_000,
  readTimeoutMs: 5_000,
  changeTimeoutMs: 30_000,
  commandScale: 1,
  workloadFollowsMs: null,
}

/** The same order of events, fast enough for a test on the real clock. */
export const QUICK_TIMINGS: Timings = {
  ...REAL_TIMINGS,
  publishMs: 1_000,
  publishAfterChangeMs: 100,
  downAfterMs: 600,
  commitMs: 300,
  replayMs: 50,
  journalCommitMs: 150,
  demotionMs: [400, 700],
  snapshotStartMs: 20,
  snapshotDoneMs: 120,
  snapshotDemotionMs: 60,
  resyncRemoveMs: 200,
  resyncRecreateMs: 200,
  copyMs: 800,
  splitBrainNoticeMs: 200,
  readTimeoutMs: 500,
  changeTimeoutMs: 1_500,
  commandScale: 0.2,
}
