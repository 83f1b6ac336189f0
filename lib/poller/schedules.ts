import type { SiteName } from '@/lib/domain/words'
import type { SnapshotSchedule } from '@/lib/ports/mirror'
import { breath } from '@/lib/ports/slices'
import { evaluate } from './evaluate'
import { scheduleInForce } from './schedule-in-force'
import { pairedPoolsOf, type World } from './world'

/** Takes a site's snapshot schedules into memory: of the images that are primary there, the one that is in force. */
export async function applySchedules(
  world: World,
  site: SiteName,
  schedules: readonly SnapshotSchedule[],
  nowMs: number,
): Promise<void> {
  for (const state of pairedPoolsOf(world, site)) {
    const here = schedules.filter((schedule) => schedule.pool === null || schedule.pool === state.pool)
    if (JSON.stringify(here) !== JSON.stringify(state.schedules)) {
      state.schedules = here
      state.changed = true
    }
    const pool = world.pairPools.get(`${state.pair}/${state.pool}`)
    let count = 0
    for (const image of pool?.images.values() ?? []) {
      if (++count % 2_000 === 0) await breath()
      if (image.mode !== 'snapshot' || image.direction?.primarySite !== site) continue
      const interval = scheduleInForce(image, site, here)
      if (interval === image.schedule) continue
      image.schedule = interval
      evaluate(world, image, nowMs)
    }
  }
}
