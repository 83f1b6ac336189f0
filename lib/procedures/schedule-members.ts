import type { ImageMember, ScheduleMember } from '@/lib/domain/plan'
import type { ImageSpec } from '@/lib/domain/words'
import type { SnapshotSchedule } from '@/lib/ports/mirror'

/** Schedules in force at the old primary, and the pools in which every snapshot-mode primary of it is moved. */
interface Schedules {
  readonly schedules: readonly SnapshotSchedule[]
  readonly wholePools: ReadonlySet<string>
}

/** Image level beats pool level beats cluster level, as in mgr/rbd_support: all of the highest level that has any. */
export function schedulesInForce(
  schedules: readonly SnapshotSchedule[],
  image: ImageSpec,
): readonly SnapshotSchedule[] {
  const own = schedules.filter((one) => one.pool === image.pool && one.image === image.name)
  if (own.length > 0) return own
  const pools = schedules.filter((one) => one.pool === image.pool && one.image === null)
  return pools.length > 0 ? pools : schedules.filter((one) => one.pool === null)
}

/** What must be set at the new primary for the images to be snapshotted there as they were. */
export function scheduleMembers(
  images: readonly ImageMember[],
  { schedules, wholePools }: Schedules,
): readonly ScheduleMember[] {
  const snapshots = images.filter(({ mode }) => mode === 'snapshot')
  const members = new Map<string, ScheduleMember>()
  for (const { image, family } of snapshots) {
    for (const schedule of schedulesInForce(schedules, image)) {
      const own = schedule.image !== null
      const wholePool = !own && schedule.pool !== null && wholePools.has(image.pool)
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
        removeOld: own || wholePool,
      })
    }
  }
  return [...members.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
}
