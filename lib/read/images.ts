import { newestChange } from '@/lib/store/changes'
import type { Store } from '@/lib/store/database'
import type { ImagesPage } from '@/lib/views/image-row'
import { filterText, type ImagesFilter, type ImagesRequest, type SortOrder } from '@/lib/views/images-filter'
import { imageRow } from './image-row'
import { type Tier, tiersFor } from './images-order'
import { type Condition, conditionOf } from './images-where'
import type { Moment } from './moment'

/** One window of the list. Ids first, over an index where there is one, then the rows of that window alone. */
export async function readImages(store: Store, request: ImagesRequest, moment: Moment): Promise<ImagesPage> {
  const { sort, order, offset, limit, ...filter } = request
  const condition = conditionOf(filter, moment)
  const total = await countOnce(store, filter, condition)
  const ids = await windowIds(store, tiersOf(sort, order, moment), condition, { offset, limit })
  const rows = ids.length === 0 ? [] : await store.selectFrom('images').selectAll().where('id', 'in', ids).execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return {
    now: moment.now,
    total,
    offset,
    rows: ids.flatMap((id) => {
      const row = byId.get(id)
      return row === undefined ? [] : [imageRow(row)]
    }),
  }
}

/** Ids of a whole filter, at most `limit`: what a failover of "all that are shown" is for. */
export async function readImageIds(store: Store, filter: ImagesFilter, moment: Moment, limit: number) {
  return windowIds(store, tiersOf('name', 'first', moment), conditionOf(filter, moment), { offset: 0, limit })
}

type SortedTier = Pick<Tier, 'where' | 'order'>

function tiersOf(sort: ImagesRequest['sort'], order: SortOrder, moment: Moment): readonly SortedTier[] {
  const tiers = tiersFor(sort, moment)
  if (order === 'first') return tiers
  return tiers.map((tier) => ({ where: tier.where, order: tier.reverse })).reverse()
}

async function windowIds(
  store: Store,
  tiers: readonly SortedTier[],
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
