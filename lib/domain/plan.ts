import { type CloudMember, cloudMemberName, type LedgerVolume } from './cloud-plan'
import type { Hollow } from './hollow'
import type { ChangeRow, PoolMember, WayToSee } from './set-up'
import type { Grade } from './verdict-words'
import type { ImageSpec, MirrorMode, SiteName } from './words'

/** Procedures for images that are mirrored already. */
export const IMAGE_PROCEDURES = [
  'planned-failover',
  'forced-failover',
  'reprotect',
  'promote',
  'demote',
  'snapshot',
  'flatten',
  'disable',
  'resync',
] as const
export type ImageProcedure = (typeof IMAGE_PROCEDURES)[number]

export const PROCEDURES = [...IMAGE_PROCEDURES, 'set-up', 'take-down', 'cinder-failover', 'cinder-forced'] as const
/**
 * planned-failover: both sites answer, nothing is lost. forced-failover: the site is lost, the copies are promoted as they
 * are. reprotect: of two primaries the good one was chosen; the other site's copies are kept aside and made anew.
 * set-up: two clusters come to mirror pools and images; take-down: each part of that is undone.
 * cinder-failover: a whole backend of Cinder, its servers and its images move together, both sites answering.
 * cinder-forced: the same where its site is lost: Cinder promotes the copies as they are.
 * The rest are single verbs of Ceph, under the same looks: promote what is demoted at both sites, demote without promoting,
 * a mirror snapshot now, flatten a clone, end mirroring; resync: what holds nothing of its own is deleted and copied again.
 */
export type Procedure = (typeof PROCEDURES)[number]

/** Every step of every procedure. */
export const STEP_NAMES = [
  'preflight',
  'stop-clients',
  'final-snapshot',
  'demote',
  'prove',
  'promote',
  'verify',
  'add-schedule',
  'remove-schedule',
  'first-snapshot',
  'see-replication',
  'see-silence',
  'check-copy',
  'force-promote',
  'see-primary',
  'mark-point',
  'check-loser',
  'end-mirroring',
  'keep-loser',
  'see-following',
  'take-snapshot',
  'see-arrival',
  'flatten',
  'see-flat-copy',
  'see-ways',
  'enable-pool',
  'add-peers',
  'see-daemons',
  'enable-features',
  'enable-mirroring',
  'see-copy',
  'set-schedule',
  'see-schedule-fire',
  'remove-schedules',
  'disable-mirroring',
  'remove-journaling',
  'see-copies-gone',
  'remove-peers',
  'disable-pool',
  'check-resync',
  'resync',
  'check-backend',
  'freeze',
  'stop-servers',
  'fail-over-backend',
  'see-volumes',
  'restore-volumes',
  'move-attachments',
  'start-servers',
  'thaw',
  'see-cinder-down',
  'set-records',
  'start-cinder-volume',
] as const
export type StepName = (typeof STEP_NAMES)[number]

/** An image that is to change sides. */
export interface ImageMember {
  readonly kind: 'image'
  /** imageId of the domain. */
  readonly key: string
  readonly image: ImageSpec
  /** '' where it is not mirrored yet. */
  readonly globalId: string
  readonly mode: MirrorMode
  /** Images of one clone tree share a family: one that fails stops the others. */
  readonly family: string
  /** 0 for an image without a parent in the plan, then one more a generation: parents are promoted first. */
  readonly generation: number
  /** A parent outside the plan: not moved, so it must be whole at the target. */
  readonly outsideParent: ImageSpec | null
  readonly sizeBytes: number | null
  /** Of reprotect alone: the copy that is kept aside, by its id in its own cluster, and the name that it gets. */
  readonly loser?: { readonly imageId: string; readonly keptAs: string }
  /** Of a set-up and a take-down: in a pool of mode `pool` an image is mirrored by its journaling feature alone. */
  readonly poolMode?: 'image' | 'pool'
  /** Of a set-up: features that it lacks for its mode. */
  readonly addFeatures?: readonly string[]
  /** Of resync alone: the copy that is deleted, by its id in its own cluster. */
  readonly copyId?: string
  /** Of resync alone: that copy is hollow, so it is no reason to leave it that it follows. */
  readonly hollow?: Hollow
}

/** A snapshot schedule that must go along, since Ceph leaves it at the old primary; or that is set up, or taken down. */
export interface ScheduleMember {
  readonly kind: 'schedule'
  readonly key: string
  readonly family: string
  readonly generation: 0
  readonly pool: string
  /** Null: the pool's own schedule. */
  readonly image: string | null
  readonly interval: string
  readonly startTime: string | null
  /** False where the old one must stay, since other primaries of the pool live by it. */
  readonly removeOld: boolean
  /** Of a set-up and a take-down: where it is. */
  readonly site?: SiteName
}

/** Nothing but the step: facts about both sites. */
export interface SiteMember {
  readonly kind: 'sites'
  readonly key: 'sites'
  readonly family: 'sites'
  readonly generation: 0
  readonly pools: readonly string[]
}

export type PlanMember = ImageMember | ScheduleMember | SiteMember | PoolMember | CloudMember

export interface PlanOptions {
  /** One failure stops everything. */
  readonly allOrNothing: boolean
  /** What is done about clients that hold an image open: wait for the operator, or evict them by blocklist. */
  readonly clients: 'wait' | 'evict'
  readonly keepDays?: number | undefined // Of reprotect: then what lost is due to be looked at.
}

export const FENCES = ['power', 'network', 'blocklist', 'peer-key', 'not-proven'] as const
/** What keeps the old primary from taking writes, as a person says it: Antipode checks what can be checked from outside. */
export interface Fence {
  readonly kind: (typeof FENCES)[number]
  /** Since when, epoch milliseconds; null where it is not proven. */
  readonly at: number | null
  readonly note: string
}

/** What is known of a site that is failed over by force. Times are epoch milliseconds by the console's clock. */
export interface Outage {
  readonly fence: Fence
  /** Last time that anything at the site answered; null where it never did. */
  readonly lastHeardAt: number | null
  /** Its monitors, as they were last read: what the probes try to reach. */
  readonly monAddresses: readonly string[]
}

/** What a run will do. Immutable and hashed: an approval is for that hash. */
export interface Plan {
  readonly procedure: Procedure
  readonly version: 1
  readonly from: SiteName
  readonly to: SiteName
  readonly options: PlanOptions
  /** Of a forced failover alone. */
  readonly outage?: Outage
  /** What had to be agreed to before the start: suspensions and acknowledged outages, by kind and id. */
  readonly asks?: readonly string[]
  /** Of a set-up: the ways that rbd-mirror takes. The sites that look out are those that get copies. */
  readonly ways?: readonly WayToSee[]
  readonly steps: readonly { readonly name: StepName; readonly title: string; readonly proof: string }[]
  readonly members: readonly PlanMember[]
}

/** One line of the loss ledger: what the copy holds, and what would be lost if the primary died before the demotion. */
export interface LedgerRow {
  readonly key: string
  readonly image: ImageSpec
  readonly heldUntilAt: number | null
  readonly grade: Grade
  readonly text: string
  readonly objectiveSec: number
  readonly sizeBytes: number | null
  /** Where it is the image of a volume: whose, by the names that people know. */
  readonly volume?: LedgerVolume
}

/** Frozen into the run before the click. `at` is when it was read, epoch milliseconds. */
export interface Ledger {
  readonly at: number
  /**
   * Of a forced failover: the old primary was proven to take writes until `lastHeardAt`, and may have taken them until
   * `endAt` (fencing, or null: until now, and on). The loss of an image lies between the two, from its `heldUntilAt` on.
   */
  readonly outage?: { readonly lastHeardAt: number | null; readonly endAt: number | null }
  readonly rows: readonly LedgerRow[]
  /** Of a set-up and a take-down, in place of rows. */
  readonly changes?: readonly ChangeRow[]
  readonly setAside: readonly { readonly key: string; readonly name: string; readonly reason: string }[]
}

/** What pre-flight found. `blocks` stops the images it names (or, without any, all); `consent` has to be agreed to by name. */
export interface Finding {
  readonly severity: 'pass' | 'warns' | 'blocks' | 'unknown'
  readonly check: string
  readonly title: string
  readonly evidence: string
  readonly remedy: string
  /** Command that would show it, as text; '' where there is none. */
  readonly command: string
  /** Keys of the images concerned; empty for the whole. */
  readonly keys: readonly string[]
  readonly consent?: string
}

/** The name of a member on screen. */
export function memberName(member: PlanMember): string {
  switch (member.kind) {
    case 'image':
      return member.image.namespace === ''
        ? `${member.image.pool}/${member.image.name}`
        : `${member.image.pool}/${member.image.namespace}/${member.image.name}`
    case 'schedule':
      return member.image === null ? `schedule of pool ${member.pool}` : `schedule of ${member.pool}/${member.image}`
    case 'pool':
      return `pool ${member.pool} at ${member.site}`
    case 'sites':
      return 'both sites'
    default:
      return cloudMemberName(member)
  }
}
