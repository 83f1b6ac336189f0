import { z } from 'zod'
import type { WorstOf } from '@/lib/domain/cloud-exposure'
import { GRADES } from '@/lib/domain/verdict-words'

/** As exposed as its worst volume. */
export const Worst = z.object({
  kind: z.enum(['none', 'held', 'unknown', 'no-copy']),
  heldUntilAt: z.number().nullable(),
  breachAt: z.number().nullable(),
  grade: z.enum(GRADES),
  volumes: z.number(),
  withoutCopy: z.number(),
  unknown: z.number(),
  why: z.string(),
}) satisfies z.ZodType<WorstOf>
export type WorstView = z.output<typeof Worst>

/** A server or a tenant, as exposed as its worst volume. */
export const ExposedRow = z.object({
  key: z.string(),
  site: z.string(),
  /** Id of the server; '' of a tenant. */
  id: z.string(),
  name: z.string(),
  tenant: z.string(),
  /** Nova's word; '' of a tenant. */
  status: z.string(),
  host: z.string().nullable(),
  /** Of a tenant; 1 of a server. */
  servers: z.number(),
  /** The stack of Heat that made it; null where none is known, and of a tenant. */
  stack: z.object({ name: z.string(), status: z.string() }).nullable(),
  worst: Worst,
})
export type ExposedRow = z.output<typeof ExposedRow>

export const ServersRequest = z.strictObject({
  by: z.enum(['server', 'tenant']).default('server'),
  q: z.string().trim().max(200).default(''),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})
export type ServersRequest = z.output<typeof ServersRequest>

export const ServersPage = z.object({
  now: z.number(),
  total: z.number(),
  offset: z.number(),
  rows: z.array(ExposedRow),
  /** When servers and volumes were last read, the older of both; null where a cloud has not been read yet. */
  readAt: z.number().nullable(),
  /** Clouds of which that is too long ago, or which do not answer. */
  stale: z.array(z.string()),
})
export type ServersPage = z.output<typeof ServersPage>
