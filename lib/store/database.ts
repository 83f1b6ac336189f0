import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite'
import { Kysely, SqliteDialect } from 'kysely'
import type { ApartTables } from './apart-tables'
import type { CloudTables } from './cloud-tables'
import type { FoundationTables } from './foundation-tables'
import type { GroupTables } from './group-tables'
import type { InventoryTables } from './inventory-tables'
import type { StatementTables } from './statement-tables'
import type { StatusTables } from './status-tables'

export interface Tables
  extends FoundationTables,
    InventoryTables,
    StatusTables,
    StatementTables,
    ApartTables,
    CloudTables,
    GroupTables {}
export type Store = Kysely<Tables>

/**
 * Opens the store: SQLite in WAL mode, `synchronous=FULL`, so that what was acknowledged is on disk.
 * `busyMs`: how long a writer waits for another. Throws where the folder cannot be written. Callers own the handle; nothing here is opened at module top level.
 */
export function openStore(file: string, busyMs = 10_000): Store {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true })
  const database = new DatabaseSync(file, { timeout: busyMs })
  database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;')
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: kyselyDatabase(database) }) })
}

/** What Kysely's SQLite dialect expects, over the node:sqlite API. Parameters are numbers, strings and null alone. */
function kyselyDatabase(database: DatabaseSyncInstance) {
  return {
    close: () => database.close(),
    prepare(sql: string) {
      // A transaction that reads first and writes later is refused at once where another process wrote in between
      // (SQLITE_BUSY_SNAPSHOT): no time-out waits for that. Taking the write lock at the beginning does wait.
      const statement = database.prepare(sql === 'begin' ? 'begin immediate' : sql)
      const reader = statement.columns().length > 0
      const plain = (parameters: readonly unknown[]) => parameters as (string | number | null)[]
      return {
        reader,
        all: (parameters: readonly unknown[]) => statement.all(...plain(parameters)) as unknown[],
        run(parameters: readonly unknown[]) {
          const { changes, lastInsertRowid } = statement.run(...plain(parameters))
          return { changes, lastInsertRowid }
        },
        iterate: (parameters: readonly unknown[]) =>
          statement.iterate(...plain(parameters)) as IterableIterator<unknown>,
      }
    },
  }
}
