import type { Desk } from './desk'
import { localDaemon, peerDaemon } from './identity'
import { type ImageState, type OpenClient, peerOf, standing } from './image-state'
import { bits } from './random'
import type { PoolSpec } from './spec'
import { startsOf } from './status-json'

/**
 * Who has the image open at the desk's site. As on the lab: the local rbd-mirror holds every copy, the peer's holds
 * every snapshot-mode primary, and a journal-mode primary is held by no daemon.
 */
export function watchersOf(desk: Desk, pool: PoolSpec, image: ImageState): readonly OpenClient[] {
  const copy = image.copies[desk.site]
  if (copy === undefined) return []
  const { conditions, site, now } = desk
  const peer = peerOf(image, site)
  const cookie = 94_000_000_000_000 + (bits(conditions.seed, image.index, pool.name.length) >>> 2)
  const daemons: OpenClient[] = []
  const works = (name: string) => conditions.valueAt(`daemon ${name}`, now) === 'up'
  if (copy.mode !== null && peer !== null) {
    if (standing(copy) !== 'primary' && works(site)) {
      daemons.push({ ...localDaemon(conditions.seed, site, startsOf(desk, site)), cookie })
    }
    const reads = copy.mode === 'snapshot' && standing(copy) === 'primary' && image.copies[peer]?.mode != null
    if (reads && works(peer) && conditions.reachGaps(site, peer).every((g) => now < g.from || now >= g.to)) {
      daemons.push({ ...peerDaemon(conditions.seed, site, peer, startsOf(desk, peer)), cookie })
    }
  }
  return [...daemons, ...copy.clients.filter((client) => !blocked(desk, client.address))]
}

/** Is the address on the site's blocklist? A client that is has lost its watches. */
export const blocked = (desk: Pick<Desk, 'conditions' | 'site' | 'now'>, address: string): boolean =>
  desk.conditions.state.blocklist.some((b) => b.site === desk.site && b.address === address && b.until > desk.now)
