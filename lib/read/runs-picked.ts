import type { z } from 'zod'
import { specText } from '@/lib/domain/words'
import type { Store } from '@/lib/store/database'
import { MOST_PICKED, type PickedImages, type PickedRequest } from '@/lib/views/failover-choices'
import { filterOfText } from '@/lib/views/images-filter'
import { readImageIds } from './images'
import type { Moment } from './moment'

/** SQLite takes 32,766 parameters a statement. */
const BATCH = 5_000

/** What the Images page hands to the wizard: ids, or the filter itself, resolved here in one go. */
export async function readPicked(
  store: Store,
  { ids, filter }: z.output<typeof PickedRequest>,
  moment: Moment,
): Promise<PickedImages> {
  const asked = filter === '' ? ids : await readImageIds(store, filterOfText(filter), moment, MOST_PICKED + 1)
  if (asked.length > MOST_PICKED) return { now: moment.now, images: [], missing: [], tooMany: true }
  const found: PickedImages['images'] = []
  for (let at = 0; at < asked.length; at += BATCH) {
    const rows = await store
      .selectFrom('images')
      .select(['id', 'pair', 'pool', 'namespace', 'name', 'primary_site'])
      .where('id', 'in', asked.slice(at, at + BATCH))
      .execute()
    found.push(
      ...rows.map((row) => ({ id: row.id, name: specText(row), pair: row.pair, primarySite: row.primary_site })),
    )
  }
  const known = new Set(found.map(({ id }) => id))
  return {
    now: moment.now,
    images: found.sort((a, b) => (a.name < b.name ? -1 : 1)),
    missing: asked.filter((id) => !known.has(id)),
    tooMany: false,
  }
}
