import { z } from 'zod'
import { MOST_KEEP_DAYS } from '@/lib/domain/keep-days'
import { FENCES, IMAGE_PROCEDURES } from '@/lib/domain/plan'

/** What keeps a lost site from taking writes, as a person says it. */
export const FENCE = z
  .strictObject({ kind: z.enum(FENCES), at: z.number().int().nullable(), note: z.string().trim().max(500) })
  .refine(({ kind, at }) => (kind === 'not-proven') === (at === null), 'say since when it is fenced')

/** What the wizard sends: which images move from where to where. Either keys, or everything of some pools, or the site. */
export const FailoverIntent = z.strictObject({
  /** reprotect: `from` is the site whose copies were chosen, `to` the one whose copies are kept aside and made anew. */
  procedure: z.enum(IMAGE_PROCEDURES).default('planned-failover'),
  /** Of a forced failover: what keeps the lost site from taking writes. Without a word nothing does. */
  fence: FENCE.default({ kind: 'not-proven', at: null, note: '' }),
  from: z.string().min(1),
  to: z.string().min(1),
  select: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('images'), ids: z.array(z.string().min(1)).min(1).max(20_000) }),
    z.strictObject({ kind: z.literal('pools'), pools: z.array(z.string().min(1)).min(1) }),
    z.strictObject({ kind: z.literal('site') }),
  ]),
  options: z.strictObject({
    allOrNothing: z.boolean(),
    clients: z.enum(['wait', 'evict']),
    /** Of reprotect alone. */
    keepDays: z.int().min(1).max(MOST_KEEP_DAYS).optional(),
  }),
  /** Images that the operator leaves out on purpose. */
  leaveOut: z.array(z.string()).default([]),
})
export type FailoverIntent = z.output<typeof FailoverIntent>

const spec = z.object({ pool: z.string(), namespace: z.string(), name: z.string() })

export const FindingView = z.object({
  severity: z.enum(['pass', 'warns', 'blocks', 'unknown']),
  check: z.string(),
  title: z.string(),
  evidence: z.string(),
  remedy: z.string(),
  command: z.string(),
  keys: z.array(z.string()),
  /** It has to be agreed to, under this name, or nothing starts. */
  consent: z.string().optional(),
})

/** Whose image it is, where it is one of a volume. */
export const LedgerVolumeView = z.object({
  name: z.string(),
  tenant: z.string(),
  servers: z.array(z.string()).readonly(),
})

export const LedgerView = z.object({
  at: z.number(),
  /** Of a forced failover: the losses lie between the two, see domain/loss. */
  outage: z.object({ lastHeardAt: z.number().nullable(), endAt: z.number().nullable() }).optional(),
  rows: z.array(
    z.object({
      key: z.string(),
      image: spec,
      heldUntilAt: z.number().nullable(),
      grade: z.enum(['measured', 'bounded', 'estimated', 'unknown']),
      text: z.string(),
      objectiveSec: z.number(),
      sizeBytes: z.number().nullable(),
      volume: LedgerVolumeView.optional(),
    }),
  ),
  setAside: z.array(z.object({ key: z.string(), name: z.string(), reason: z.string() })),
})

export const PlanStepView = z.object({
  name: z.string(),
  title: z.string(),
  /** What proves it, in a sentence. */
  proof: z.string(),
  members: z.number(),
  /** The exact command lines, at most the first 200, with the site where each runs. */
  commands: z.array(z.object({ site: z.string(), line: z.string() })),
  commandsTotal: z.number(),
})

/** Everything the wizard shows before the click, from readings taken for it. */
export const FailoverPreview = z.object({
  at: z.number(),
  procedure: z.enum(IMAGE_PROCEDURES),
  from: z.string(),
  to: z.string(),
  /** The name of the site that is to be typed: the one that loses something. '' where nothing has to be typed. */
  typedSite: z.string(),
  /** Null where nothing can be started; then `refusal` says why. */
  planHash: z.string().nullable(),
  refusal: z.string().nullable(),
  images: z.number(),
  findings: z.array(FindingView),
  ledger: LedgerView,
  steps: z.array(PlanStepView),
  /** The whole as a shell script, for going on by hand. */
  script: z.string(),
})
export type FailoverPreview = z.output<typeof FailoverPreview>

/** What was agreed to, by the names that the findings gave. */
export const CONSENTS = z.array(z.string().min(1)).max(100).optional()

export const StartRunInput = z.strictObject({
  requestId: z.uuid(),
  intent: FailoverIntent,
  planHash: z.string().min(1),
  /** `typedSite` of the preview, typed by hand. */
  typed: z.string(),
  consents: CONSENTS,
})
export type StartRunInput = z.output<typeof StartRunInput>

export const RunCommand = z.strictObject({
  requestId: z.uuid(),
  runId: z.string().min(1),
  command: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('pause') }),
    z.strictObject({ kind: z.literal('resume') }),
    z.strictObject({ kind: z.literal('stop'), reason: z.string().trim().min(1).max(500) }),
    z.strictObject({ kind: z.literal('retry'), members: z.array(z.int()).min(1) }),
    z.strictObject({
      kind: z.literal('set-aside'),
      members: z.array(z.int()).min(1),
      reason: z.string().trim().min(1).max(500),
    }),
    /** What a gate asks of a person. */
    z.strictObject({ kind: z.literal('answer'), member: z.int(), answer: z.enum(['yes', 'no']) }),
  ]),
  /** Of resume and retry: what was stated since the start, and is agreed to. */
  consents: CONSENTS,
})
export type RunCommand = z.output<typeof RunCommand>

/** What an action answers. `code`: invalid, forbidden, conflict, refused, missing, failed. */
export type ActionResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: string; readonly message: string }
