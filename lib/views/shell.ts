import { z } from 'zod'
import { ROLES } from '@/lib/domain/actor'
import { Stated } from './stated'

export const SITE_STATES = ['ok', 'failing', 'silent', 'new'] as const

/** What every screen shows of a site: does it answer, and if not since when. Times are epoch milliseconds. */
export const SitePulse = z.object({
  name: z.string(),
  state: z.enum(SITE_STATES),
  lastOkAt: z.number().nullable(),
  silentSince: z.number().nullable(),
  error: z.string(),
  /** Duration of a good round there: what counts as too old depends on it (domain/verdict-now). */
  roundMs: z.number().nullable(),
})
export type SitePulse = z.output<typeof SitePulse>

/** When one pool was last read at one site. Rows store no time of reading: they are as old as this. */
export const PoolPulse = z.object({
  site: z.string(),
  pool: z.string(),
  pair: z.string().nullable(),
  observedAt: z.number().nullable(),
  sampledAt: z.number().nullable(),
  fastSampledAt: z.number().nullable(),
})
export type PoolPulse = z.output<typeof PoolPulse>

export const ShellView = z.object({
  /** The server's clock, by which every age is counted. */
  now: z.number(),
  name: z.string(),
  /** Sites are simulated: nobody configured any. */
  demo: z.boolean(),
  /** Of who looks: what may not be done is refused with a reason before it is sent. */
  role: z.enum(ROLES),
  rpoSec: z.number(),
  rtoSec: z.number(),
  sites: z.array(SitePulse),
  pools: z.array(PoolPulse),
  /** Null: not counted yet. */
  images: z.number().nullable(),
  liveRuns: z.number(),
  /** Sites that have a cloud. */
  clouds: z.array(z.string()),
  stated: Stated,
})
export type ShellView = z.output<typeof ShellView>
