import type { Transaction } from 'kysely'
import { announce } from './changes'
import type { Store, Tables } from './database'
import type {
  BreachesTable,
  ImagesTable,
  JournalSamplesTable,
  PoolReadingsTable,
  RollupsTable,
  SitesTable,
  SnapshotMarksTable,
} from './inventory-tables'

/** What changed at the outside, to be written down. Rows that did not change are not in it. */
export interface InventoryBatch {
  readonly images: readonly ImagesTable[]
  /** Row ids of images that are gone from both sides. */
  readonly removed: readonly string[]
  /** Evidence of an image at a site, as it now is: replaces what is stored. */
  readonly marks: readonly Evidence<SnapshotMarksTable>[]
  readonly samples: readonly Evidence<JournalSamplesTable>[]
  readonly breaches: readonly BreachesTable[]
  readonly readings: readonly PoolReadingsTable[]
  readonly sites: readonly SitesTable[]
  readonly topics: readonly string[]
}

export interface Evidence<Row> {
  readonly imageId: string
  readonly site: string
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
    await store.transaction().execute((tx) => upsertImages(tx, rows))
    await breath()
  }
  for (const ids of slices(batch.removed, ROWS_PER_TRANSACTION)) {
    await store.transaction().execute((tx) => removeImages(tx, ids))
    await breath()
  }
  await writeEvidence(store, batch)
  for (const rows of slices(batch.breaches, ROWS_PER_TRANSACTION)) {
    await store.transaction().execute((tx) => upsertBreaches(tx, rows))
    await breath()
  }
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

async function upsertImages(tx: Transaction<Tables>, rows: readonly ImagesTable[]): Promise<void> {
  for (const some of slices(rows, ROWS_PER_STATEMENT)) {
    const columns = Object.keys(some[0] as ImagesTable).filter((name) => name !== 'id') as (keyof ImagesTable)[]
    await tx
      .insertInto('images')
      .values(some)
      .onConflict((c) =>
        c.column('id').doUpdateSet((e) => Object.fromEntries(columns.map((name) => [name, e.ref(`excluded.${name}`)]))),
      )
      .execute()
  }
}

async function removeImages(tx: Transaction<Tables>, ids: readonly string[]): Promise<void> {
  await tx.deleteFrom('images').where('id', 'in', ids).execute()
  await tx.deleteFrom('snapshot_marks').where('image_id', 'in', ids).execute()
  await tx.deleteFrom('journal_samples').where('image_id', 'in', ids).execute()
  await tx.deleteFrom('breaches').where('image_id', 'in', ids).execute()
}

async function upsertBreaches(tx: Transaction<Tables>, rows: readonly BreachesTable[]): Promise<void> {
  for (const some of slices(rows, ROWS_PER_STATEMENT)) {
    await tx
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

async function writeEvidence(store: Store, batch: InventoryBatch): Promise<void> {
  for (const some of slices(batch.marks, ROWS_PER_TRANSACTION)) {
    await store.transaction().execute(async (tx) => {
      for (const { imageId, site } of some) {
        await tx.deleteFrom('snapshot_marks').where('image_id', '=', imageId).where('site', '=', site).execute()
      }
      for (const rows of slices(
        some.flatMap((evidence) => evidence.rows),
        ROWS_PER_STATEMENT,
      )) {
        await tx.insertInto('snapshot_marks').values(rows).execute()
      }
    })
    await breath()
  }
  for (const some of slices(batch.samples, ROWS_PER_TRANSACTION)) {
    await store.transaction().execute(async (tx) => {
      for (const { imageId, site } of some) {
        await tx.deleteFrom('journal_samples').where('image_id', '=', imageId).where('site', '=', site).execute()
      }
      for (const rows of slices(
        some.flatMap((evidence) => evidence.rows),
        ROWS_PER_STATEMENT,
      )) {
        await tx
          .insertInto('journal_samples')
          .values(rows)
          .onConflict((c) => c.doNothing())
          .execute()
      }
    })
    await breath()
  }
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

function* slices<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size)
}

const breath = () => new Promise<void>((resolve) => setImmediate(resolve))
