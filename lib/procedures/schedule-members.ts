import type { ImageMember, ScheduleMember } from '@/lib/domain/plan'
import type { SnapshotSchedule } from '@/lib/ports/mirror'

/** Schedules in force at the old primary, and the pools in which every snapshot-mode primary of it is moved. */
interface Schedules {
  readonly schedules: readonly SnapshotSchedule[]
  readonly wholePools: ReadonlySet<string>
}

/** Image level beats pool level beats cluster level, as in mgr/rbd_support. */
export function scheduleMembers(
  images: readonly ImageMember[],
  { schedules, wholePools }: Schedules,
): readonly ScheduleMember[] {
  const snapshots = images.filter(({ mode }) => mode === 'snapshot')
  const members = new Map<string, ScheduleMember>()
  for (const { image, family } of snapshots) {
    const own = schedules.filter((one) => one.pool === image.pool && one.image === image.name)
    const pools = schedules.filter((one) => one.pool === image.pool && one.image === null)
    const cluster = schedules.filter((one) => one.pool === null)
    const inForce = own.length > 0 ? own : pools.length > 0 ? pools : cluster
    for (const schedule of inForce) {
      const wholePool = own.length === 0 && pools.length > 0 && wholePools.has(image.pool)
      const name = wholePool ? null : image.name
      const key = `schedule:${image.pool}/${name ?? '*'}/${schedule.interval}`
      members.set(key, {
        kind: 'schedule',
        key,
        // The schedule of a pool stands for itself: one image that stays behind does not hold it up.
        family: wholePool ? key : family,
        generation: 0,
        pool: image.pool,
        image: name,
        interval: schedule.interval,
        startTime: schedule.startTime,
        removeOld: own.length > 0 || wholePool,
      })
    }
  }
  return [...members.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
}
