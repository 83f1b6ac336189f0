import type { GlanceImage } from './cloud'

export interface GlancePlace {
  readonly pool: string
  readonly image: string
  readonly fsid: string | null
  /** guess: Glance hides its locations, so its default pool and its way to name images stand in. */
  readonly by: 'location' | 'guess'
}

/** The RBD image of a Glance image: of its first `rbd://FSID/POOL/IMAGE/SNAPSHOT`, else `images/ID` as a guess; null where it is kept elsewhere. */
export function glancePlace({ id, locations }: Pick<GlanceImage, 'id' | 'locations'>): GlancePlace | null {
  for (const url of locations) {
    const found = /^rbd:\/\/([^/]+)\/([^/]+)\/([^/]+)\/[^/]+$/.exec(url)
    if (found === null) continue
    const [fsid = '', pool = '', image = ''] = found.slice(1).map(decoded)
    return { pool, image, fsid, by: 'location' }
  }
  return locations.length > 0 ? null : { pool: 'images', image: id, fsid: null, by: 'guess' }
}

/** What is badly encoded stands as it is: a wrong name joins nothing. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
