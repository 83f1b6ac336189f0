import { z } from 'zod'
import { MARKS } from '@/lib/domain/group'
import { READINESS } from '@/lib/domain/group-readiness'
import { GROUP_SPEC } from './group-input'
import { Worst } from './servers'

const KINDS = ['volume', 'server'] as const
/** joined, left: since it was last accepted. */
const MEMBER_STATES = ['accepted', 'joined', 'left'] as const

/** Whom a group would have now: counts of all, and one page of members. */
export const GroupPreview = z.object({
  at: z.number(),
  /** When the readings were made that it rests on; null: the cloud was not read yet. */
  readAt: z.number().nullable(),
  volumes: z.number(),
  servers: z.number(),
  /** So many each rule finds, in the order of the rules; without what is attached to them. */
  perRule: z.array(z.number()),
  offset: z.number(),
  rows: z.array(
    z.object({
      kind: z.enum(KINDS),
      id: z.string(),
      name: z.string(),
      mark: z.enum(MARKS).nullable(),
      stage: z.number().nullable(),
      why: z.string(),
    }),
  ),
  /** Why it cannot be saved: members of other groups; '' where there are none. */
  conflict: z.string(),
  cuts: z.object({ count: z.number(), first: z.string() }),
  /** Ids and names by hand that no volume or server has as its id. */
  unknown: z.array(z.string()),
})
export type GroupPreview = z.output<typeof GroupPreview>

/** A group in the list. */
export const GroupLine = z.object({
  id: z.string(),
  name: z.string(),
  cloud: z.string(),
  priority: z.number(),
  rpoSec: z.number().nullable(),
  rtoSec: z.number().nullable(),
  readiness: z.enum(READINESS),
  /** The worst of what was found, in words. */
  why: z.string(),
  servers: z.number(),
  volumes: z.number(),
  worst: Worst,
  /** Null: none since it was last accepted. */
  drift: z.object({ joined: z.number(), left: z.number(), since: z.number() }).nullable(),
  conflicts: z.number(),
})
export type GroupLine = z.output<typeof GroupLine>

export const GroupsView = z.object({
  now: z.number(),
  groups: z.array(GroupLine),
  /** Sites with a cloud: without one there is nothing to group. */
  clouds: z.array(z.string()),
  /** Clouds whose readings are too old to be relied on. */
  stale: z.array(z.string()),
})
export type GroupsView = z.output<typeof GroupsView>

/** One group with all that was found of it; its members are asked for a page at a time. */
export const GroupView = z.object({
  now: z.number(),
  line: GroupLine,
  version: z.number(),
  spec: GROUP_SPEC,
  changedAt: z.number(),
  changedBy: z.string(),
  findings: z.array(
    z.object({ severity: z.enum(['blocks', 'unknown', 'warns', 'pass']), title: z.string(), detail: z.string() }),
  ),
  /** Where the group is exactly one backend, that; the wizard can take it. */
  backend: z.string().nullable(),
  /** Backends that its volumes are on. */
  backends: z.array(z.object({ host: z.string(), taken: z.number(), inGroup: z.number() })),
  /** When its cloud's volumes and servers were read, the older of both. */
  readAt: z.number().nullable(),
})
export type GroupView = z.output<typeof GroupView>

export const MEMBERS_SHOWN = 50

export const GroupMembersRequest = z.strictObject({
  offset: z.coerce.number().int().min(0).default(0),
  /** drift: those alone that joined or left since it was accepted. */
  show: z.enum(['all', 'drift']).default('all'),
})
export type GroupMembersRequest = z.output<typeof GroupMembersRequest>

export const GroupMembersPage = z.object({
  now: z.number(),
  total: z.number(),
  offset: z.number(),
  rows: z.array(
    z.object({
      kind: z.enum(KINDS),
      id: z.string(),
      name: z.string(),
      why: z.string(),
      mark: z.enum(MARKS).nullable(),
      stage: z.number().nullable(),
      state: z.enum(MEMBER_STATES),
      since: z.number(),
      /** Of a volume that is in the group. */
      standing: Worst.nullable(),
    }),
  ),
})
export type GroupMembersPage = z.output<typeof GroupMembersPage>
