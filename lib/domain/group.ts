import type { BootGate } from './boot-order'
import type { SiteName } from './words'

/** What one part of a rule asks of a volume or of a server. A name may hold `*`, which stands for any letters. */
export type Condition =
  /** Tenant by name or id: of a volume or of a server. */
  | { readonly on: 'tenant'; readonly is: string }
  /** Volume type by name. */
  | { readonly on: 'type'; readonly is: string }
  /** Cinder backend without its pool: `cinder@ceph`. */
  | { readonly on: 'backend'; readonly is: string }
  | { readonly on: 'volume-metadata'; readonly key: string; readonly is: string }
  /** Server by name or id. */
  | { readonly on: 'server'; readonly is: string }
  | { readonly on: 'server-metadata'; readonly key: string; readonly is: string }

/** All of its conditions hold. A volume and a server condition together: volumes attached to such a server. */
export interface GroupRule {
  readonly all: readonly Condition[]
}

/** Which members a stage or a mark speaks of. `name` may hold `*`. */
export type Match =
  | { readonly by: 'id'; readonly id: string }
  | { readonly by: 'name'; readonly name: string }
  | { readonly by: 'metadata'; readonly key: string; readonly is: string }

/** Servers that start together, and what has to be seen before the next stage does. ACTIVE is always waited for. */
export interface Stage {
  readonly match: readonly Match[]
  readonly gates: readonly BootGate['gate'][]
}

/**
 * recover-only: comes back from the copy where the site is lost, and is not meant to move in a planned failover.
 * replicates-itself: an application that replicates on its own (a member of a database cluster): listed, not meant to move.
 */
export const MARKS = ['recover-only', 'replicates-itself'] as const
export type Mark = (typeof MARKS)[number]

export const MARK_WORDS: Readonly<Record<Mark, string>> = {
  'recover-only': 'recover only',
  'replicates-itself': 'replicates itself',
}

export interface Marked {
  readonly mark: Mark
  readonly match: Match
}

/** Ids of volumes and servers. */
export interface Ids {
  readonly volumes: readonly string[]
  readonly servers: readonly string[]
}

/** What decides who is a member. Rules are or-ed. */
export interface GroupSelection {
  readonly rules: readonly GroupRule[]
  readonly byHand: Ids
  /** Kept out, whatever finds them. */
  readonly except: Ids
}

/** What moves together, as a person has said it. */
export interface GroupSpec {
  readonly name: string
  /** Site of the cloud that all of it belongs to. */
  readonly cloud: SiteName
  readonly selection: GroupSelection
  /** Exposure that its images may have, seconds; null: as their volume types and pools say. */
  readonly rpoSec: number | null
  /** In which time it is to run at the other site, seconds; null where nobody has said so. */
  readonly rtoSec: number | null
  /** 1 is brought back first. */
  readonly priority: number
  readonly stages: readonly Stage[]
  readonly marks: readonly Marked[]
}

export type MemberKind = 'volume' | 'server'

/** Why something is a member. */
export type Reason =
  /** Index into the rules. */
  | { readonly by: 'rule'; readonly rule: number }
  | { readonly by: 'hand' }
  /** It hangs on a member: what is attached moves together. */
  | { readonly by: 'attached'; readonly kind: MemberKind; readonly name: string }

export interface Member {
  readonly kind: MemberKind
  readonly id: string
  readonly name: string
  readonly why: readonly Reason[]
  readonly mark: Mark | null
  /** Of a server: index of its stage; one past the last where no stage names it. Null of a volume. */
  readonly stage: number | null
}

/** As a sentence names it. */
export const thingText = ({ kind, id, name }: Pick<Member, 'kind' | 'id' | 'name'>): string =>
  `${kind} ${name === '' ? id : name}`
