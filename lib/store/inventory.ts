import type { Store } from './database'
import { openBreaches } from './inventory-figures'
import type {
  BreachesTable,
  ImagesTable,
  JournalSamplesTable,
  PoolReadingsTable,
  SitesTable,
  SnapshotMarksTable,
} from './inventory-tables'

/** Everything the poller goes on from after a start. */
export interface StoredInventory {
  readonly sites: readonly SitesTable[]
  readonly readings: readonly PoolReadingsTable[]
  readonly images: readonly ImagesTable[]
  readonly marks: readonly SnapshotMarksTable[]
  readonly samples: readonly JournalSamplesTable[]
  /** Those that are open. */
  readonly breaches: readonly BreachesTable[]
}

/** Read once, at the start of the poller; it is the only one that writes these tables. */
export async function loadInventory(store: Store): Promise<StoredInventory> {
  return {
    sites: await store.selectFrom('sites').selectAll().execute(),
    readings: await store.selectFrom('pool_readings').selectAll().execute(),
    images: await store.selectFrom('images').selectAll().execute(),
    marks: await store.selectFrom('snapshot_marks').selectAll().execute(),
    samples: await store.selectFrom('journal_samples').selectAll().orderBy('at').execute(),
    breaches: await openBreaches(store),
  }
}

/** Sites that are configured no more are no part of the picture. Their images go with the poller's first writing. */
export async function forgetOtherSites(store: Store, names: readonly string[]): Promise<void> {
  await store.deleteFrom('sites').where('name', 'not in', names).execute()
  await store.deleteFrom('pool_readings').where('site', 'not in', names).execute()
}

/** The stored evidence for single images, at any site: what a fresh look is held against. */
export async function loadEvidence(store: Store, imageIds: readonly string[]) {
  const images: ImagesTable[] = []
  const marks: SnapshotMarksTable[] = []
  const samples: JournalSamplesTable[] = []
  // In slices: an engine limits the number of parameters of a statement.
  for (let start = 0; start < imageIds.length; start += 500) {
    const ids = imageIds.slice(start, start + 500)
    images.push(...(await store.selectFrom('images').selectAll().where('id', 'in', ids).execute()))
    marks.push(...(await store.selectFrom('snapshot_marks').selectAll().where('image_id', 'in', ids).execute()))
    samples.push(
      ...(await store.selectFrom('journal_samples').selectAll().where('image_id', 'in', ids).orderBy('at').execute()),
    )
  }
  return { images, marks, samples }
}
