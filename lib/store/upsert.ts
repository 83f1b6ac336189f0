import type { Transaction } from 'kysely'
import type { Tables } from './database'
import { slices } from './slices'

/** Parameters are limited by the engine (32,766 in SQLite), and long statements cost more to prepare than they save. */
const ROWS_PER_STATEMENT = 50

/** Writes whole rows: those whose key is there already take on the new values. */
export async function upsert<T extends keyof Tables>(
  tx: Transaction<Tables>,
  table: T,
  keys: readonly (keyof Tables[T] & string)[],
  rows: readonly object[],
): Promise<void> {
  const names = Object.keys(rows[0] ?? {}).filter((name) => !(keys as readonly string[]).includes(name))
  for (const some of slices(rows, ROWS_PER_STATEMENT)) {
    // Kysely has no type for "the rows of this table, whichever it is".
    await tx
      .insertInto(table as 'images')
      .values(some as never)
      .onConflict((c) => {
        const at = c.columns(keys as never)
        if (names.length === 0) return at.doNothing()
        return at.doUpdateSet((e) =>
          Object.fromEntries(names.map((name) => [name, e.ref(`excluded.${name}` as never)])),
        )
      })
      .execute()
  }
}
