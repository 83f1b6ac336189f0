import type { Follower } from '@/lib/domain/caught-up'
import { furthest } from '@/lib/domain/journal-tail'
import { isFresh } from '@/lib/domain/verdict-now'
import type { Verdict } from '@/lib/domain/verdict-words'
import { sitesOf } from '@/lib/domain/words'
import type { ImageState } from './image-state'
import { statusPosition } from './status-position'
import { readOf } from './summary-keeper'
import type { PairPool, World } from './world'

/** Are both sides of a pool read lately? One answer for all of its images. */
export const poolIsFresh = (world: World, { pair, pool }: PairPool, nowMs: number): boolean =>
  sitesOf(pair).every((site) => isFresh(readOf(world, site, pool), nowMs))

/** What is known of an image, for the question whether its copy has caught up. */
export function followerOf(image: ImageState, freshness: 'fresh' | 'stale'): Follower {
  const primary = image.row?.primary_site ?? null
  const direction = primary ?? image.direction?.primarySite ?? null
  return {
    key: image.id,
    name: `${image.pool}/${image.row?.name ?? image.globalId}`,
    mode: image.mode,
    verdict: (image.row?.verdict ?? 'unknown') as Verdict,
    verdictText: image.row?.verdict_text ?? 'not read yet',
    primarySite: primary,
    heldUntilAt: image.held?.untilAt ?? null,
    fresh: freshness === 'fresh',
    position: direction === null ? image.position : furthest(image.position, statusPosition(image, direction)),
    schedule: image.schedule,
  }
}
