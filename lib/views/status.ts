import { z } from 'zod'
import { RUN_STATES, WISHES } from '@/lib/domain/run-states'
import { GRADES } from '@/lib/domain/verdict-words'
import { SitePulse } from './shell'

/**
 * How the copies of a service's disks stand, in words without infrastructure. What crosses here may be read by anybody who
 * is shown the page: no pool, no image, no host, no fsid, and no word of Ceph's.
 */
export const COPY_STATES = [
  /** The copy follows. */
  'in-step',
  /** The copy is whole and has stopped following. */
  'halted',
  /** It follows, and how much it holds has not been measured yet. */
  'unmeasured',
  'first-copy',
  /** Its copy rests on something that is not copied, or cannot come back itself. */
  'incomplete',
  /** No copy, or none that could be used. */
  'none',
  /** Two copies with different histories. */
  'apart',
  /** Can be written at neither site. */
  'closed',
  'unknown',
] as const
export type CopyState = (typeof COPY_STATES)[number]

/** When one side was last read, and until when that may be relied on. Null: never. */
const SideRead = z.object({ site: z.string(), readAt: z.number().nullable(), freshUntilAt: z.number().nullable() })

/** Disks of a service that share a direction and its readings. */
export const ServiceFlow = z.object({
  /** Null where no site alone takes their writes. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  disks: z.number(),
  states: z.partialRecord(z.enum(COPY_STATES), z.number()),
  /** Of those without a copy: opened elsewhere when their site was lost, and followed by nothing since. */
  alone: z.number().optional(),
  /** The oldest point in time of which a usable copy holds everything; null where none does. */
  heldUntilAt: z.number().nullable(),
  grade: z.enum(GRADES),
  objectiveSec: z.number(),
  /** How many are past their objective, and from when on the first one is: it may lie ahead. */
  late: z.number(),
  lateFromAt: z.number().nullable(),
  /** Of those halted: how many stand as a cut of the way between the sites makes them stand, and in no other way. */
  connecting: z.number(),
  /** From when on the halted copy that is furthest behind has nothing new; null where none is, or nobody can say. */
  haltedFromAt: z.number().nullable(),
  /** Copying is paused by planned work until then. */
  pausedUntil: z.number().nullable().optional(),
  reads: z.tuple([SideRead, SideRead]),
})
export type ServiceFlow = z.output<typeof ServiceFlow>

/** What a recovery is at, as somebody would say it who has never seen a command. */
export const STAGES = ['check', 'quiet', 'carry', 'close', 'prove', 'open', 'try', 'way-back', 'under-way'] as const

/** Moved while both sites answer; opened elsewhere since its site is lost; its protection made whole again. */
export const RECOVERY_KINDS = ['move', 'rescue', 'repair'] as const

export const ServiceRecovery = z.object({
  kind: z.enum(RECOVERY_KINDS),
  from: z.string(),
  to: z.string(),
  state: z.enum(RUN_STATES),
  wish: z.enum(WISHES),
  startedAt: z.number().nullable(),
  /** What the last of its disks is at, and the place of that among the steps, from 0. */
  stage: z.enum(STAGES),
  stepIdx: z.number(),
  steps: z.number(),
  disks: z.number(),
  arrived: z.number(),
  /** Disks at which the engine has stopped and asks for a decision. */
  stopped: z.number(),
  rtoSec: z.number(),
})
export type ServiceRecovery = z.output<typeof ServiceRecovery>

export const ServiceNote = z.object({ text: z.string(), by: z.string(), at: z.number(), until: z.number() })
export type ServiceNote = z.output<typeof ServiceNote>

export const ServiceStatus = z.object({
  id: z.string(),
  name: z.string(),
  sentence: z.string(),
  objective: z.string(),
  home: z.string().nullable(),
  flows: z.array(ServiceFlow),
  recovery: ServiceRecovery.nullable(),
  note: ServiceNote.nullable(),
  /** Sites that are silent and waited for, or back and being looked at. */
  waited: z
    .array(
      z.object({
        site: z.string(),
        decidedAt: z.number(),
        expectedAt: z.number().nullable(),
        returnedAt: z.number().nullable(),
      }),
    )
    .optional(),
})
export type ServiceStatus = z.output<typeof ServiceStatus>

export const StatusView = z.object({
  now: z.number(),
  name: z.string(),
  demo: z.boolean(),
  /** May who looks at it change it? */
  mayEdit: z.boolean(),
  /** Without their errors, which name hosts and commands. */
  sites: z.array(SitePulse),
  services: z.array(ServiceStatus),
})
export type StatusView = z.output<typeof StatusView>
