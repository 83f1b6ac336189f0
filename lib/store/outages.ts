import type { Transaction } from 'kysely'
import type { AcknowledgedOutage } from '@/lib/domain/acknowledged-outage'
import type { Store, Tables } from './database'
import type { OutagesTable } from './statement-tables'
import { nameOf } from './suspensions'

export const outageOf = (row: OutagesTable): AcknowledgedOutage => ({
  id: row.id,
  site: row.site,
  reason: row.reason,
  by: nameOf(row.by),
  acknowledgedAt: row.acknowledged_at,
  lastHeardAt: row.last_heard_at,
  expectedAt: row.expected_at,
  returnedAt: row.returned_at,
})

/** Outages that are waited for, and those whose site is back and not all proven. One a site at most. */
export async function openOutages(store: Store | Transaction<Tables>): Promise<readonly AcknowledgedOutage[]> {
  const rows = await store.selectFrom('outages').selectAll().where('closed_at', 'is', null).execute()
  return rows.map(outageOf)
}
