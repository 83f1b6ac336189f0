import { z } from 'zod'
import { ImageCloudDetail } from './image-cloud'
import { ImageRow, ImageSide } from './image-row'

/** One side with all that it says. */
const SideDetail = ImageSide.extend({
  /** rbd-mirror's line, verbatim. */
  description: z.string(),
  imageId: z.string(),
  /** When its pool was last read there. */
  readAt: z.number().nullable(),
})
export type SideDetail = z.output<typeof SideDetail>

export const Breach = z.object({ startedAt: z.number(), endedAt: z.number().nullable(), worstSec: z.number() })
export type Breach = z.output<typeof Breach>

export const ImageDetail = z.object({
  now: z.number(),
  image: ImageRow,
  sides: z.tuple([SideDetail, SideDetail]),
  verdictText: z.string(),
  /** What the held-until rests on, in a sentence. */
  heldText: z.string(),
  changedAt: z.number(),
  /** When the copy was first seen after it had been another image; null where it never changed. */
  copySince: z.number().nullable(),
  /** Since when the console has watched its pool; null where it has just begun. Before that nothing is known. */
  watchedSince: z.number().nullable(),
  /** Newest first; of the last week. */
  breaches: z.array(Breach),
  /** Mirror snapshots seen at the primary, newest first. */
  marks: z.array(z.object({ site: z.string(), snapId: z.number(), takenAt: z.number() })),
  /** The newest journal position sampled at the primary. */
  sample: z
    .object({ site: z.string(), at: z.number(), tag: z.number(), entry: z.number(), exact: z.boolean() })
    .nullable(),
  /** The parent as an image of its own, where it is mirrored in the same pair. */
  parentId: z.string().nullable(),
  /** A run that is live and has this image as a member. */
  run: z.object({ id: z.string(), title: z.string() }).nullable(),
  /** What it is in a cloud; null where it is in none. */
  cloud: ImageCloudDetail.nullable(),
})
export type ImageDetail = z.output<typeof ImageDetail>
