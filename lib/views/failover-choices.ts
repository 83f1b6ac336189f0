import { z } from 'zod'
import { VERDICTS } from '@/lib/domain/verdict-words'

const Share = z.object({
  images: z.number(),
  byVerdict: z.partialRecord(z.enum(VERDICTS), z.number()),
  behindObjective: z.number(),
  worstHeldUntilAt: z.number().nullable(),
})

/** From which site to which a failover can be asked for, and how much there is, as the worker last summed it up. */
export const FailoverDirections = z.object({
  now: z.number(),
  /** Null: nothing has been summed up yet. */
  directions: z
    .array(Share.extend({ from: z.string(), to: z.string(), pools: z.array(Share.extend({ pool: z.string() })) }))
    .nullable(),
})
export type FailoverDirections = z.output<typeof FailoverDirections>
export type Direction = NonNullable<FailoverDirections['directions']>[number]

/** So many images may be named one by one; more are a pool or a site. */
export const MOST_PICKED = 20_000

export const PickedRequest = z.strictObject({
  ids: z
    .string()
    .transform((text) => text.split(',').filter((id) => id !== ''))
    .pipe(z.array(z.string()).max(50, 'at most 50 images are handed over by name; use a filter for more'))
    .default([]),
  /** The query string of the Images page. */
  filter: z.string().default(''),
})

/** Images handed over from the Images page: what they are called, and where they are primary. */
export const PickedImages = z.object({
  now: z.number(),
  images: z.array(z.object({ id: z.string(), name: z.string(), pair: z.string(), primarySite: z.string().nullable() })),
  /** Asked for and not known any more. */
  missing: z.array(z.string()),
  /** The filter matched more than may be named one by one: then nothing is handed over. */
  tooMany: z.boolean(),
})
export type PickedImages = z.output<typeof PickedImages>
