import type { SiteName } from '@/lib/domain/words'
import type { Conditions } from './conditions'
import { contentAt } from './follow-journal'
import { type Held, type ImageState, peerOf } from './image-state'

/** What a mirror snapshot of a copy holds; null where the copy has none of this id. */
export function heldOfSnap(
  conditions: Conditions,
  image: ImageState,
  site: SiteName,
  id: number,
): readonly Held[] | null {
  const copy = image.copies[site]
  const snap = copy?.snaps.find((one) => one.id === id)
  if (copy === undefined || snap === undefined) return null
  const own = copy.history.at(-1)?.site === site
  if (own) {
    const then = contentAt(conditions, site, copy, snap.contentAt)
    // Taken before this term began: nothing of the term is in it.
    const turn = copy.history.at(-1)
    return turn !== undefined && snap.contentAt < turn.from ? then.filter((held) => held.turn !== turn.id) : then
  }
  const peer = peerOf(image, site)
  const source = peer === null ? undefined : image.copies[peer]
  const same = source !== undefined && source.history.at(-1)?.id === copy.history.at(-1)?.id
  return peer !== null && same ? contentAt(conditions, peer, source, snap.contentAt) : copy.held
}
