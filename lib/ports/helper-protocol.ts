import { z } from 'zod'
import { evidenceMethods } from './evidence-protocol'

/**
 * What the resident helper answers: a short Python program at the site that speaks librbd. One JSON a line,
 * `{"id", "method", "params"}` in, `{"id", "result"}` or `{"id", "error": {kind, message, errno}}` out. Read-only.
 * The simulator answers the same methods; the contract suite holds both to one truth. Times are epoch milliseconds.
 */
const position = z.object({ tag: z.number(), entry: z.number() })

const siteStatus = z.object({
  up: z.boolean(),
  /** Ceph's word in lower case: replaying, stopped, starting_replay, … */
  state: z.string(),
  description: z.string(),
  lastUpdateAt: z.number().nullable(),
})

const mirrorStatus = z.object({
  name: z.string(),
  id: z.string(),
  globalId: z.string(),
  mode: z.enum(['journal', 'snapshot']),
  state: z.string(),
  primary: z.boolean(),
  local: siteStatus,
  remote: z.array(siteStatus.extend({ mirrorUuid: z.string() })),
})

const imageSpec = z.object({ pool: z.string(), namespace: z.string(), name: z.string() })

const lineage = z.object({
  name: z.string(),
  id: z.string(),
  sizeBytes: z.number(),
  features: z.array(z.string()),
  parent: imageSpec.nullable(),
  /** Null where mirroring is not enabled on the image. */
  mirroring: z
    .object({ globalId: z.string(), mode: z.enum(['journal', 'snapshot']), state: z.string(), primary: z.boolean() })
    .nullable(),
  snapshots: z.array(
    z.object({
      id: z.number(),
      /** primary | primary_demoted | non_primary | non_primary_demoted, as librbd numbers them. */
      state: z.enum(['primary', 'primary_demoted', 'non_primary', 'non_primary_demoted']),
      complete: z.boolean(),
      primarySnapId: z.number().nullable(),
      primaryMirrorUuid: z.string(),
      peerUuids: z.array(z.string()),
      takenAt: z.number(),
    }),
  ),
  journal: z
    .object({
      clients: z.array(
        z.object({
          id: z.string(),
          state: z.enum(['connected', 'disconnected']),
          position: position.nullable(),
          filled: z.string().nullable(),
        }),
      ),
      newestTag: z.object({ id: z.number(), mirrorUuid: z.string(), before: z.string() }).nullable(),
      tail: position.nullable(),
    })
    .nullable(),
})

const item = <T extends z.ZodType>(value: T) =>
  z.union([z.object({ ok: value }), z.object({ error: z.object({ errno: z.number(), message: z.string() }) })])

const images = z.array(z.object({ pool: z.string(), namespace: z.string(), name: z.string() }))

export const helperMethods = {
  /** Who answers, and the site's clock. */
  hello: {
    params: z.object({}),
    result: z.object({
      protocol: z.number(),
      python: z.string(),
      librbd: z.string(),
      now: z.number(),
      pid: z.number(),
    }),
  },
  /** All mirrored images of a pool with both sides' published status: one call a pool. */
  'mirror.statuses': {
    params: z.object({ pool: z.string(), namespace: z.string() }),
    result: z.object({ observedAt: z.number(), images: z.array(mirrorStatus) }),
  },
  /** The copies themselves: role, mirror snapshots, journal, parent, size. In the order asked; one bad image spoils no other. */
  'images.lineage': {
    params: z.object({ images }),
    result: z.object({ observedAt: z.number(), images: z.array(item(lineage)) }),
  },
  /** Who holds the images open, by client id. */
  'images.watchers': {
    params: z.object({ images }),
    result: z.object({
      observedAt: z.number(),
      images: z.array(item(z.array(z.object({ clientId: z.string(), address: z.string(), cookie: z.number() })))),
    }),
  },
  /** Newest entry and every reader's commit position of journals, by image id. `at` is the time before the tail was read. */
  'journal.samples': {
    params: z.object({ pool: z.string(), namespace: z.string(), imageIds: z.array(z.string()) }),
    result: z.object({
      samples: z.array(
        item(
          z.object({
            imageId: z.string(),
            at: z.number(),
            tail: position.nullable(),
            /** What the journal keeps, at most; null where it was not known at this sample. */
            keptBytes: z.number().nullable(),
            clients: z.array(z.object({ id: z.string(), position: position.nullable() })),
          }),
        ),
      ),
    }),
  },
  /** Mirror snapshots of images by name, without the rest: cheap enough for every round. */
  'snapshots.primary': {
    params: z.object({ images }),
    result: z.object({
      observedAt: z.number(),
      images: z.array(
        item(
          z.object({
            marks: z.array(
              z.object({
                id: z.number(),
                complete: z.boolean(),
                primarySnapId: z.number().nullable(),
                state: z.string(),
                takenAt: z.number(),
              }),
            ),
            isClone: z.boolean(),
          }),
        ),
      ),
    }),
  },
  /** What has these names now, mirrored or not, with the names of the users' own snapshots, oldest first. */
  'images.found': {
    params: z.object({ images }),
    result: z.object({
      observedAt: z.number(),
      images: z.array(
        item(
          z.object({
            id: z.string(),
            globalId: z.string().nullable(),
            snapshots: z.array(z.string()),
            features: z.array(z.string()),
          }),
        ),
      ),
    }),
  },
  /** All images of a pool, mirrored or not, by name. `children`: clones of its snapshots, null where they cannot be counted. */
  'pool.images': {
    params: z.object({ pool: z.string(), namespace: z.string() }),
    result: z.object({
      observedAt: z.number(),
      images: z.array(
        z.object({
          name: z.string(),
          id: z.string(),
          sizeBytes: z.number(),
          features: z.array(z.string()),
          parent: imageSpec.nullable(),
          children: z.number().nullable(),
          mirrored: z
            .object({
              mode: z.enum(['journal', 'snapshot']),
              globalId: z.string(),
              state: z.string(),
              primary: z.boolean(),
            })
            .nullable(),
        }),
      ),
    }),
  },
  /** The site's living rbd-mirror daemons, and what each says of the pool; `instanceId` is '' where it does not serve it. */
  'mirror.daemons': {
    params: z.object({ pool: z.string(), namespace: z.string() }),
    result: z.object({
      daemons: z.array(
        z.object({
          serviceId: z.string(),
          instanceId: z.string(),
          clientId: z.string(),
          hostname: z.string(),
          version: z.string(),
          leader: z.boolean(),
          health: z.enum(['OK', 'WARNING', 'ERROR', 'UNKNOWN']),
          callouts: z.array(z.string()),
        }),
      ),
    }),
  },
  /** What the pool signs its mirroring with at this site, and peers know it by; '' where it is not mirrored. */
  'mirror.uuid': {
    params: z.object({ pool: z.string(), namespace: z.string() }),
    result: z.object({ uuid: z.string() }),
  },
  /** Users and capabilities; no key leaves the site. */
  'cluster.users': {
    params: z.object({}),
    result: z.object({
      users: z.array(z.object({ entity: z.string(), caps: z.record(z.string(), z.string()) })),
    }),
  },
  ...evidenceMethods,
  /** TCP connections from the site's own network, tried side by side; `host:port`. */
  'net.reach': {
    params: z.object({ addresses: z.array(z.string()), timeoutMs: z.number() }),
    result: z.object({ results: z.array(z.object({ address: z.string(), reached: z.boolean(), text: z.string() })) }),
  },
  /** Processes in the helper's world whose environment carries ANTIPODE_ATTEMPT=attemptId. */
  'process.find': {
    params: z.object({ attemptId: z.string() }),
    result: z.object({ pids: z.array(z.number()) }),
  },
} as const

export type HelperMethod = keyof typeof helperMethods
export type HelperParams<M extends HelperMethod> = z.input<(typeof helperMethods)[M]['params']>
export type HelperResult<M extends HelperMethod> = z.output<(typeof helperMethods)[M]['result']>
export const HELPER_PROTOCOL = 1
