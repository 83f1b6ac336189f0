import { z } from 'zod'

/** Ranges of the chart, in minutes. */
export const LAG_RANGES = ['60', '360', '1440', '10080'] as const
export type LagRange = (typeof LAG_RANGES)[number]

export const LagRequest = z.strictObject({ minutes: z.enum(LAG_RANGES).default('60') })

/** One slot: its start, the worst and the median exposure in it. Null: not read then. */
export const LagPoint = z.tuple([z.number(), z.number().nullable(), z.number().nullable()])
export type LagPoint = z.output<typeof LagPoint>

export const LagSeries = z.object({
  pair: z.string(),
  pool: z.string(),
  from: z.string(),
  to: z.string(),
  objectiveSec: z.number(),
  points: z.array(LagPoint),
})
export type LagSeries = z.output<typeof LagSeries>

export const LagView = z.object({
  now: z.number(),
  fromAt: z.number(),
  /** Width of a slot. At most 500 slots: a chart of more points stalls the page and shows no more. */
  slotMs: z.number(),
  /** Null: no stream is known yet. */
  series: z.array(LagSeries).nullable(),
})
export type LagView = z.output<typeof LagView>
