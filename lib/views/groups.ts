import { z } from 'zod'
import { MARKS } from '@/lib/domain/group'

const KINDS = ['volume', 'server'] as const

/** Whom a group would have now: counts of all, and one page of members. */
export const GroupPreview = z.object({
  at: z.number(),
  /** When the readings were made that it rests on; null: the cloud was not read yet. */
  readAt: z.number().nullable(),
  volumes: z.number(),
  servers: z.number(),
  /** So many each rule finds, in the order of the rules; without what is attached to them. */
  perRule: z.array(z.number()),
  offset: z.number(),
  rows: z.array(
    z.object({
      kind: z.enum(KINDS),
      id: z.string(),
      name: z.string(),
      mark: z.enum(MARKS).nullable(),
      stage: z.number().nullable(),
      why: z.string(),
    }),
  ),
  /** Why it cannot be saved: members of other groups; '' where there are none. */
  conflict: z.string(),
  cuts: z.object({ count: z.number(), first: z.string() }),
  /** Ids and names by hand that no volume or server has as its id. */
  unknown: z.array(z.string()),
})
export type GroupPreview = z.output<typeof GroupPreview>
