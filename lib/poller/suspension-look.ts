import { CAME_APART, NAMED, type SuspensionProgress } from '@/lib/domain/acknowledged-outage'
import { holdsSince, type Rest, restOf } from '@/lib/domain/caught-up'
import { exposureSec } from '@/lib/domain/exposure'
import type { RoomForecast } from '@/lib/domain/room-forecast'
import { covers, overAt, phaseOf, type Suspension } from '@/lib/domain/suspension'
import { otherSite } from '@/lib/domain/words'
import { breath } from '@/lib/ports/slices'
import { followerOf, poolIsFresh } from './followers'
import type { ImageState } from './image-state'
import type { World } from './world'

const SLICE = 2_000

/** One pass over the images that a suspension is about: how many are behind, and how many have caught up once it is over. */
export async function lookAtSuspension(
  world: World,
  suspension: Suspension,
  before: SuspensionProgress | null,
  room: readonly RoomForecast[],
  nowMs: number,
): Promise<SuspensionProgress> {
  const isOver = phaseOf(suspension, nowMs) !== 'holding'
  const since = overAt(suspension)
  const setAside = before === null ? null : new Set(before.aside)
  const aside: string[] = []
  const rest: Rest[] = []
  let images = 0
  let behind = 0
  let caughtUp = 0
  for (const pool of world.pairPools.values()) {
    if (pool.pair !== suspension.pair) continue
    const freshness = poolIsFresh(world, pool, nowMs) ? 'fresh' : 'stale'
    for (const image of pool.images.values()) {
      const primary = directionOf(image)
      if (primary === null || !covers(suspension, { pair: pool.pair, pool: pool.pool, from: primary })) continue
      const follower = followerOf(image, freshness)
      const isAside = setAside === null ? CAME_APART.has(follower.verdict) : setAside.has(image.id)
      if (isAside) {
        aside.push(image.id)
        continue
      }
      if (++images % SLICE === 0) await breath()
      const { heldUntilAt } = follower
      if (heldUntilAt === null || exposureSec(heldUntilAt, nowMs) > image.objectiveSec) behind++
      if (!isOver) continue
      if (holdsSince(follower, since)) caughtUp++
      else if (rest.length < NAMED) rest.push(restOf(follower, 'the end', otherSite(pool.pair, primary)))
    }
  }
  return { at: nowMs, images, behind, caughtUp, aside, rest, room }
}

const directionOf = (image: ImageState): string | null =>
  image.row?.primary_site ?? image.direction?.primarySite ?? null
