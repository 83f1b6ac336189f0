import type { Transaction } from 'kysely'
import type { Store, Tables } from './database'

/** Says, in the same transaction as the change itself, that something under `topic` is new. Topics carry no data. */
export async function announce(tx: Transaction<Tables>, topics: readonly string[], at: number): Promise<void> {
  if (topics.length > 0)
    await tx
      .insertInto('changes')
      .values(topics.map((topic) => ({ topic, at })))
      .execute()
}

/** The newest sequence number, 0 in an empty store. */
export async function newestChange(store: Store): Promise<number> {
  const row = await store
    .selectFrom('changes')
    .select((e) => e.fn.max('seq').as('seq'))
    .executeTakeFirst()
  return row?.seq ?? 0
}

/** Topics that changed after `seq`, and how far that is; `gap` where rows were pruned in between. */
export async function changesSince(store: Store, seq: number) {
  const rows = await store
    .selectFrom('changes')
    .select(['seq', 'topic'])
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(5_000)
    .execute()
  const first = rows[0]?.seq ?? seq + 1
  return {
    topics: [...new Set(rows.map((row) => row.topic))],
    seq: rows.at(-1)?.seq ?? seq,
    gap: seq > 0 && first > seq + 1,
  }
}

/** Keeps the newest `keep` rows. */
export async function pruneChanges(store: Store, keep = 20_000): Promise<void> {
  await store
    .deleteFrom('changes')
    .where('seq', '<', (await newestChange(store)) - keep)
    .execute()
}
