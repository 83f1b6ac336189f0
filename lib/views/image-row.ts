import { z } from 'zod'
import { GRADES, VERDICTS } from '@/lib/domain/verdict-words'
import { ImageCloud } from './image-cloud'

/** One side of an image: what its own site says, Ceph's words verbatim. */
export const ImageSide = z.object({
  site: z.string(),
  role: z.enum(['primary', 'non-primary', 'absent', 'unknown']),
  /** Ceph's replay state, '' where nothing was reported. */
  state: z.string(),
  up: z.boolean(),
})
export type ImageSide = z.output<typeof ImageSide>

export const ImageRow = z.object({
  id: z.string(),
  pair: z.string(),
  pool: z.string(),
  namespace: z.string(),
  name: z.string(),
  globalId: z.string(),
  mode: z.enum(['journal', 'snapshot']),
  /** Primary alone; null where both are, none is, or nobody knows. */
  primarySite: z.string().nullable(),
  /** The primary first, where there is one. */
  sides: z.tuple([ImageSide, ImageSide]),
  /** As last read; `readings` makes of it what it is now. */
  verdict: z.enum(VERDICTS),
  caughtUp: z.boolean(),
  /** In the set that is sampled at every step. */
  sampled: z.boolean(),
  heldUntilAt: z.number().nullable(),
  grade: z.enum(GRADES),
  objectiveSec: z.number(),
  syncPercent: z.number().nullable(),
  sizeBytes: z.number().nullable(),
  /** Null: it has none. `mirrored` null: not known. */
  parent: z
    .object({ pool: z.string(), namespace: z.string(), name: z.string(), mirrored: z.boolean().nullable() })
    .nullable(),
  /** Interval of the schedule in force; '' none, null not read. */
  schedule: z.string().nullable(),
  /** What it is in a cloud; null where it is in none, or none is configured. */
  cloud: ImageCloud.nullable(),
})
export type ImageRow = z.output<typeof ImageRow>

export const ImagesPage = z.object({
  now: z.number(),
  total: z.number(),
  offset: z.number(),
  rows: z.array(ImageRow),
})
export type ImagesPage = z.output<typeof ImagesPage>
