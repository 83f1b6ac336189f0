import type { Transaction } from 'kysely'
import type { Member } from '@/lib/domain/group'
import { breath } from '@/lib/ports/slices'
import { announce } from './changes'
import type { Store, Tables } from './database'
import type { GroupMembersTable } from './group-tables'
import type { StoredGroup } from './groups'
import { slices } from './slices'
import { upsert } from './upsert'

const ROWS_PER_TRANSACTION = 500
const STEP = 2_000

/**
 * Writes who was found in a group at a look, where it differs from the last one: who is new has joined, who is gone has
 * left, until a person accepts it. The members of a selection that was just written are accepted: who wrote it saw them.
 * Writes nothing where the group was edited meanwhile: that edit looks for itself.
 */
export async function writeLook(
  store: Store,
  group: StoredGroup,
  members: readonly Member[],
  at: number,
): Promise<void> {
  const isFirst = group.acceptedVersion < group.selectionVersion
  const news = await newsOf(store, group, members, isFirst, at)
  if (news.rows.length + news.gone.length === 0 && !isFirst) return
  for (const rows of slices(news.rows, ROWS_PER_TRANSACTION)) {
    const isThere = await whileSame(store, group, (tx) =>
      upsert(tx, 'group_members', ['group_id', 'kind', 'member_id'], rows),
    )
    if (!isThere) return
    await breath()
  }
  for (const gone of slices(news.gone, ROWS_PER_TRANSACTION)) {
    const isThere = await whileSame(store, group, async (tx) => {
      for (const kind of ['volume', 'server'])
        await tx
          .deleteFrom('group_members')
          .where('group_id', '=', group.id)
          .where('kind', '=', kind)
          .where('member_id', 'in', idsOf(gone, kind))
          .execute()
    })
    if (!isThere) return
    await breath()
  }
  await whileSame(store, group, async (tx) => {
    await tx
      .updateTable('protection_groups')
      .set({ accepted_version: group.selectionVersion })
      .where('id', '=', group.id)
      .execute()
    await announce(tx, ['groups'], at)
  })
}

const idsOf = (rows: readonly GroupMembersTable[], kind: string): readonly string[] =>
  rows.filter((row) => row.kind === kind).map(({ member_id }) => member_id)

/** False where the group is another by now, or gone: then nothing was written. */
async function whileSame(
  store: Store,
  { id, version }: StoredGroup,
  write: (tx: Transaction<Tables>) => Promise<void>,
): Promise<boolean> {
  return store.transaction().execute(async (tx) => {
    const row = await tx.selectFrom('protection_groups').select('version').where('id', '=', id).executeTakeFirst()
    if (row?.version !== version) return false
    await write(tx)
    return true
  })
}

interface News {
  readonly rows: readonly GroupMembersTable[]
  readonly gone: readonly GroupMembersTable[]
}

async function newsOf(
  store: Store,
  group: StoredGroup,
  members: readonly Member[],
  isFirst: boolean,
  at: number,
): Promise<News> {
  const before = await storedMembers(store, group.id)
  const rows: GroupMembersTable[] = []
  const gone: GroupMembersTable[] = []
  let count = 0
  for (const member of members) {
    if (++count % STEP === 0) await breath()
    const key = `${member.kind} ${member.id}`
    const was = before.get(key)
    before.delete(key)
    const state = isFirst ? 'accepted' : was === undefined ? 'joined' : was.state === 'left' ? 'accepted' : was.state
    const row: GroupMembersTable = {
      group_id: group.id,
      kind: member.kind,
      member_id: member.id,
      site: group.spec.cloud,
      name: member.name,
      why: JSON.stringify(member.why),
      mark: member.mark,
      stage: member.stage,
      state,
      since: was !== undefined && was.state === state ? was.since : at,
    }
    if (was === undefined || !isSame(was, row)) rows.push(row)
  }
  for (const was of before.values()) {
    // What had joined unseen and is gone again is no news to anybody.
    if (isFirst || was.state === 'joined') gone.push(was)
    else if (was.state !== 'left') rows.push({ ...was, state: 'left', since: at })
  }
  return { rows, gone }
}

const isSame = (a: GroupMembersTable, b: GroupMembersTable): boolean =>
  a.state === b.state && a.name === b.name && a.why === b.why && a.mark === b.mark && a.stage === b.stage

async function storedMembers(store: Store, groupId: string): Promise<Map<string, GroupMembersTable>> {
  const found = new Map<string, GroupMembersTable>()
  for (const kind of ['server', 'volume']) {
    for (let after = ''; ; ) {
      const rows = await store
        .selectFrom('group_members')
        .selectAll()
        .where('group_id', '=', groupId)
        .where('kind', '=', kind)
        .where('member_id', '>', after)
        .orderBy('member_id')
        .limit(STEP)
        .execute()
      const last = rows.at(-1)
      if (last === undefined) break
      for (const row of rows) found.set(`${kind} ${row.member_id}`, row)
      after = last.member_id
      await breath()
    }
  }
  return found
}
