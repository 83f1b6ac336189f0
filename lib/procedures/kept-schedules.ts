import type { Finding, ImageMember, ScheduleMember } from '@/lib/domain/plan'
import { type SiteName, specText } from '@/lib/domain/words'
import type { PoolImage } from '@/lib/ports/mirror'

/**
 * Schedules that images which stay mirrored live by, by key, each with the first such image: primaries in snapshot mode at
 * the schedule's own site.
 */
export function livedBy(
  schedules: readonly ScheduleMember[],
  images: Readonly<Record<SiteName, readonly PoolImage[]>>,
  ending: readonly ImageMember[],
): ReadonlyMap<string, string> {
  const ends = new Set(ending.map(({ globalId }) => globalId))
  return new Map(
    schedules.flatMap(({ key, pool, image, site = '' }) => {
      const found = (images[site] ?? []).find(
        ({ spec, mirrored }) =>
          spec.pool === pool &&
          (image ?? spec.name) === spec.name &&
          mirrored?.role === 'primary' &&
          mirrored.mode === 'snapshot' &&
          !ends.has(mirrored.globalId),
      )
      return found === undefined ? [] : [[key, specText(found.spec)] as const]
    }),
  )
}

/** Said before the approval: these are not removed, and go on making mirror snapshots. */
export function keptScheduleFindings(
  schedules: readonly ScheduleMember[],
  kept: ReadonlyMap<string, string>,
): readonly Finding[] {
  return schedules.flatMap(({ key, pool, image, interval, site }): readonly Finding[] => {
    const living = kept.get(key)
    if (living === undefined) return []
    const name = image === null ? `pool ${pool}` : `${pool}/${image}`
    return [
      {
        ...{ severity: 'warns', check: 'schedules', command: '', keys: [] },
        title: `The schedule of ${name} at ${site} stays`,
        evidence: `every ${interval}; ${living} stays mirrored, is primary at ${site}, and lives by it`,
        remedy: 'Without it that copy would grow old. Remove it once nothing lives by it.',
      },
    ]
  })
}
