import type { HeldUp } from '@/lib/domain/held-up-items'
import { isFresh } from '@/lib/domain/verdict-now'
import { otherSite, sitesOf } from '@/lib/domain/words'
import type { ImageState } from './image-state'
import { readOf } from './summary-keeper'
import type { World } from './world'

/** Verdicts in which rbd-mirror at the other site commits nothing of a journal. */
const NOT_COMMITTING: ReadonlySet<string> = new Set([
  ...['unprotected', 'two-primaries', 'split-brain', 'stopped', 'error'],
])

/** Pools whose journals are kept for a peer that is silent, or whose copies do not follow. By what is in memory. */
export function heldUpPools(world: World, nowMs: number): readonly HeldUp[] {
  return [...world.pairPools.values()].flatMap(({ pair, pool, images }) =>
    sitesOf(pair).flatMap((site): HeldUp[] => {
      const reader = otherSite(pair, site)
      const silent = !isFresh(readOf(world, reader, pool), nowMs)
      let count = 0
      let first = ''
      for (const image of images.values()) {
        if (image.mode !== 'journal' || sideOf(image, site).role !== 'primary') continue
        if (!silent && !NOT_COMMITTING.has(image.row?.verdict ?? '')) continue
        count++
        if (first === '') first = sideOf(image, site).name
      }
      return count === 0 ? [] : [{ site, pool, reader, images: count, first }]
    }),
  )
}

const sideOf = (image: ImageState, site: string) => (image.left.site === site ? image.left : image.right)
