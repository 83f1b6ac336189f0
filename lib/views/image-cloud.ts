import { z } from 'zod'

/** What an image is in a cloud, as a row of the list has it. */
export const ImageCloud = z.object({
  /** orphan: it bears a volume's name, and no volume has it. */
  kind: z.enum(['volume', 'glance', 'orphan']),
  site: z.string(),
  /** Of the volume or the Glance image; '' of an orphan. */
  id: z.string(),
  name: z.string(),
  typeName: z.string().nullable(),
  /** Null where it is no volume. */
  tenant: z.string().nullable(),
  servers: z.array(z.object({ id: z.string(), name: z.string() })),
  /** The Glance image that a volume was made from. */
  madeFrom: z.object({ id: z.string(), name: z.string() }).nullable(),
})
export type ImageCloud = z.output<typeof ImageCloud>

/** How a server reaches a volume. */
export const SeenAttachment = z.object({
  serverId: z.string().nullable(),
  serverName: z.string().nullable(),
  serverStatus: z.string().nullable(),
  device: z.string(),
  status: z.string(),
  monitors: z.array(z.string()),
  /** Sites that have one of these monitors. */
  leadsTo: z.array(z.string()),
})
export type SeenAttachment = z.output<typeof SeenAttachment>

/** The same with all that is known, for the panel. */
export const ImageCloudDetail = ImageCloud.extend({
  status: z.string(),
  /** Cinder's word; null where it says none. '' where it is no volume. */
  replicationStatus: z.string().nullable(),
  backend: z.string().nullable(),
  /** Where the backend is active; null where that is not known. */
  activeSite: z.string().nullable(),
  snapshots: z.number(),
  attachments: z.array(SeenAttachment),
  /** The RBD image of the Glance image that it was made from, where it is mirrored. */
  madeFromImageId: z.string().nullable(),
  /** Glance hides its locations: that it is this image is a guess. */
  guessed: z.boolean(),
  readAt: z.number().nullable(),
})
export type ImageCloudDetail = z.output<typeof ImageCloudDetail>
