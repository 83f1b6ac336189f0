import type { Schedule } from './conditions'
import type { Desk, Placed } from './desk'
import type { Copy, ImageState } from './image-state'
import { MADE_LATER } from './images'
import { fraction } from './random'
import type { PoolSpec } from './spec'

/**
 * Everything that a rename at one site changes: the copy stands under its new name and leaves the old one, of which
 * the other site's stays. What has no copy at a site any more gets one from a primary at the peer (evolve.ts). Clones
 * know their parent by id, so those at this site name it as it is called now.
 */
export function renamed(desk: Desk, pool: PoolSpec, old: ImageState, copy: Copy, to: string): readonly Placed[] {
  const { [desk.site]: _, ...left } = old.copies
  const gone: ImageState = { ...old, copies: left, absentSince: { ...old.absentSince, [desk.site]: desk.now } }
  return [{ pool, image: named(desk, pool, copy, to) }, { pool, image: gone }, ...childrenOf(desk, pool, old.name, to)]
}

/** The copy under the name, beside what has the name at the other site. */
function named(desk: Desk, pool: PoolSpec, copy: Copy, name: string): ImageState {
  const there = desk.image(pool, name) ?? unknownSoFar(desk, pool, name)
  const { [desk.site]: _, ...absentSince } = there.absentSince
  return { ...there, absentSince, copies: { ...there.copies, [desk.site]: { ...copy, changedAt: desk.now } } }
}

function unknownSoFar(desk: Desk, pool: PoolSpec, name: string): ImageState {
  const index = MADE_LATER + desk.next()
  return {
    pool: pool.name,
    name,
    index,
    sites: pool.sites,
    at: desk.now,
    copies: {},
    published: {},
    trouble: null,
    absentSince: {},
    jitter: fraction(desk.conditions.seed, index, 31),
    writesPerSec: 0,
  }
}

function childrenOf(desk: Desk, parentPool: PoolSpec, from: string, to: string): Placed[] {
  const children: Placed[] = []
  for (const { pool, name } of desk.images.clones(desk.site)) {
    const image = desk.image(pool, name)
    const copy = image?.copies[desk.site]
    if (image === null || copy?.parent == null) continue
    if (copy.parent.name !== from || copy.parent.pool !== parentPool.name) continue
    const parent = { ...copy.parent, name: to }
    children.push({ pool, image: { ...image, copies: { ...image.copies, [desk.site]: { ...copy, parent } } } })
  }
  return children
}

/** A schedule hangs on the image's id: one of an image that is not mirrored, or is called otherwise, is listed no more. */
export function endSchedules(desk: Desk, pool: string, name: string): void {
  const { schedules } = desk.conditions.state
  const hit = (s: Schedule) => s.site === desk.site && s.pool === pool && s.image === name && s.removedAt === null
  if (schedules.some(hit))
    desk.change({ schedules: schedules.map((s) => (hit(s) ? { ...s, removedAt: desk.now } : s)) })
}
