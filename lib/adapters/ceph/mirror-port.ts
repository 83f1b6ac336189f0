import { known, type Reading } from '@/lib/domain/reading'
import type { ImageSpec, SiteName } from '@/lib/domain/words'
import type { Channel } from '@/lib/ports/channel'
import type { FoundImage, JournalSample, MirrorDaemon, MirrorPort, SnapshotLook } from '@/lib/ports/mirror'
import { inSlices } from '@/lib/ports/slices'
import { ask } from './ask'
import { dataHealth } from './data-health'
import { evidencePort } from './evidence-port'
import { inBatches } from './in-batches'
import { PoolInfo, Schedules, toPoolMirroring } from './rbd-output'
import { secretOf } from './secret-of'
import { withoutAnySecret } from './secrets'
import { toFound, toLineage, toMirrorRow, toPoolImage, toReading, toSnapshotMark } from './to-domain'
import { clientNames, watchersOf } from './watchers'

export interface MirrorPortOptions {
  /** What the peers' daemons log in as at this site's pool; `client.rbd-mirror*` need not be named. Throws nothing. */
  readonly mirrorEntities?: (pool: string) => Promise<readonly string[]>
  /** Entities that ordinary clients use too; `client.admin` always is one. */
  readonly ordinaryEntities?: readonly string[]
}

const BATCH = 500
/** A batch of 500 takes 0.3 s on the lab; the rest is for a cluster that is recovering. */
const BATCH_DEADLINE_MS = 45_000
/** Two questions to the mgr, each of which gives up after 5 s. */
const DAEMONS_DEADLINE_MS = 15_000

const REACH_TIMEOUT_MS = 2_000
/** All addresses are tried at once; the rest is for a helper that has to be started first. */
const REACH_DEADLINE_MS = 10_000

/** `pool` or `pool/namespace`, as `rbd` takes it. */
function poolParams(pool: string): { pool: string; namespace: string } {
  const [name = pool, namespace = ''] = pool.split('/')
  return { pool: name, namespace }
}

/** Mirroring at one site over any channel. Throws AdapterError; an image that cannot be read is a reading `unknown`. */
export function mirrorPort(site: SiteName, channel: Channel, options: MirrorPortOptions = {}): MirrorPort {
  const rules = {
    mirrorEntities: options.mirrorEntities ?? (async () => []),
    ordinaryEntities: ['client.admin', ...(options.ordinaryEntities ?? [])],
  }
  const names = clientNames(channel)
  // By helper: rbd lists every image with them, at 3 ms each.
  const daemons = async (pool: string): Promise<readonly MirrorDaemon[]> =>
    (await channel.call('mirror.daemons', poolParams(pool), { deadlineMs: DAEMONS_DEADLINE_MS })).daemons

  return {
    site,
    daemons,
    poolMirroring: async (pool) =>
      toPoolMirroring(pool, await ask(channel, PoolInfo, ['rbd', 'mirror', 'pool', 'info', pool, '--format', 'json'])),
    mirrorUuid: async (pool) => (await channel.call('mirror.uuid', poolParams(pool))).uuid,
    schedules: () => ask(channel, Schedules, ['rbd', 'mirror', 'snapshot', 'schedule', 'ls', '-R', '--format', 'json']),
    dataHealth: () => dataHealth(channel),
    // One message for a whole pool: by command it would cost fifty times the processor time.
    async statuses(pool, { deadlineMs = BATCH_DEADLINE_MS } = {}) {
      const { observedAt, images } = await channel.call('mirror.statuses', poolParams(pool), { deadlineMs })
      return { pool, observedAt, rows: await inSlices(images, BATCH, toMirrorRow) }
    },
    lineages: (images, { deadlineMs = BATCH_DEADLINE_MS } = {}) =>
      inBatches(images, BATCH, async (batch) => {
        const found = await channel.call('images.lineage', { images: specs(batch) }, { deadlineMs })
        return found.images.map((item, at) =>
          toReading(item, (raw) => toLineage(batch[at] as ImageSpec, raw, found.observedAt)),
        )
      }),
    watchers: (images) => watchersOf(channel, images, rules, daemons, names),
    journalSamples: (pool, imageIds) =>
      inBatches(imageIds, BATCH, async (batch): Promise<readonly Reading<JournalSample>[]> => {
        const params = { ...poolParams(pool), imageIds: [...batch] }
        const { samples } = await channel.call('journal.samples', params, { deadlineMs: BATCH_DEADLINE_MS })
        return samples.map((item) => toReading(item, (sample) => known(sample, sample.at)))
      }),
    snapshotMarks: (images) =>
      inBatches(images, BATCH, async (batch): Promise<readonly Reading<SnapshotLook>[]> => {
        const found = await channel.call(
          'snapshots.primary',
          { images: specs(batch) },
          { deadlineMs: BATCH_DEADLINE_MS },
        )
        return found.images.map((item) =>
          toReading(item, ({ marks, isClone }) =>
            known({ marks: marks.map(toSnapshotMark), isClone }, found.observedAt),
          ),
        )
      }),
    found: (images) =>
      inBatches(images, BATCH, async (batch): Promise<readonly Reading<FoundImage>[]> => {
        const found = await channel.call('images.found', { images: specs(batch) }, { deadlineMs: BATCH_DEADLINE_MS })
        return found.images.map((item) => toFound(item, found.observedAt))
      }),
    async reaches(addresses) {
      const params = { addresses: [...addresses], timeoutMs: REACH_TIMEOUT_MS }
      return (await channel.call('net.reach', params, { deadlineMs: REACH_DEADLINE_MS })).results
    },
    async poolImages(pool) {
      const params = poolParams(pool)
      const { images } = await channel.call('pool.images', params, { deadlineMs: BATCH_DEADLINE_MS })
      return inSlices(images, BATCH, (raw) => toPoolImage(params, raw))
    },
    secret: (argv) => secretOf(channel, argv),
    evidence: evidencePort(channel),
    async act(argv, change) {
      const result = await channel.change(argv, change)
      if (change.stdin === undefined) return result
      return { ...result, stdout: withoutAnySecret(result.stdout), stderr: withoutAnySecret(result.stderr) }
    },
    mayLive: (attemptId, handle) => channel.mayLive(attemptId, handle),
    shown: (argv) => channel.shown(argv),
  }
}

const specs = (images: readonly ImageSpec[]) => images.map(({ pool, namespace, name }) => ({ pool, namespace, name }))
