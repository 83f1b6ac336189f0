import type { SuspensionProgress } from '@/lib/domain/acknowledged-outage'
import type { Actor } from '@/lib/domain/actor'
import { audit } from './audit'
import { announce } from './changes'
import type { Store } from './database'
import { slices } from './slices'
import type { OutageImagesTable, OutagesTable, RoomReadingsTable, SuspensionsTable } from './statement-tables'

/** What the worker writes of statements: what it has seen, and their end where all is proven. */
const WORKER: Actor = { kind: 'system', name: 'worker' }
const ROWS_PER_STATEMENT = 100

/** Rows that are not history, as they stand. */
export async function loadOpenStatements(store: Store) {
  const [suspensions, outages] = await Promise.all([
    store.selectFrom('suspensions').selectAll().where('closed_at', 'is', null).execute(),
    store.selectFrom('outages').selectAll().where('closed_at', 'is', null).execute(),
  ])
  return { suspensions, outages }
}

const reasonOf = ({ images }: SuspensionProgress): string =>
  images === 0 ? 'no image is concerned any more' : 'all has caught up'

/** Writes what was seen of a suspension. `closes`: all has caught up, unless somebody has moved its end meanwhile. */
export async function writeSuspensionProgress(
  store: Store,
  row: SuspensionsTable,
  progress: SuspensionProgress,
  outcome: 'open' | 'closes',
): Promise<void> {
  const { id } = row
  const at = progress.at
  await store.transaction().execute(async (tx) => {
    const closed =
      outcome === 'closes' ? { closed_at: at, closed_by: JSON.stringify(WORKER), close_reason: reasonOf(progress) } : {}
    const { numUpdatedRows } = await tx
      .updateTable('suspensions')
      .set({ progress: JSON.stringify(progress), ...closed })
      .where('id', '=', id)
      .where('closed_at', 'is', null)
      .where('ends_at', '=', row.ends_at)
      .where('ended_at', row.ended_at === null ? 'is' : '=', row.ended_at)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return
    if (outcome === 'closes') {
      const { images, caughtUp } = progress
      const detail = { images, caughtUp, endsAt: row.ends_at, endedAt: row.ended_at }
      const subject = `suspension:${id}`
      await audit(tx, { at, actor: WORKER, action: 'suspension:caught-up', subject, outcome: 'done', detail })
    }
    await announce(tx, ['statements'], at)
  })
}

/** Where every image stood when the outage was acknowledged; a second writing adds nothing. */
export async function writeBaseline(store: Store, rows: readonly OutageImagesTable[]): Promise<void> {
  await store.transaction().execute(async (tx) => {
    for (const some of slices(rows, ROWS_PER_STATEMENT)) {
      await tx
        .insertInto('outage_images')
        .values(some)
        .onConflict((c) => c.doNothing())
        .execute()
    }
  })
}

export const loadBaseline = (store: Store, outageId: string): Promise<OutageImagesTable[]> =>
  store.selectFrom('outage_images').selectAll().where('outage_id', '=', outageId).execute()

interface OutageNews {
  /** JSON of an OutageProgress. */
  readonly progress: string
  readonly returnedAt: number | null
  readonly changed: readonly OutageImagesTable[]
  /** What is kept in the audit trail where all is proven; null: it stays open. */
  readonly proven: Readonly<Record<string, unknown>> | null
}

/** Writes what was seen of an outage, in one transaction: states of images, figures, and its end where all is proven. */
export async function writeOutage(store: Store, row: OutagesTable, news: OutageNews, at: number): Promise<void> {
  await store.transaction().execute(async (tx) => {
    const closed =
      news.proven === null
        ? {}
        : { closed_at: at, closed_by: JSON.stringify(WORKER), close_reason: 'replication has gone on' }
    const { numUpdatedRows } = await tx
      .updateTable('outages')
      .set({ progress: news.progress, returned_at: news.returnedAt, ...closed })
      .where('id', '=', row.id)
      .where('closed_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return
    for (const some of slices(news.changed, ROWS_PER_STATEMENT)) {
      await tx
        .insertInto('outage_images')
        .values(some)
        .onConflict((c) =>
          c
            .columns(['outage_id', 'image_id'])
            .doUpdateSet((e) => ({ state: e.ref('excluded.state'), proven_at: e.ref('excluded.proven_at') })),
        )
        .execute()
    }
    const subject = `outage:${row.id}`
    const said = (action: string, detail: Readonly<Record<string, unknown>>) =>
      audit(tx, { at, actor: WORKER, action, subject, outcome: 'done', detail })
    if (row.returned_at !== news.returnedAt) {
      await said(news.returnedAt === null ? 'outage:silent-again' : 'outage:returned', { site: row.site })
    }
    if (news.proven !== null) await said('outage:proven', news.proven)
    await announce(tx, ['statements'], at)
  })
}

/** Readings of the room of pools, oldest first. */
export const loadRoom = (store: Store): Promise<RoomReadingsTable[]> =>
  store.selectFrom('room_readings').selectAll().orderBy('at').execute()

/** Adds readings, and drops those of more than two days ago, or all where nothing is open any more. */
export async function writeRoom(store: Store, rows: readonly RoomReadingsTable[], dropBefore: number): Promise<void> {
  await store.transaction().execute(async (tx) => {
    for (const some of slices(rows, ROWS_PER_STATEMENT)) {
      await tx
        .insertInto('room_readings')
        .values(some)
        .onConflict((c) => c.doNothing())
        .execute()
    }
    await tx.deleteFrom('room_readings').where('at', '<', dropBefore).execute()
  })
}
