import { known, type Reading } from '@/lib/domain/reading'
import type { ImageSpec } from '@/lib/domain/words'
import type { Channel } from '@/lib/ports/channel'
import type { EvidencePort, Sampled, Ties, Written } from '@/lib/ports/evidence'
import { inBatches } from './in-batches'
import { toReading } from './to-domain'

/** Each of them is opened or walked through: fewer at a time than what is read by one round of class methods. */
const BATCH = 100
/** The helper keeps to its budget by itself; the rest is for a read that hangs until Ceph's own time-out ends it. */
const GRACE_MS = 20_000
const TIES_DEADLINE_MS = 45_000

const specOf = ({ pool, namespace, name }: ImageSpec) => ({ pool, namespace, name })

/** The evidence of one site over any channel. Throws AdapterError. */
export const evidencePort = (channel: Channel): EvidencePort => ({
  ties: (images) =>
    inBatches(images, BATCH, async (batch): Promise<readonly Reading<Ties>[]> => {
      const params = { images: batch.map(specOf) }
      const found = await channel.call('images.ties', params, { deadlineMs: TIES_DEADLINE_MS })
      return found.images.map((item) =>
        toReading(item, ({ id, ...ties }) => known({ imageId: id, ...ties }, found.observedAt)),
      )
    }),
  written: (questions, { budgetMs, budgetBytes }) =>
    inBatches(questions, BATCH, async (batch): Promise<readonly Reading<Written>[]> => {
      const images = batch.map(({ image, since }) => ({ ...specOf(image), since }))
      const params = { images, budgetMs, budgetBytes }
      const found = await channel.call('images.written', params, { deadlineMs: budgetMs + GRACE_MS })
      return found.images.map((item) =>
        toReading(item, ({ id, sizeBytes, objectBytes, modifiedAt, written }) => {
          const amount =
            'unknown' in written
              ? { kind: 'unknown' as const, reason: written.unknown }
              : {
                  kind: 'known' as const,
                  bytes: Math.min(written.objects * objectBytes, sizeBytes),
                  complete: written.complete,
                }
          return known({ imageId: id, sizeBytes, modifiedAt, amount }, found.observedAt)
        }),
      )
    }),
  sampled: (questions, pieceBytes, { budgetMs }) =>
    inBatches(questions, BATCH, async (batch): Promise<readonly Reading<Sampled>[]> => {
      const images = batch.map(({ image, snapId, offsets }) => ({ ...specOf(image), snapId, offsets: [...offsets] }))
      const params = { images, pieceBytes, budgetMs }
      const found = await channel.call('images.sampled', params, { deadlineMs: budgetMs + GRACE_MS })
      return found.images.map((item) => toReading(item, ({ hashes }) => known(hashes, found.observedAt)))
    }),
})
