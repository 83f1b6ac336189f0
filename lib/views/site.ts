import { z } from 'zod'
import type { ClusterFacts } from '@/lib/ports/cluster'
import type { MirrorDaemon, PoolMirroring, SnapshotSchedule } from '@/lib/ports/mirror'
import { SitePulse } from './shell'
import { SUMMARY_SCHEMAS } from './summary'

export const ClusterFactsSchema = z.object({
  fsid: z.string(),
  health: z.object({
    status: z.string(),
    checks: z.array(z.object({ code: z.string(), severity: z.string(), summary: z.string() })).readonly(),
  }),
  version: z.string(),
  totalBytes: z.number(),
  usedBytes: z.number(),
  availableBytes: z.number(),
  pools: z
    .array(z.object({ name: z.string(), id: z.number(), usedBytes: z.number(), availableBytes: z.number() }))
    .readonly(),
  monAddresses: z.array(z.string()).readonly(),
  monEndpoints: z.array(z.string()).readonly().optional(),
  osdsUp: z.number(),
  osdsTotal: z.number(),
}) satisfies z.ZodType<ClusterFacts>

export const MirroringSchema = z.object({
  pool: z.string(),
  mode: z.enum(['disabled', 'image', 'pool']),
  siteName: z.string(),
  peers: z
    .array(
      z.object({
        uuid: z.string(),
        direction: z.enum(['rx-only', 'tx-only', 'rx-tx']),
        siteName: z.string(),
        mirrorUuid: z.string(),
        clientName: z.string(),
      }),
    )
    .readonly(),
}) satisfies z.ZodType<PoolMirroring>

export const DaemonsSchema = z.array(
  z.object({
    serviceId: z.string(),
    instanceId: z.string(),
    clientId: z.string(),
    hostname: z.string(),
    version: z.string(),
    leader: z.boolean(),
    health: z.enum(['OK', 'WARNING', 'ERROR', 'UNKNOWN']),
    callouts: z.array(z.string()).readonly(),
  }),
) satisfies z.ZodType<MirrorDaemon[]>

export const SchedulesSchema = z.array(
  z.object({
    pool: z.string().nullable(),
    namespace: z.string().nullable(),
    image: z.string().nullable(),
    interval: z.string(),
    startTime: z.string().nullable(),
  }),
) satisfies z.ZodType<SnapshotSchedule[]>

/** One pool as its site reads it. Null: not read yet. */
export const PoolView = z.object({
  pool: z.string(),
  pair: z.string().nullable(),
  peerSite: z.string().nullable(),
  mode: z.enum(['disabled', 'image', 'pool', 'unknown']),
  observedAt: z.number().nullable(),
  slowAt: z.number().nullable(),
  error: z.string(),
  images: z.number(),
  unmirrored: z.number().nullable(),
  mirroring: MirroringSchema.nullable(),
  daemons: DaemonsSchema.nullable(),
  schedules: SchedulesSchema.nullable(),
})
export type PoolView = z.output<typeof PoolView>

/** One site with all that was read of it. */
export const SiteView = SitePulse.extend({
  failures: z.number(),
  /** The command that asks this cluster for its state, as it can be typed on this machine. */
  look: z.string(),
  facts: ClusterFactsSchema.nullable(),
  factsAt: z.number().nullable(),
  clock: z.object({ skewMs: z.number(), boundMs: z.number() }).nullable(),
  pools: z.array(PoolView),
})
export type SiteView = z.output<typeof SiteView>

/** All sites: a site's page needs its neighbours too, for what must match between the two of a pair. */
export const SitesView = z.object({
  now: z.number(),
  sites: z.array(SiteView),
  streams: SUMMARY_SCHEMAS['pool-streams'].nullable(),
})
export type SitesView = z.output<typeof SitesView>

export const SitePage = SitesView.extend({ site: z.string() })
export type SitePage = z.output<typeof SitePage>
