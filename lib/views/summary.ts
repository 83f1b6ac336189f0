import { z } from 'zod'
import type { Attention, IfLost, Stream, Summaries } from '@/lib/domain/summary'
import { GRADES, VERDICTS } from '@/lib/domain/verdict-words'

const LOST_REASONS = [
  'not-mirrored',
  'split-brain',
  'copying',
  'hollow',
  'parent-not-mirrored',
  'no-copy',
  'unprotected',
  'error',
  'stale-evidence',
] as const

const IfLostSchema = z.object({
  site: z.string(),
  known: z.boolean(),
  primaries: z.number(),
  recover: z.number(),
  targets: z.array(z.object({ site: z.string(), images: z.number() })).readonly(),
  worstHeldUntilAt: z.number().nullable(),
  medianHeldUntilAt: z.number().nullable(),
  worstGrade: z.enum(GRADES),
  behindObjective: z.number(),
  lost: z.array(z.object({ reason: z.enum(LOST_REASONS), images: z.number() })).readonly(),
  readAt: z.number().nullable(),
}) satisfies z.ZodType<IfLost>

const byVerdict = z.partialRecord(z.enum(VERDICTS), z.number())

const StreamSchema = z.object({
  pair: z.string(),
  from: z.string(),
  to: z.string(),
  pool: z.string().nullable(),
  images: z.number(),
  byVerdict,
  behindObjective: z.number(),
  worstHeldUntilAt: z.number().nullable(),
  medianHeldUntilAt: z.number().nullable(),
  worstGrade: z.enum(GRADES),
  objectiveSec: z.number(),
  readAt: z.number().nullable(),
}) satisfies z.ZodType<Stream>

const NoteSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('suspended'), until: z.number(), by: z.string(), reason: z.string() }),
  z.object({
    kind: z.literal('acknowledged'),
    at: z.number(),
    by: z.string(),
    reason: z.string(),
    expectedAt: z.number().nullable(),
  }),
])

const AttentionSchema = z.object({
  key: z.string(),
  severity: z.enum(['critical', 'warning', 'unknown', 'suspended']),
  title: z.string(),
  detail: z.string(),
  since: z.number().nullable(),
  note: NoteSchema.optional(),
  action: z.object({ label: z.string(), href: z.string() }),
}) satisfies z.ZodType<Attention>

const CountsSchema = z.object({
  images: z.number(),
  byVerdict,
  behindObjective: z.number(),
}) satisfies z.ZodType<Summaries['counts']>

/** How the worker's rows in `summaries` read, by key. */
export const SUMMARY_SCHEMAS = {
  'if-lost': z.array(IfLostSchema).readonly(),
  streams: z.array(StreamSchema).readonly(),
  'pool-streams': z.array(StreamSchema).readonly(),
  attention: z.array(AttentionSchema).readonly(),
  counts: CountsSchema,
} as const satisfies { readonly [K in keyof Summaries]: z.ZodType<Summaries[K]> }
