import { z } from 'zod'

/** What is open of suspensions and acknowledged outages, as every screen may need it. Times are epoch milliseconds. */
export const Stated = z.object({
  suspensions: z.array(
    z.object({
      id: z.string(),
      pair: z.string(),
      from: z.string().nullable(),
      pools: z.array(z.string()).readonly(),
      reason: z.string(),
      by: z.string(),
      startsAt: z.number(),
      endsAt: z.number(),
      endedAt: z.number().nullable(),
      closedAt: z.number().nullable(),
    }),
  ),
  outages: z.array(
    z.object({
      id: z.string(),
      site: z.string(),
      reason: z.string(),
      by: z.string(),
      acknowledgedAt: z.number(),
      lastHeardAt: z.number().nullable(),
      expectedAt: z.number().nullable(),
      returnedAt: z.number().nullable(),
    }),
  ),
})
export type Stated = z.output<typeof Stated>
