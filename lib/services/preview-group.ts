import type { MemberKind } from '@/lib/domain/group'
import { conflictText } from '@/lib/domain/group-conflicts'
import { cutText, type Resolved } from '@/lib/domain/group-members'
import { reasonText } from '@/lib/domain/group-words'
import { groupConflicts, resolveGroups } from '@/lib/store/group-resolve'
import { loadGroups } from '@/lib/store/groups'
import { keptPicture } from '@/lib/store/kept-picture'
import { PREVIEW_ROWS, type PreviewGroup } from '@/lib/views/group-input'
import type { GroupPreview } from '@/lib/views/groups'
import type { ServiceContext } from './context'
import { cloudReadAt } from './group-checks'

/** Whom a group that is being written would have now, one page of them. Writes nothing. */
export async function previewGroup(
  { id, spec, offset }: PreviewGroup,
  { store, clock }: ServiceContext,
): Promise<GroupPreview> {
  const [picture, readAt, all] = await Promise.all([
    keptPicture(store, spec.cloud),
    cloudReadAt(store, spec.cloud),
    loadGroups(store, spec.cloud),
  ])
  const others = all.filter((one) => one.id !== id).map((one) => one.spec)
  const [own, ...rest] = await resolveGroups([spec, ...others], picture)
  const found: Resolved = own?.found ?? { members: [], cuts: [], unknown: { volumes: [], servers: [] } }
  const conflicts =
    own === undefined ? [] : groupConflicts([own, ...rest]).filter(({ groups }) => groups.includes(spec.name))
  const count = (kind: MemberKind) => found.members.reduce((sum, one) => sum + (one.kind === kind ? 1 : 0), 0)
  const perRule = spec.selection.rules.map(
    (_, rule) => found.members.filter(({ why }) => why.some((one) => one.by === 'rule' && one.rule === rule)).length,
  )
  const unknown = [...found.unknown.volumes, ...found.unknown.servers]
  return {
    at: clock.now(),
    readAt,
    volumes: count('volume'),
    servers: count('server'),
    perRule,
    offset,
    rows: found.members.slice(offset, offset + PREVIEW_ROWS).map(({ kind, id: member, name, why, mark, stage }) => ({
      ...{ kind, id: member, name, mark, stage },
      why: why.map((one) => reasonText(one, spec.selection.rules)).join('; '),
    })),
    conflict: conflictText(conflicts),
    cuts: { count: found.cuts.length, first: found.cuts[0] === undefined ? '' : cutText(found.cuts[0]) },
    unknown,
  }
}
