import { z } from 'zod'
import { type Actor, actorText } from '@/lib/domain/actor'
import type { Store } from '@/lib/store/database'
import type { ApartView } from '@/lib/views/apart'
import { Amount } from '@/lib/views/evidence'

const Meter = z.record(z.string(), Amount)

/** The images that are kept on both sides on purpose, with what each side has written since. */
export async function readApart(store: Store, now: number): Promise<ApartView> {
  const rows = await store
    .selectFrom('kept_apart')
    .selectAll()
    .where('ended_at', 'is', null)
    .orderBy('parted_at')
    .orderBy('name')
    .execute()
  return {
    now,
    images: rows.map((row) => ({
      ...{ imageId: row.image_id, name: row.name, pair: row.pair, reason: row.reason },
      ...{ by: actorText(JSON.parse(row.by) as Actor), since: row.created_at, partedAt: row.parted_at },
      meter:
        row.meter === null
          ? []
          : Object.entries(Meter.parse(JSON.parse(row.meter))).map(([site, amount]) => ({ site, amount })),
      measuredAt: row.measured_at,
    })),
  }
}
