import type { SiteName } from '@/lib/domain/words'
import type { SnapshotSchedule } from '@/lib/ports/mirror'
import { evaluate } from './evaluate'
import { type ImageState, specAt } from './image-state'
import { breath } from './site-context'
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
      const interval = inForce(image, site, here)
      if (interval === image.schedule) continue
      image.schedule = interval
      evaluate(world, image, nowMs)
    }
  }
}

/**
 * The schedule of the nearest level: image, namespace, pool, cluster. Several intervals of one level all apply: the
 * shortest one counts, which is the first that Ceph lists after sorting; '' where there is none.
 */
function inForce(image: ImageState, site: SiteName, schedules: readonly SnapshotSchedule[]): string {
  const { name, namespace } = specAt(image, site)
  const ofNamespace = (schedule: SnapshotSchedule) => (schedule.namespace ?? '') === namespace
  const levels = [
    schedules.filter((s) => s.image === name && ofNamespace(s)),
    schedules.filter((s) => s.image === null && s.namespace !== null && ofNamespace(s)),
    schedules.filter((s) => s.image === null && s.namespace === null && s.pool !== null),
    schedules.filter((s) => s.pool === null),
  ]
  const level = levels.find((found) => found.length > 0) ?? []
  return level.map((schedule) => schedule.interval).sort(byLength)[0] ?? ''
}

const MINUTES: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1440 }
const minutesOf = (interval: string): number => Number.parseInt(interval, 10) * (MINUTES[interval.at(-1) ?? ''] ?? 0)
const byLength = (a: string, b: string): number => minutesOf(a) - minutesOf(b)
