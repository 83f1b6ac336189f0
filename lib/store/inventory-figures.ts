import { announce } from './changes'
import type { Store } from './database'
import type { BreachesTable, RollupsTable } from './inventory-tables'
import { slices } from './slices'

const ROWS_PER_STATEMENT = 100

/** One summary by its key, null where it was never made. */
export async function loadSummary<T>(store: Store, key: string): Promise<T | null> {
  const row = await store.selectFrom('summaries').select('json').where('key', '=', key).executeTakeFirst()
  return row === undefined ? null : (JSON.parse(row.json) as T)
}

/** Writes summaries that changed, and announces `summary`. */
export async function writeSummaries(
  store: Store,
  summaries: readonly { readonly key: string; readonly json: string }[],
  at: number,
): Promise<void> {
  await store.transaction().execute(async (tx) => {
    for (const { key, json } of summaries) {
      await tx
        .insertInto('summaries')
        .values({ key, json, at })
        .onConflict((c) => c.column('key').doUpdateSet({ json, at }))
        .execute()
    }
    await announce(tx, ['summary'], at)
  })
}

/** Adds figures of a minute; a second writing of the same minute replaces the first. */
export async function writeRollups(store: Store, rows: readonly RollupsTable[]): Promise<void> {
  for (const some of slices(rows, ROWS_PER_STATEMENT)) {
    await store
      .insertInto('rollups')
      .values(some)
      .onConflict((c) =>
        c.columns(['scope', 'minute']).doUpdateSet((e) => ({
          worst_sec: e.ref('excluded.worst_sec'),
          p95_sec: e.ref('excluded.p95_sec'),
          median_sec: e.ref('excluded.median_sec'),
          images: e.ref('excluded.images'),
          unknown: e.ref('excluded.unknown'),
        })),
      )
      .execute()
  }
}

/** Breaches that are open, to go on with after a start. */
export const openBreaches = (store: Store): Promise<BreachesTable[]> =>
  store.selectFrom('breaches').selectAll().where('ended_at', 'is', null).execute()

/** Writes breaches that began or ended. */
export async function writeBreaches(store: Store, rows: readonly BreachesTable[]): Promise<void> {
  for (const some of slices(rows, ROWS_PER_STATEMENT)) {
    await store
      .insertInto('breaches')
      .values(some)
      .onConflict((c) =>
        c
          .columns(['image_id', 'started_at'])
          .doUpdateSet((e) => ({ ended_at: e.ref('excluded.ended_at'), worst_sec: e.ref('excluded.worst_sec') })),
      )
      .execute()
  }
}

const DAY_MS = 86_400_000

/** Drops what nobody looks at any more: roll-ups and breaches of more than `days` days. */
export async function pruneFigures(store: Store, nowMs: number, days = 400): Promise<void> {
  const limit = nowMs - days * DAY_MS
  await store.deleteFrom('rollups').where('minute', '<', limit).execute()
  await store.deleteFrom('breaches').where('ended_at', '<', limit).execute()
}
