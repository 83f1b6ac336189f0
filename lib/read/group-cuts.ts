import type { MemberKind } from '@/lib/domain/group'
import { cutText } from '@/lib/domain/group-members'
import { breath } from '@/lib/ports/slices'
import type { Store } from '@/lib/store/database'
import type { StoredGroup } from '@/lib/store/groups'

const STEP = 500

export interface FoundCuts {
  readonly count: number
  /** The first of them in words; '' where there is none. */
  readonly first: string
}

interface Thing {
  readonly kind: MemberKind
  readonly id: string
  readonly name: string
}

/** Members that hang on something that is kept out, or that the cloud does not show: by the attachments as last read. */
export async function foundCuts(store: Store, group: StoredGroup, members: readonly Thing[]): Promise<FoundCuts> {
  const { except } = group.spec.selection
  const here = { volume: new Map<string, Thing>(), server: new Map<string, Thing>() }
  for (const member of members) here[member.kind].set(member.id, member)
  const out = { volume: new Set(except.volumes), server: new Set(except.servers) }
  const found: { readonly member: Thing; readonly without: Thing }[] = []
  for (const kind of ['volume', 'server'] as const) {
    const other: MemberKind = kind === 'volume' ? 'server' : 'volume'
    const ids = [...here[kind].keys()]
    for (let at = 0; at < ids.length && out[other].size > 0; at += STEP) {
      const links = await store
        .selectFrom('cloud_volume_servers')
        .select(['volume_id', 'server_id'])
        .where('site', '=', group.spec.cloud)
        .where(kind === 'volume' ? 'volume_id' : 'server_id', 'in', ids.slice(at, at + STEP))
        .execute()
      for (const { volume_id: volume, server_id: server } of links) {
        const [mine, id] = kind === 'volume' ? [volume, server] : [server, volume]
        const member = here[kind].get(mine)
        if (member !== undefined && out[other].has(id)) found.push({ member, without: { kind: other, id, name: '' } })
      }
      await breath()
    }
  }
  const [first] = found
  if (first === undefined) return { count: 0, first: '' }
  const { kind, id } = first.without
  const row = await store
    .selectFrom(kind === 'volume' ? 'cloud_volumes' : 'cloud_servers')
    .select('name')
    .where('site', '=', group.spec.cloud)
    .where('id', '=', id)
    .executeTakeFirst()
  const without = { kind, id, name: row?.name ?? '' }
  return { count: found.length, first: cutText({ member: first.member, without, why: 'kept-out' }) }
}
