import type { SiteName } from '@/lib/domain/words'
import type { SnapshotSchedule } from '@/lib/ports/mirror'
import { type ImageState, specAt } from './image-state'

/**
 * The schedule of the nearest level: image, namespace, pool, cluster. Several intervals of one level all apply: the
 * shortest one counts, which is the first that Ceph lists after sorting; '' where there is none.
 */
export function scheduleInForce(image: ImageState, site: SiteName, schedules: readonly SnapshotSchedule[]): string {
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
