import type { Insertable, Transaction } from 'kysely'
import { breath } from '@/lib/ports/slices'
import { announce } from './changes'
import type { Store, Tables } from './database'
import type {
  ImagesTable,
  JournalSamplesTable,
  PoolReadingsTable,
  SitesTable,
  SnapshotMarksTable,
} from './inventory-tables'
import { slices } from './slices'
import { upsert } from './upsert'

/** What changed at the outside, to be written down. Rows that did not change are not in it. */
export interface InventoryBatch {
  readonly images: readonly ImagesTable[]
  /** Row ids of images that are gone from both sides. */
  readonly removed: readonly string[]
  /** Evidence of an image as it now is: replaces what is stored of it. */
  readonly marks: readonly Evidence<SnapshotMarksTable>[]
  readonly samples: readonly Evidence<JournalSamplesTable>[]
  readonly readings: readonly PoolReadingsTable[]
  readonly sites: readonly SitesTable[]
  readonly topics: readonly string[]
}

export interface Evidence<Row> {
  readonly imageId: string
  readonly rows: readonly Row[]
}

const ROWS_PER_TRANSACTION = 500
/** Parameters are limited by the engine (32,766 in SQLite), and long statements cost more to prepare than they save. */
const ROWS_PER_STATEMENT = 50

/**
 * Writes a batch: images in transactions of at most 500 rows, then readings and sites. Between two transactions others
 * get their turn. Topics are announced with the last one, when everything they speak of is there.
 */
export async function writeInventory(store: Store, batch: InventoryBatch, at: number): Promise<void> {
  for (const rows of slices(batch.images, ROWS_PER_TRANSACTION)) {
    await store.transaction().execute((tx) => upsert(tx, 'images', ['id'], rows))
    await breath()
  }
  for (const ids of slices(batch.removed, ROWS_PER_TRANSACTION)) {
    await store.transaction().execute((tx) => removeImages(tx, ids))
    await breath()
  }
  await writeEvidence(store, batch)
  if (batch.readings.length + batch.sites.length + batch.topics.length === 0) return
  await store.transaction().execute(async (tx) => {
    for (const row of batch.readings) {
      await tx
        .insertInto('pool_readings')
        .values(row)
        .onConflict((c) => c.columns(['site', 'pool']).doUpdateSet(row))
        .execute()
    }
    for (const row of batch.sites) {
      await tx
        .insertInto('sites')
        .values(row)
        .onConflict((c) => c.column('name').doUpdateSet(row))
        .execute()
    }
    await announce(tx, [...new Set(batch.topics)], at)
  })
}

async function removeImages(tx: Transaction<Tables>, ids: readonly string[]): Promise<void> {
  await tx.deleteFrom('images').where('id', 'in', ids).execute()
  await tx.deleteFrom('snapshot_marks').where('image_id', 'in', ids).execute()
  await tx.deleteFrom('journal_samples').where('image_id', 'in', ids).execute()
  await tx.deleteFrom('breaches').where('image_id', 'in', ids).execute()
}

async function writeEvidence(store: Store, batch: InventoryBatch): Promise<void> {
  await replace(store, 'snapshot_marks', batch.marks)
  await replace(store, 'journal_samples', batch.samples)
}

async function replace<T extends 'snapshot_marks' | 'journal_samples'>(
  store: Store,
  table: T,
  all: readonly Evidence<Insertable<Tables[T]>>[],
): Promise<void> {
  for (const some of slices(all, ROWS_PER_TRANSACTION)) {
    await store.transaction().execute(async (tx) => {
      const ids = some.map(({ imageId }) => imageId)
      // Evidence of one site at a time: that of another primary is void with it.
      await tx
        .deleteFrom(table as 'snapshot_marks')
        .where('image_id', 'in', ids)
        .execute()
      const rows = some.flatMap((evidence) => evidence.rows)
      for (const few of slices(rows, ROWS_PER_STATEMENT)) {
        await tx
          .insertInto(table)
          .values(few)
          .onConflict((c) => c.doNothing())
          .execute()
      }
    })
    await breath()
  }
}
