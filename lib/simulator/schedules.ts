import type { SiteName } from '@/lib/domain/words'
import type { Conditions, Schedule } from './conditions'
import { intervalMs } from './intervals'
import { gapAt, lastWorking } from './timeline'

/** The schedules that hold for an image at a site: its own, else those of its pool, else the cluster's. */
export function schedulesOf(conditions: Conditions, site: SiteName, pool: string, image: string): readonly Schedule[] {
  const here = conditions.state.schedules.filter((s) => s.site === site && (s.pool === pool || s.pool === null))
  const own = here.filter((s) => s.image === image && s.pool === pool)
  if (own.length > 0) return own
  const shared = here.filter((s) => s.image === null && s.pool === pool)
  return shared.length > 0 ? shared : here.filter((s) => s.pool === null)
}

/** The newest time at or before `t`, after `after`, at which one schedule made a snapshot; null where there is none. */
function newestOf(conditions: Conditions, schedule: Schedule, after: number, t: number): number | null {
  const step = intervalMs(schedule.interval)
  if (step === null) return null
  const gaps = conditions.schedulerGaps(schedule.site)
  const least = Math.max(after, schedule.addedAt)
  let at = Math.floor(Math.min(t, schedule.removedAt ?? t) / step) * step
  while (at > least) {
    const gap = gapAt(gaps, at)
    if (gap === undefined) return at
    at = Math.floor((lastWorking(gaps, at) - 1) / step) * step
  }
  return null
}

/** The newest `count` moments at or before `t`, after `after`, at which the schedules made a snapshot. Newest first. */
export function scheduledTimes(
  conditions: Conditions,
  schedules: readonly Schedule[],
  after: number,
  t: number,
  count: number,
): number[] {
  const times: number[] = []
  let until = t
  while (times.length < count) {
    let newest: number | null = null
    for (const schedule of schedules) {
      const at = newestOf(conditions, schedule, after, until)
      if (at !== null && (newest === null || at > newest)) newest = at
    }
    if (newest === null) break
    times.push(newest)
    until = newest - 1
  }
  return times
}

/** When the schedules will make the next one. */
export function nextScheduled(schedules: readonly Schedule[], t: number): number | null {
  const next = schedules
    .filter((s) => s.removedAt === null)
    .map((s) => intervalMs(s.interval))
    .filter((step) => step !== null)
    .map((step) => (Math.floor(t / step) + 1) * step)
  return next.length === 0 ? null : Math.min(...next)
}
