import { sql } from 'kysely'
import type { Stream } from '@/lib/domain/summary'
import type { Store } from '@/lib/store/database'
import type { LagPoint, LagView } from '@/lib/views/lag'
import { readSummaries } from './summaries'

const MINUTE_MS = 60_000
const MOST_SLOTS = 500

/** Exposure by pool and direction over the last minutes, the worst of each slot. */
export async function readLag(store: Store, minutes: number, now: number): Promise<LagView> {
  const slotMs = Math.ceil(minutes / MOST_SLOTS) * MINUTE_MS
  const fromAt = Math.floor((now - minutes * MINUTE_MS) / slotMs) * slotMs
  const streams = (await readSummaries(store))['pool-streams']
  if (streams === null) return { now, fromAt, slotMs, series: null }
  const points = await readPoints(store, streams, fromAt, slotMs)
  const series = streams.map((stream) => ({
    pair: stream.pair,
    pool: stream.pool ?? '',
    from: stream.from,
    to: stream.to,
    objectiveSec: stream.objectiveSec,
    points: points.get(scopeOf(stream)) ?? [],
  }))
  return { now, fromAt, slotMs, series }
}

const scopeOf = (stream: Stream): string => `pool:${stream.pair}/${stream.pool ?? ''}/${stream.from}`

/** The scopes are named, so that the primary key finds each one's minutes; the table holds a year of all of them. */
async function readPoints(store: Store, streams: readonly Stream[], fromAt: number, slotMs: number) {
  const points = new Map<string, LagPoint[]>()
  if (streams.length === 0) return points
  const rows = await store
    .selectFrom('rollups')
    .select(['scope', sql<number>`minute - minute % ${sql.lit(slotMs)}`.as('slot')])
    .select((e) => [e.fn.max('worst_sec').as('worst'), e.fn.max('median_sec').as('median')])
    .where('scope', 'in', streams.map(scopeOf))
    .where('minute', '>=', fromAt)
    .groupBy(['scope', 'slot'])
    .orderBy('scope')
    .orderBy('slot')
    .execute()
  for (const { scope, slot, worst, median } of rows) {
    const list = points.get(scope) ?? []
    list.push([slot, worst, median])
    points.set(scope, list)
  }
  return points
}
