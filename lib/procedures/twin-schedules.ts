import { type Finding, type ImageMember, memberName, type ScheduleMember } from '@/lib/domain/plan'
import type { SiteName } from '@/lib/domain/words'
import type { SnapshotSchedule } from '@/lib/ports/mirror'
import { schedulesInForce } from './schedule-members'

/*
 * Schedules of images whose copies are made anew: Ceph keeps one schedule at each site, and a copy that was promoted by
 * force may have none. Then the new copy is whole once and silently ages.
 */

const without = (images: readonly ImageMember[], schedules: readonly SnapshotSchedule[]) =>
  images.filter(({ mode, image }) => mode === 'snapshot' && schedulesInForce(schedules, image).length === 0)

/** What the other site's schedules say of images that have none at `from`, as members: set there for each image alone. */
export const twinSchedules = (
  images: readonly ImageMember[],
  from: SiteName,
  schedules: readonly SnapshotSchedule[],
  twins: readonly SnapshotSchedule[],
): readonly ScheduleMember[] =>
  without(images, schedules).flatMap(({ image: { pool, name }, family, image }) =>
    schedulesInForce(twins, image).map(({ interval, startTime }): ScheduleMember => {
      const key = `schedule:${pool}/${name}/${interval}`
      const own = { pool, image: name, interval, startTime, removeOld: false, site: from }
      return { kind: 'schedule', key, family, generation: 0, ...own }
    }),
  )

/**
 * Images that have a schedule at neither site. Where others of their pool have one that was forgotten, most likely: that has
 * to be agreed to.
 */
export function scheduleFindings(
  images: readonly ImageMember[],
  from: SiteName,
  schedules: readonly SnapshotSchedule[],
  twins: readonly SnapshotSchedule[],
): readonly Finding[] {
  const bare = without(without(images, schedules), twins)
  const scheduled = new Set([...schedules, ...twins].flatMap(({ pool }) => pool ?? []))
  const forgotten = bare.filter(({ image }) => scheduled.has(image.pool))
  const others = bare.filter(({ image }) => !scheduled.has(image.pool))
  return [
    ...said(forgotten, from, ', and others of their pool have one').map((one) => ({ ...one, consent: 'no-schedule' })),
    ...said(others, from, ''),
  ]
}

function said(images: readonly ImageMember[], from: SiteName, more: string): readonly Finding[] {
  const [first] = images
  if (first === undefined) return []
  const { pool, name } = first.image
  return [
    {
      ...{ check: 'schedules', severity: 'warns', evidence: `first: ${memberName(first)}` },
      title: `${images.length} ${images.length === 1 ? 'image has' : 'images have'} no snapshot schedule at ${from}${more}`,
      remedy: `Set one at ${from}: without it the new copy holds what this run makes, and ages from then on.`,
      command: `rbd mirror snapshot schedule add --pool ${pool} --image ${name} INTERVAL`,
      keys: images.map(({ key }) => key),
    },
  ]
}
