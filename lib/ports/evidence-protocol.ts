import { z } from 'zod'

/** What the helper answers about two histories of one image. Read-only, within a budget of time and bytes. */
const position = z.object({ tag: z.number(), entry: z.number() })
const spec = z.object({ pool: z.string(), namespace: z.string(), name: z.string() })
const item = <T extends z.ZodType>(value: T) =>
  z.union([z.object({ ok: value }), z.object({ error: z.object({ errno: z.number(), message: z.string() }) })])

export const evidenceMethods = {
  /** What would go, or be in the way, where an image is removed: its clones; and whether a resync of it is flagged. */
  'images.ties': {
    params: z.object({ images: z.array(spec) }),
    result: z.object({
      observedAt: z.number(),
      images: z.array(item(z.object({ id: z.string(), children: z.array(z.string()), resyncRequested: z.boolean() }))),
    }),
  },
  /**
   * How much of each image was written by its own site since a point: since a snapshot by the object maps, or since a place
   * in its journal by the journal's entries. Exact to whole objects. No data of the image is read.
   */
  'images.written': {
    params: z.object({
      images: z.array(
        spec.extend({
          since: z.discriminatedUnion('kind', [
            z.object({ kind: z.literal('snapshot'), id: z.number() }),
            /** Of its own newest term alone; past `position` where that is given. */
            z.object({ kind: z.literal('journal'), position: position.nullable() }),
            z.object({ kind: z.literal('nothing') }),
          ]),
        }),
      ),
      budgetMs: z.number(),
      /** Of journal or maps, an image. */
      budgetBytes: z.number(),
    }),
    result: z.object({
      observedAt: z.number(),
      images: z.array(
        item(
          z.object({
            id: z.string(),
            sizeBytes: z.number(),
            objectBytes: z.number(),
            /** Ceph's own stamp, written at most once a minute while somebody writes. Null where it has none. */
            modifiedAt: z.number().nullable(),
            written: z.union([
              /** `complete` false: the budget ended first, so it is at least so much. */
              z.object({ objects: z.number(), complete: z.boolean() }),
              z.object({ unknown: z.string() }),
            ]),
          }),
        ),
      ),
    }),
  },
  /** Hashes of pieces of images as they are now, or as they were at a snapshot: null where the budget ended first. */
  'images.sampled': {
    params: z.object({
      images: z.array(spec.extend({ snapId: z.number().nullable(), offsets: z.array(z.number()) })),
      pieceBytes: z.number(),
      budgetMs: z.number(),
    }),
    result: z.object({
      observedAt: z.number(),
      images: z.array(item(z.object({ id: z.string(), hashes: z.array(z.string().nullable()) }))),
    }),
  },
} as const
