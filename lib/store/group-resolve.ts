import type { GroupSpec } from '@/lib/domain/group'
import { type Conflict, conflictsOf } from '@/lib/domain/group-conflicts'
import { membersOf, type Resolved } from '@/lib/domain/group-members'
import type { CloudPicture } from '@/lib/domain/group-picture'
import { breath } from '@/lib/ports/slices'

export interface ResolvedGroup {
  readonly spec: GroupSpec
  readonly found: Resolved
}

/** Who is in each group of one cloud at one look; others get their turn after each group. */
export async function resolveGroups(
  specs: readonly GroupSpec[],
  picture: CloudPicture,
): Promise<readonly ResolvedGroup[]> {
  const resolved: ResolvedGroup[] = []
  for (const spec of specs) {
    resolved.push({ spec, found: membersOf(spec, picture) })
    await breath()
  }
  return resolved
}

/** What stands in more than one of them. */
export const groupConflicts = (groups: readonly ResolvedGroup[]): readonly Conflict[] =>
  conflictsOf(groups.map(({ spec, found }) => ({ group: spec.name, members: found.members })))
