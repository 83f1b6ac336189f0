import { createHash } from 'node:crypto'
import type { Transaction } from 'kysely'
import type { Actor } from '@/lib/domain/actor'
import { announce } from './changes'
import type { Store, Tables } from './database'
import type { AuditTable } from './foundation-tables'

export interface AuditEntry {
  readonly at: number
  readonly actor: Actor
  readonly action: string
  readonly subject: string
  readonly outcome: 'done' | 'refused'
  /** No secrets. */
  readonly detail: Readonly<Record<string, unknown>>
}

const FIRST = '0'.repeat(64)

/** One more row of the chain, in the caller's transaction: if the audit row cannot be written, nothing is. */
export async function audit(tx: Transaction<Tables>, entry: AuditEntry): Promise<void> {
  const last = await tx.selectFrom('audit').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst()
  const row = {
    seq: (last?.seq ?? 0) + 1,
    at: entry.at,
    actor: JSON.stringify(entry.actor),
    action: entry.action,
    subject: entry.subject,
    outcome: entry.outcome,
    detail: JSON.stringify(entry.detail),
    prev_hash: last?.hash ?? FIRST,
  }
  await tx
    .insertInto('audit')
    .values({ ...row, hash: hashOf(row) })
    .execute()
  await announce(tx, ['audit'], entry.at)
}

const hashOf = (row: Omit<AuditTable, 'hash'>): string =>
  createHash('sha256')
    .update(
      JSON.stringify([row.seq, row.at, row.actor, row.action, row.subject, row.outcome, row.detail, row.prev_hash]),
    )
    .digest('hex')

/** The sequence number of the first row that does not fit the chain, null where all is as it was written. */
export async function firstBrokenAuditRow(store: Store): Promise<number | null> {
  let previous = FIRST
  let expected = 1
  const rows = await store.selectFrom('audit').selectAll().orderBy('seq').execute()
  for (const { hash, ...row } of rows) {
    if (row.seq !== expected || row.prev_hash !== previous || hash !== hashOf(row)) return row.seq
    previous = hash
    expected++
  }
  return null
}
