import type { Grade } from './verdict-words'
import type { ImageSpec, MirrorMode, SiteName } from './words'

/** The steps of the planned failover, in order. */
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
] as const
export type StepName = (typeof STEP_NAMES)[number]

/** An image that is to change sides. */
export interface ImageMember {
  readonly kind: 'image'
  /** imageId of the domain. */
  readonly key: string
  readonly image: ImageSpec
  readonly globalId: string
  readonly mode: MirrorMode
  /** Images of one clone tree share a family: one that fails stops the others. */
  readonly family: string
  /** 0 for an image without a parent in the plan, then one more a generation: parents are promoted first. */
  readonly generation: number
  /** A parent outside the plan: not moved, so it must be whole at the target. */
  readonly outsideParent: ImageSpec | null
  readonly sizeBytes: number | null
}

/** A snapshot schedule that must go along, since Ceph leaves it at the old primary. */
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
}

/** Nothing but the step: facts about both sites. */
export interface SiteMember {
  readonly kind: 'sites'
  readonly key: 'sites'
  readonly family: 'sites'
  readonly generation: 0
  readonly pools: readonly string[]
}

export type PlanMember = ImageMember | ScheduleMember | SiteMember

export interface PlanOptions {
  /** One failure stops everything. */
  readonly allOrNothing: boolean
  /** What is done about clients that hold an image open: wait for the operator, or evict them by blocklist. */
  readonly clients: 'wait' | 'evict'
}

/** What a run will do. Immutable and hashed: an approval is for that hash. */
export interface Plan {
  readonly procedure: 'planned-failover'
  readonly version: 1
  readonly from: SiteName
  readonly to: SiteName
  readonly options: PlanOptions
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
}

/** Frozen into the run before the click. `at` is when it was read, epoch milliseconds. */
export interface Ledger {
  readonly at: number
  readonly rows: readonly LedgerRow[]
  readonly setAside: readonly { readonly key: string; readonly name: string; readonly reason: string }[]
}

/** What pre-flight found. `blocks` stops the images it names (or, without any, the whole). */
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
    case 'sites':
      return 'both sites'
  }
}
