import { z } from 'zod'
import { intervalSec } from '@/lib/domain/objective'
import { TAKE_DOWN_PARTS } from '@/lib/domain/set-up'
import { CONSENTS, FindingView, LedgerView, PlanStepView } from './recover'

const mode = z.enum(['journal', 'snapshot'])

/** `pool/name`. Set-up takes images of the default namespace. */
const spec = z.string().regex(/^[^/]+\/[^/]+$/, 'an image is named pool/name')

/** What the set-up wizard sends. Keys and tokens are never part of it. */
export const SetUpIntent = z.strictObject({
  from: z.string().min(1),
  to: z.string().min(1),
  ways: z.enum(['one-way', 'two-way']),
  peering: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('token') }),
    z.strictObject({
      kind: z.literal('by-hand'),
      /** What each site's rbd-mirror logs in as at the other one. */
      client: z
        .string()
        .trim()
        .regex(/^client\.[A-Za-z0-9._-]+$/, 'a user is named client.NAME'),
    }),
  ]),
  pools: z
    .array(z.strictObject({ name: z.string().min(1), mode: z.enum(['image', 'pool']) }))
    .min(1, 'choose at least one pool')
    .max(200),
  images: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }),
    /** Every image of the pools. */
    z.strictObject({ kind: z.literal('all'), mode }),
    z.strictObject({ kind: z.literal('named'), images: z.array(z.strictObject({ spec, mode })).min(1).max(20_000) }),
  ]),
  schedules: z
    .array(
      z.strictObject({
        pool: z.string().min(1),
        interval: z.string().refine((text) => intervalSec(text) !== null, 'an interval is 1m, 2h or 1d'),
      }),
    )
    .default([]),
})
export type SetUpIntent = z.output<typeof SetUpIntent>

/** What is undone. `from` keeps its images; the copies at `to` are deleted by its rbd-mirror. */
export const TakeDownIntent = z.strictObject({
  from: z.string().min(1),
  to: z.string().min(1),
  part: z.enum(TAKE_DOWN_PARTS),
  pools: z.array(z.string().min(1)).min(1, 'choose at least one pool').max(200),
})
export type TakeDownIntent = z.output<typeof TakeDownIntent>

export const ChangeRowView = z.object({
  key: z.string(),
  name: z.string(),
  before: z.string(),
  after: z.string(),
  cost: z.string(),
  sizeBytes: z.number().nullable(),
  effect: z.enum(['done', 'changes', 'deletes']),
})
export type ChangeRowView = z.output<typeof ChangeRowView>

/** Everything these wizards show before the click, from readings taken for it. */
export const SetUpPreview = z.object({
  at: z.number(),
  procedure: z.enum(['set-up', 'take-down', 'cinder-failover', 'cinder-forced']),
  from: z.string(),
  to: z.string(),
  /** The name that is to be typed: of the site that gets copies, or loses them. */
  typedSite: z.string(),
  planHash: z.string().nullable(),
  refusal: z.string().nullable(),
  images: z.number(),
  findings: z.array(FindingView),
  changes: z.array(ChangeRowView),
  /** Where something is lost by it: of each image what the copy holds. */
  losses: LedgerView.optional(),
  setAside: z.array(z.object({ key: z.string(), name: z.string(), reason: z.string() })),
  steps: z.array(PlanStepView),
  script: z.string(),
  /** Sites without a living rbd-mirror, as far as it is known, each with the commands that deploy one. */
  guides: z.array(
    z.object({
      site: z.string(),
      tools: z.array(z.object({ tool: z.string(), lines: z.array(z.string()) })),
    }),
  ),
})
export type SetUpPreview = z.output<typeof SetUpPreview>

const approved = { requestId: z.uuid(), planHash: z.string().min(1), typed: z.string(), consents: CONSENTS }
export const StartSetUpInput = z.strictObject({ ...approved, intent: SetUpIntent })
export type StartSetUpInput = z.output<typeof StartSetUpInput>
export const StartTakeDownInput = z.strictObject({ ...approved, intent: TakeDownIntent })
export type StartTakeDownInput = z.output<typeof StartTakeDownInput>

/** Asked while somebody chooses: what both sites have. `pools`: those whose images are wanted too. */
export const GroundRequest = z.strictObject({
  from: z.string().min(1),
  to: z.string().min(1),
  pools: z.array(z.string().min(1)).max(200),
})
export type GroundRequest = z.output<typeof GroundRequest>

const poolAt = z.object({ mode: z.enum(['disabled', 'image', 'pool']), peers: z.array(z.string()) })

export const GroundView = z.object({
  at: z.number(),
  sites: z.array(z.object({ site: z.string(), fsid: z.string(), siteName: z.string(), version: z.string() })),
  /** One fsid at both: a token cannot be used between them. */
  sameFsid: z.boolean(),
  /** Pools for RBD images at either site. Null: it is not there. */
  pools: z.array(
    z.object({
      name: z.string(),
      objectiveSec: z.number(),
      from: poolAt.nullable(),
      to: poolAt.nullable(),
    }),
  ),
  images: z.array(
    z.object({
      spec: z.string(),
      pool: z.string(),
      sizeBytes: z.number(),
      features: z.array(z.string()),
      parent: z.string().nullable(),
      children: z.number().nullable(),
      mirrored: mode.nullable(),
      role: z.enum(['primary', 'non-primary']).nullable(),
    }),
  ),
})
export type GroundView = z.output<typeof GroundView>
