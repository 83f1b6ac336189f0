const VOLUME_IMAGE = /^volume-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Does Cinder name images so? `volume-ID.deleted` and the like are its own affair. */
export const isVolumeImage = (name: string): boolean => VOLUME_IMAGE.test(name)

export interface FoundImage {
  readonly id: string
  readonly pool: string
  readonly name: string
}

/**
 * Images in a backend's pool that bear a volume's name and that no volume has. `before`: those that had none at the reading
 * before: between two pages, and between a volume and its image, there is time, so one look alone says nothing.
 */
export function orphanImages(
  images: Iterable<FoundImage>,
  pools: ReadonlySet<string>,
  volumeImages: ReadonlySet<string>,
  before: ReadonlySet<string>,
): { readonly candidates: ReadonlySet<string>; readonly orphans: readonly string[] } {
  const candidates = new Set<string>()
  for (const { id, pool, name } of images) {
    if (pools.has(pool) && isVolumeImage(name) && !volumeImages.has(`${pool}/${name}`)) candidates.add(id)
  }
  return { candidates, orphans: [...candidates].filter((id) => before.has(id)) }
}
