import { exposureSec } from '@/lib/domain/exposure'
import { breath } from '@/lib/ports/slices'
import type { BreachesTable } from '@/lib/store/inventory-tables'
import type { ImageState } from './image-state'
import type { World } from './world'

const SLICE = 2_000

/** Rows of breaches that began or ended since the last sweep. An open one grows by itself where it is shown. */
export async function sweepBreaches(world: World, nowMs: number): Promise<BreachesTable[]> {
  const rows: BreachesTable[] = []
  let count = 0
  for (const pool of world.pairPools.values()) {
    for (const image of pool.images.values()) {
      if (++count % SLICE === 0) await breath()
      const row = changeOf(world, image, nowMs)
      if (row !== null) rows.push(row)
    }
  }
  return rows
}

function changeOf(world: World, image: ImageState, nowMs: number): BreachesTable | null {
  const untilAt = pointOf(world, image)
  const breachAt = untilAt === null ? null : untilAt + image.objectiveSec * 1000
  const isBehind = breachAt !== null && breachAt <= nowMs
  const open = image.breach
  if (open === null) {
    if (!isBehind) return null
    image.breach = { startedAt: breachAt, oldestPoint: untilAt as number }
    return { image_id: image.id, started_at: breachAt, ended_at: null, worst_sec: image.objectiveSec }
  }
  // While nothing is known to be held nobody can say that it is over.
  if (isBehind || untilAt === null) return null
  image.breach = null
  const worstSec = Math.ceil(exposureSec(open.oldestPoint, nowMs))
  return { image_id: image.id, started_at: open.startedAt, ended_at: nowMs, worst_sec: worstSec }
}

/** A caught-up image is as old as the pool's time of sampling, which stands still where the primary is silent. */
function pointOf(world: World, image: ImageState): number | null {
  if (image.held === null) return null
  if (!image.held.caughtUp) return image.held.untilAt
  const site = image.direction?.primarySite
  return Math.max(image.held.untilAt ?? 0, world.poolStates.get(`${site}/${image.pool}`)?.sampledAt ?? 0)
}
