import { audit } from '@/lib/store/audit'
import { announce } from '@/lib/store/changes'
import type { AcceptDrift } from '@/lib/views/group-input'
import type { ServiceContext } from './context'
import { noSuchGroup } from './group-checks'

/** So many names go into the audit row; how many there were always does. */
const NAMED = 50

/** Who joined a group belongs to it, and who left does not: what was seen up to a time, and nothing later. Throws ServiceError. */
export async function acceptDrift(
  { id, seenAt }: AcceptDrift,
  { store, clock, actor }: ServiceContext,
): Promise<{ readonly joined: number; readonly left: number }> {
  return store.transaction().execute(async (tx) => {
    const group = await tx.selectFrom('protection_groups').select('name').where('id', '=', id).executeTakeFirst()
    if (group === undefined) throw noSuchGroup()
    const rows = await tx
      .selectFrom('group_members')
      .select(['kind', 'member_id', 'name', 'state'])
      .where('group_id', '=', id)
      .where('state', 'in', ['joined', 'left'])
      .where('since', '<=', seenAt)
      .execute()
    const joined = rows.filter(({ state }) => state === 'joined')
    const left = rows.filter(({ state }) => state === 'left')
    if (rows.length === 0) return { joined: 0, left: 0 }
    const at = clock.now()
    await tx
      .updateTable('group_members')
      .set({ state: 'accepted', since: at })
      .where('group_id', '=', id)
      .where('state', '=', 'joined')
      .where('since', '<=', seenAt)
      .execute()
    await tx
      .deleteFrom('group_members')
      .where('group_id', '=', id)
      .where('state', '=', 'left')
      .where('since', '<=', seenAt)
      .execute()
    const named = (some: typeof rows) => some.slice(0, NAMED).map((row) => `${row.kind} ${row.name || row.member_id}`)
    const detail = { joined: joined.length, left: left.length, names: { joined: named(joined), left: named(left) } }
    await audit(tx, { at, actor, action: 'group:accept', subject: `group:${id}`, outcome: 'done', detail })
    await announce(tx, ['groups'], at)
    return { joined: joined.length, left: left.length }
  })
}
