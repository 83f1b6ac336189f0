import { z } from 'zod'

/** So many images are compared at a time: each is looked at at both sites, and pieces of it are read. */
export const COMPARED_AT_ONCE = 20

export const CompareInput = z.strictObject({
  ids: z
    .array(z.string().min(1))
    .min(1)
    .max(COMPARED_AT_ONCE, `at most ${COMPARED_AT_ONCE} images are compared at a time`),
})
export type CompareInput = z.output<typeof CompareInput>

export const Amount = z.discriminatedUnion('kind', [
  /** Whole objects are counted. `text` says from where on, and what makes it less sure. */
  z.object({
    kind: z.literal('known'),
    bytes: z.number(),
    sure: z.enum(['exact', 'about', 'at-least', 'at-most']),
    text: z.string(),
  }),
  z.object({ kind: z.literal('unknown'), text: z.string() }),
])
export type Amount = z.output<typeof Amount>

const EvidenceSide = z.object({
  site: z.string(),
  /** Null where the side did not answer, or could not be read; `trouble` says why. */
  role: z.enum(['primary', 'non-primary']).nullable(),
  trouble: z.string(),
  imageId: z.string(),
  /** Where its history stands: its newest mirror snapshots or its journal, oldest first. */
  history: z.array(z.string()),
  /** Mirror snapshots that it made or copied since the histories parted; null in journal mode, or where that is not known. */
  snapshotsSince: z.number().nullable(),
  watchers: z.array(z.string()),
  watchersTrouble: z.string(),
  /** Epoch milliseconds by the site's clock, at most a minute before the newest write; null where nothing says it. */
  writtenAt: z.number().nullable(),
  writtenText: z.string(),
  amount: Amount,
})
export type EvidenceSide = z.output<typeof EvidenceSide>

export const ImageEvidence = z.object({
  id: z.string(),
  name: z.string(),
  mode: z.enum(['journal', 'snapshot']),
  sides: z.tuple([EvidenceSide, EvidenceSide]),
  /** What it is, by the lineages: a real split, one that is none, two primaries. */
  split: z.object({ kind: z.enum(['real', 'spurious', 'two-primaries', 'gone', 'unknown']), text: z.string() }),
  /** Where the histories part, in words. */
  common: z.string(),
  /** The site that was written to last, null where that cannot be said. */
  newer: z.string().nullable(),
  sampled: z.object({ compared: z.number(), differ: z.number(), asked: z.number() }).nullable(),
  sampledTrouble: z.string(),
})
export type ImageEvidence = z.output<typeof ImageEvidence>

export interface Compared {
  /** When it was looked, epoch milliseconds. */
  readonly at: number
  readonly images: readonly ImageEvidence[]
}
