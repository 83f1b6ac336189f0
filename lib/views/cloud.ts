import { z } from 'zod'
import { CLOUD_SERVICES, type CloudIdentity } from '@/lib/domain/cloud'
import { CLOUD_KINDS } from '@/lib/domain/cloud-age'
import type { BackendReport, CloudReport } from '@/lib/domain/cloud-report'

const service = z.object({
  host: z.string(),
  status: z.enum(['enabled', 'disabled']),
  disabledReason: z.string(),
  state: z.enum(['up', 'down']),
  backendState: z.enum(['up', 'down']).nullable(),
  replicationStatus: z.string(),
  activeBackendId: z.string().nullable(),
  frozen: z.boolean(),
  updatedAt: z.number().nullable(),
})

const pool = z.object({
  name: z.string(),
  host: z.string(),
  backendName: z.string(),
  replicationEnabled: z.boolean(),
  targets: z.array(z.string()).readonly(),
  location: z.object({ conf: z.string(), fsid: z.string(), user: z.string(), pool: z.string() }).nullable(),
  totalGb: z.number().nullable(),
  freeGb: z.number().nullable(),
})

const place = z.object({
  host: z.string(),
  first: z.string(),
  active: z.string().nullable(),
  failedOverTo: z.string().nullable(),
  targets: z
    .array(
      z.object({
        name: z.string(),
        site: z.string().nullable(),
        by: z.enum(['configuration', 'only other site', 'nothing']),
      }),
    )
    .readonly(),
  text: z.string(),
})

const strings = z.array(z.string()).readonly()

const ghost = z.object({
  volumeId: z.string(),
  name: z.string(),
  projectId: z.string(),
  status: z.string(),
  replicationStatus: z.string().nullable(),
  reasons: strings,
  waysOut: strings,
})
export type GhostView = z.output<typeof ghost>

const spoiled = z.object({
  volumeId: z.string(),
  name: z.string(),
  projectId: z.string(),
  status: z.string(),
  snapshotIds: strings,
})

const backend = z.object({
  service,
  place,
  notes: z
    .array(
      z.object({
        kind: z.enum(['down', 'replication', 'frozen', 'disabled', 'backend-down']),
        severity: z.enum(['bad', 'behind']),
        text: z.string(),
      }),
    )
    .readonly(),
  pools: z.array(pool).readonly(),
  poolsAre: z.enum(['listed', 'remembered', 'none']),
  volumes: z.number(),
  taken: z.number(),
  ghosts: z.object({ count: z.number(), list: z.array(ghost).readonly() }),
  spoiled: z.object({ count: z.number(), snapshots: z.number(), list: z.array(spoiled).readonly() }),
  facts: z
    .array(
      z.object({
        title: z.string(),
        state: z.enum(['pass', 'note', 'fail', 'unknown']),
        evidence: z.string(),
        why: z.string(),
      }),
    )
    .readonly(),
}) satisfies z.ZodType<BackendReport>
export type BackendView = z.output<typeof backend>

export const CloudReportSchema = z.object({
  site: z.string(),
  backends: z.array(backend).readonly(),
  badTypes: strings,
  orphans: z.number(),
  withoutImage: z.number(),
}) satisfies z.ZodType<CloudReport>

export const CloudIdentitySchema = z.object({
  region: z.string().nullable(),
  user: z.string(),
  project: z.string().nullable(),
  roles: strings,
  services: z
    .array(z.object({ service: z.enum(CLOUD_SERVICES), url: z.string(), microversion: z.string().nullable() }))
    .readonly(),
}) satisfies z.ZodType<CloudIdentity>

export const CloudReadingView = z.object({
  kind: z.enum(CLOUD_KINDS),
  observedAt: z.number().nullable(),
  tookMs: z.number().nullable(),
  error: z.string(),
  things: z.number(),
})
export type CloudReadingView = z.output<typeof CloudReadingView>

/** One cloud with all that was read of it and what follows. Null: not read yet. */
export const CloudView = z.object({
  site: z.string(),
  state: z.enum(['new', 'ok', 'failing', 'silent']),
  lastOkAt: z.number().nullable(),
  silentSince: z.number().nullable(),
  error: z.string(),
  readings: z.array(CloudReadingView),
  identity: CloudIdentitySchema.nullable(),
  /** Names of tenants by id, those of ghosts and spoiled volumes alone. */
  tenants: z.record(z.string(), z.string()),
  report: CloudReportSchema.nullable(),
})
export type CloudView = z.output<typeof CloudView>

export const CloudsView = z.object({ now: z.number(), clouds: z.array(CloudView) })
export type CloudsView = z.output<typeof CloudsView>
