import { sitesOf } from '@/lib/domain/words'
import type { Store } from '@/lib/store/database'
import type { ImagesTable } from '@/lib/store/inventory-tables'
import type { ImageDetail, SideDetail } from '@/lib/views/image-detail'
import { cloudOfImage } from './cloud-of-image'
import { imageRow, inOrder } from './image-row'
import { ReadRefusal } from './read-errors'

const WEEK_MS = 7 * 86_400_000
const LIVE = ['queued', 'running', 'waiting', 'paused']

/** One image with everything the store knows of it. */
export async function readImage(store: Store, id: string, now: number): Promise<ImageDetail> {
  const row = await store.selectFrom('images').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) {
    throw new ReadRefusal(404, 'this image is not mirrored between two configured sites', 'it may have been deleted')
  }
  const [sides, breaches, marks, sample, parentId, run, watchedSince, cloud] = await Promise.all([
    sideDetails(store, row),
    breachesOf(store, id, now),
    marksOf(store, id),
    sampleOf(store, id),
    parentIdOf(store, row),
    liveRun(store, id),
    watchedSinceOf(store, row),
    cloudOfImage(store, row),
  ])
  return {
    now,
    image: imageRow(row),
    sides,
    verdictText: row.verdict_text,
    heldText: row.held_text,
    changedAt: row.changed_at,
    copySince: row.copy_since,
    watchedSince,
    breaches,
    marks,
    sample,
    parentId,
    run,
    cloud,
  }
}

async function sideDetails(store: Store, row: ImagesTable): Promise<[SideDetail, SideDetail]> {
  const [first, second] = imageRow(row).sides
  const [left, right] = inOrder(row, [
    { description: row.left_description, imageId: row.left_image_id },
    { description: row.right_description, imageId: row.right_image_id },
  ])
  const read = await store
    .selectFrom('pool_readings')
    .select(['site', 'observed_at'])
    .where('pool', '=', row.pool)
    .where('site', 'in', [first.site, second.site])
    .execute()
  const readAt = (site: string) => read.find((reading) => reading.site === site)?.observed_at ?? null
  return [
    { ...first, ...left, readAt: readAt(first.site) },
    { ...second, ...right, readAt: readAt(second.site) },
  ]
}

const breachesOf = (store: Store, id: string, now: number) =>
  store
    .selectFrom('breaches')
    .select(['started_at as startedAt', 'ended_at as endedAt', 'worst_sec as worstSec'])
    .where('image_id', '=', id)
    .where((e) => e.or([e('ended_at', 'is', null), e('ended_at', '>', now - WEEK_MS)]))
    .orderBy('started_at', 'desc')
    .limit(200)
    .execute()

const marksOf = (store: Store, id: string) =>
  store
    .selectFrom('snapshot_marks')
    .select(['site', 'snap_id as snapId', 'taken_at as takenAt'])
    .where('image_id', '=', id)
    .orderBy('taken_at', 'desc')
    .limit(12)
    .execute()

async function sampleOf(store: Store, id: string): Promise<ImageDetail['sample']> {
  const row = await store
    .selectFrom('journal_samples')
    .select(['site', 'at', 'tag', 'entry', 'exact'])
    .where('image_id', '=', id)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : { ...row, exact: row.exact === 1 }
}

async function parentIdOf(store: Store, row: ImagesTable): Promise<string | null> {
  if (row.parent_name === null || row.parent_pool === null) return null
  const parent = await store
    .selectFrom('images')
    .select('id')
    .where('pair', '=', row.pair)
    .where('pool', '=', row.parent_pool)
    .where('namespace', '=', row.parent_namespace ?? '')
    .where('name', '=', row.parent_name)
    .limit(1)
    .executeTakeFirst()
  return parent?.id ?? null
}

/** The first minute that was rolled up of its pool, in either direction. */
async function watchedSinceOf(store: Store, row: ImagesTable): Promise<number | null> {
  const scopes = sitesOf(row.pair).map((site) => `pool:${row.pair}/${row.pool}/${site}`)
  const first = await Promise.all(
    scopes.map((scope) =>
      store
        .selectFrom('rollups')
        .select('minute')
        .where('scope', '=', scope)
        .orderBy('minute')
        .limit(1)
        .executeTakeFirst(),
    ),
  )
  const minutes = first.flatMap((found) => found?.minute ?? [])
  return minutes.length === 0 ? null : Math.min(...minutes)
}

async function liveRun(store: Store, id: string): Promise<ImageDetail['run']> {
  const run = await store
    .selectFrom('run_members')
    .innerJoin('runs', 'runs.id', 'run_members.run_id')
    .select(['runs.id', 'runs.title'])
    .where('run_members.key', '=', `image:${id}`)
    .where('runs.state', 'in', LIVE)
    .limit(1)
    .executeTakeFirst()
  return run ?? null
}
