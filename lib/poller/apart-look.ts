import type { Item } from '@/lib/domain/attention'
import { type ApartRow, apartItem } from '@/lib/domain/kept-apart'
import type { Verdict } from '@/lib/domain/verdict-words'
import type { Store } from '@/lib/store/database'

/** Images kept on both sides on purpose: how many of each verdict are no alarm, and what is said of them instead. */
export interface Apart {
  readonly byVerdict: Readonly<Partial<Record<Verdict, number>>>
  readonly items: readonly Item[]
}

/** One small question; the rows are as few as a person marks. */
export async function lookAtApart(store: Store): Promise<Apart> {
  const rows = await store
    .selectFrom('kept_apart')
    .leftJoin('images', 'images.id', 'kept_apart.image_id')
    .select(['kept_apart.name', 'kept_apart.reason', 'kept_apart.parted_at', 'images.verdict'])
    .where('kept_apart.ended_at', 'is', null)
    .execute()
  const byVerdict: Partial<Record<Verdict, number>> = {}
  for (const { verdict } of rows) {
    const key = verdict as Verdict | null
    if (key !== null) byVerdict[key] = (byVerdict[key] ?? 0) + 1
  }
  const item = apartItem(rows.map(({ name, reason, parted_at }): ApartRow => ({ name, reason, partedAt: parted_at })))
  return { byVerdict, items: item === null ? [] : [item] }
}
