import type { Transaction } from 'kysely'
import { type Actor, actorText } from '@/lib/domain/actor'
import type { Suspension } from '@/lib/domain/suspension'
import type { Store, Tables } from './database'
import type { SuspensionsTable } from './statement-tables'

/** One extension: a person's word that it lasts longer. */
export interface Extension {
  readonly at: number
  readonly by: Actor
  readonly from: number
  readonly to: number
  readonly reason: string
}

export const suspensionOf = (row: SuspensionsTable): Suspension => ({
  id: row.id,
  pair: row.pair,
  from: row.from_site,
  pools: JSON.parse(row.pools) as string[],
  reason: row.reason,
  by: nameOf(row.by),
  startsAt: row.starts_at,
  endsAt: row.ends_at,
  endedAt: row.ended_at,
  closedAt: row.closed_at,
})

/** How an actor that was stored as JSON is called. */
export const nameOf = (actor: string): string => actorText(JSON.parse(actor) as Actor)

/** All that are not history: planned, holding, or over and not settled. A handful at most. */
export async function openSuspensions(store: Store | Transaction<Tables>): Promise<readonly Suspension[]> {
  const rows = await store.selectFrom('suspensions').selectAll().where('closed_at', 'is', null).execute()
  return rows.map(suspensionOf)
}
