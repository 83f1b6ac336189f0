import { z } from 'zod'
import { Amount } from './evidence'

/** So many are marked at once: each is measured again and again. */
export const MOST_APART = 200

const reason = z.string().trim().min(1, 'a reason is needed').max(280, 'a reason has at most 280 letters')
const ids = z.array(z.string().min(1)).min(1).max(MOST_APART, `at most ${MOST_APART} images are kept apart at a time`)

export const KeepApart = z.strictObject({ requestId: z.uuid(), ids, reason })
export type KeepApart = z.output<typeof KeepApart>

export const EndApart = z.strictObject({ ids, reason })
export type EndApart = z.output<typeof EndApart>

export const ApartImage = z.object({
  imageId: z.string(),
  name: z.string(),
  pair: z.string(),
  reason: z.string(),
  by: z.string(),
  since: z.number(),
  partedAt: z.number(),
  /** What each site wrote since they parted; empty before it was first measured. */
  meter: z.array(z.object({ site: z.string(), amount: Amount })),
  measuredAt: z.number().nullable(),
})
export type ApartImage = z.output<typeof ApartImage>

/** Open ones, those that parted first before the others. */
export const ApartView = z.object({ now: z.number(), images: z.array(ApartImage) })
export type ApartView = z.output<typeof ApartView>
