import { z } from 'zod'
import { CONSENTS, FENCE } from './recover'

/** What the wizard sends: which backend goes where. The sites follow from where it serves now. */
export const CinderIntent = z.strictObject({
  /** Site of the cloud that the backend belongs to. */
  cloud: z.string().min(1),
  /** Without a pool: `cinder@ceph`. */
  host: z.string().min(1),
  /** What failover_host is told: the name of a replication device, or `default` for the way back. */
  target: z.string().min(1),
  clients: z.enum(['wait', 'evict']),
  /** Of a site that is lost: what fences it. Left out: the site answers. */
  lost: FENCE.optional(),
  /** Of a site that is lost: cinder-volume cannot be told, so this console promotes past it. */
  past: z.literal(true).optional(),
  /** Volumes that were chosen, by id; left out: the whole backend, which is all that can go. */
  volumes: z.array(z.string().min(1)).max(20_000).optional(),
  /** A protection group by name, in place of a list: found afresh at each look. */
  group: z.string().min(1).max(60).optional(),
})
export type CinderIntent = z.output<typeof CinderIntent>

export const StartCinderInput = z.strictObject({
  requestId: z.uuid(),
  planHash: z.string().min(1),
  typed: z.string(),
  consents: CONSENTS,
  intent: CinderIntent,
})
export type StartCinderInput = z.output<typeof StartCinderInput>

export const BackendsRequest = z.strictObject({})

/** The backends that could be failed over, asked of every cloud just now. */
export const BackendsView = z.object({
  at: z.number(),
  backends: z.array(
    z.object({
      cloud: z.string(),
      host: z.string(),
      /** Where it serves; null where nothing says which site that is. */
      serves: z.string().nullable(),
      activeBackendId: z.string().nullable(),
      replicationStatus: z.string(),
      state: z.enum(['up', 'down']),
      frozen: z.boolean(),
      targets: z.array(z.object({ name: z.string(), site: z.string().nullable() })),
    }),
  ),
  /** Clouds that did not answer, with what is wrong. */
  silent: z.array(z.object({ cloud: z.string(), reason: z.string() })),
})
export type BackendsView = z.output<typeof BackendsView>
