import type { Finding } from '@/lib/domain/plan'
import { type SiteName, specText } from '@/lib/domain/words'
import type { PoolImage } from '@/lib/ports/mirror'

/**
 * Copies of images that the other site does not have: it was rebuilt empty, or never was their peer. As soon as rbd-mirror
 * pulls from there it deletes them (ceph-facts 14), and they may be all that is left.
 */
export function orphanFindings(
  site: SiteName,
  own: readonly PoolImage[],
  other: SiteName,
  theirs: readonly PoolImage[],
): readonly Finding[] {
  const there = new Set(theirs.flatMap(({ mirrored }) => (mirrored === null ? [] : [mirrored.globalId])))
  const orphans = own.filter(({ mirrored }) => mirrored?.role === 'non-primary' && !there.has(mirrored.globalId))
  const [first] = orphans
  if (first === undefined) return []
  return [
    {
      ...({ severity: 'blocks', check: 'orphans', command: '', keys: [] } as const),
      title: `${orphans.length} copies at ${site} have no image at ${other}`,
      evidence: `first: ${specText(first.spec)}. rbd-mirror at ${site} deletes a copy whose image it does not find at its peer`,
      remedy: `They may be all that is left: promote them at ${site} first, or remove them by hand where they are not wanted.`,
    },
  ]
}
