import { newestChange } from '@/lib/store/changes'
import type { Store } from '@/lib/store/database'
import type { ImagesPage } from '@/lib/views/image-row'
import { filterText, type ImagesFilter, type ImagesRequest } from '@/lib/views/images-filter'
import { cloudOfImages } from './cloud-of-images'
import { imageRow } from './image-row'
import { sorted, type Tier, tiersOf } from './images-order'
import { type Condition, conditionOf } from './images-where'
import type { Moment } from './moment'

/** Up to so many rows a list is sorted as a whole. */
const SHORT = 5_000

/** One window of the list. Ids first, over an index where there is one, then the rows of that window alone. */
export async function readImages(
  store: Store,
  request: ImagesRequest,
  moment: Moment,
  short = SHORT,
): Promise<ImagesPage> {
  const { sort, order, offset, limit, ...filter } = request
  const total = await countOnce(store, filter, conditionOf(filter, moment, 'may use'))
  const ids = offset >= total ? [] : await windowIds(store, request, filter, moment, total <= short ? 'short' : 'long')
  const rows = ids.length === 0 ? [] : await store.selectFrom('images').selectAll().where('id', 'in', ids).execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  const clouds = await cloudOfImages(store, rows)
  return {
    now: moment.now,
    total,
    offset,
    rows: ids.flatMap((id) => {
      const row = byId.get(id)
      return row === undefined ? [] : [imageRow(row, clouds.get(id) ?? null)]
    }),
  }
}

/** Ids of a whole filter by name, at most `limit`: what a failover of "all that are shown" is for. */
export async function readImageIds(
  store: Store,
  filter: ImagesFilter,
  moment: Moment,
  limit: number,
): Promise<string[]> {
  const rows = await store
    .selectFrom('images')
    .select('id')
    .where(conditionOf(filter, moment, 'may use'))
    .orderBy('name')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}

async function windowIds(
  store: Store,
  { sort, order, offset, limit }: ImagesRequest,
  filter: ImagesFilter,
  moment: Moment,
  length: 'short' | 'long',
): Promise<string[]> {
  if (length === 'long') {
    const condition = conditionOf(filter, moment, 'leave')
    return tieredIds(store, tiersOf(sort, order, moment), condition, { offset, limit })
  }
  const query = store
    .selectFrom('images')
    .select('id')
    .where(conditionOf(filter, moment, 'may use'))
  const rows = await sorted(query, sort, order, moment).limit(limit).offset(offset).execute()
  return rows.map((row) => row.id)
}

async function tieredIds(
  store: Store,
  tiers: readonly Tier[],
  condition: Condition,
  window: { readonly offset: number; readonly limit: number },
): Promise<string[]> {
  const ids: string[] = []
  let skip = window.offset
  for (const [index, tier] of tiers.entries()) {
    const wanted = window.limit - ids.length
    if (wanted <= 0) break
    const within: Condition = (e) => (tier.where === null ? condition(e) : e.and([condition(e), tier.where(e)]))
    const rows = await tier
      .order(store.selectFrom('images').select('id').where(within))
      .limit(wanted)
      .offset(skip)
      .execute()
    ids.push(...rows.map((row) => row.id))
    // A tier that the window lies behind is counted; one that the window begins in has been skipped through.
    if (index + 1 < tiers.length) skip = rows.length > 0 ? 0 : Math.max(0, skip - (await countOf(store, within)))
  }
  return ids
}

async function countOf(store: Store, condition: Condition): Promise<number> {
  const row = await store
    .selectFrom('images')
    .select((e) => e.fn.countAll<number>().as('images'))
    .where(condition)
    .executeTakeFirst()
  return row?.images ?? 0
}

const KEY = Symbol.for('antipode.image-counts')
const shared = globalThis as { [KEY]?: Map<string, number> }
const MOST_COUNTS = 200

/** The windows of one list, and all browsers that look at it, share one count for as long as nothing has changed. */
async function countOnce(store: Store, filter: ImagesFilter, condition: Condition): Promise<number> {
  shared[KEY] ??= new Map()
  const counts = shared[KEY]
  const key = `${await newestChange(store)} ${filterText(filter)}`
  const known = counts.get(key)
  if (known !== undefined) return known
  const total = await countOf(store, condition)
  if (counts.size >= MOST_COUNTS) counts.clear()
  counts.set(key, total)
  return total
}
