import type { JournalPosition } from '@/lib/domain/journal-position'
import { type ImageState, otherSide } from './image-state'

/** A status may still speak of an earlier journal for a while; this is far longer than it takes to be published. */
const STATUS_SETTLES_MS = 90_000

/**
 * What the copy's own rbd-mirror says to have committed. It may be further than what the primary showed last, which
 * counts when the primary is gone. Used only where it surely speaks of the journal that was sampled.
 */
export function statusPosition(image: ImageState, primarySite: string): JournalPosition | null {
  const { detail, publishedAt } = otherSide(image, primarySite)
  if (detail?.kind !== 'replaying-journal' || publishedAt === null) return null
  const { nonPrimaryPosition } = detail
  const newest = image.tails.newestTail
  if (nonPrimaryPosition === null || newest === null) return null
  const settled = publishedAt - image.tailsSince >= STATUS_SETTLES_MS
  // A tag that the samples do not know may be of another journal: it is left out.
  return settled && nonPrimaryPosition.tag <= newest.tag ? nonPrimaryPosition : null
}
