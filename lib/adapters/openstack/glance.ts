import { z } from 'zod'
import type { GlanceImage } from '@/lib/domain/cloud'

export const ImageItem = z
  .object({
    id: z.string(),
    name: z.string().nullish(),
    status: z.string(),
    owner: z.string().nullish(),
    visibility: z.string(),
    size: z.number().nullish(),
    /** Where `show_multiple_locations` is set. */
    locations: z.array(z.object({ url: z.string() })).nullish(),
    /** Where `show_image_direct_url` is set; the first of them. */
    direct_url: z.string().nullish(),
  })
  .transform(
    (said): GlanceImage => ({
      id: said.id,
      name: said.name ?? '',
      status: said.status,
      projectId: said.owner ?? '',
      visibility: said.visibility,
      sizeBytes: said.size ?? null,
      locations: said.locations?.map(({ url }) => url) ?? (said.direct_url ? [said.direct_url] : []),
    }),
  )
