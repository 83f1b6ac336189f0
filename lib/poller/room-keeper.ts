import { type RoomForecast, type RoomReading, roomForecast } from '@/lib/domain/room-forecast'
import type { SiteName } from '@/lib/domain/words'
import type { Store } from '@/lib/store/database'
import type { RoomReadingsTable } from '@/lib/store/statement-tables'
import { loadRoom, writeRoom } from '@/lib/store/statement-write'
import type { World } from './world'

const KEEP_MS = 2 * 86_400_000

export interface Place {
  readonly site: SiteName
  readonly pool: string
}

export interface RoomKeeper {
  /** Notes the room of these pools where their cluster has told it anew. */
  note(places: readonly Place[], nowMs: number): Promise<void>
  forecast(places: readonly Place[], nowMs: number): readonly RoomForecast[]
}

/** What the journals of a pool's primaries keep, at most; null where one of them has not been sampled. */
function journalBytes(world: World, site: SiteName, name: string): number | null {
  let sum = 0
  for (const pool of world.pairPools.values()) {
    if (pool.pool !== name || !pool.pair.split('~').includes(site)) continue
    for (const image of pool.images.values()) {
      const side = image.left.site === site ? image.left : image.right
      if (image.mode !== 'journal' || side.role !== 'primary') continue
      if (image.journalBytes === null) return null
      sum += image.journalBytes
    }
  }
  return sum
}

/** Keeps the free room of pools while something is open that makes them grow, on disk too: a restart must not forget a rate. */
export async function createRoomKeeper(world: World, store: Store): Promise<RoomKeeper> {
  const known = new Map<string, RoomReading[]>()
  const add = (row: RoomReadingsTable) => {
    const key = `${row.site}/${row.pool}`
    const reading = { at: row.at, availableBytes: row.available_bytes, journalBytes: row.journal_bytes }
    known.set(key, [...(known.get(key) ?? []), reading])
  }
  for (const row of await loadRoom(store)) add(row)

  return {
    async note(places, nowMs) {
      const rows = places.flatMap(({ site, pool }): RoomReadingsTable[] => {
        const state = world.sites.get(site)
        const usage = state?.facts?.pools.find(({ name }) => name === pool)
        const at = state?.factsAt ?? null
        if (usage === undefined || at === null || known.get(`${site}/${pool}`)?.at(-1)?.at === at) return []
        return [
          { site, pool, at, available_bytes: usage.availableBytes, journal_bytes: journalBytes(world, site, pool) },
        ]
      })
      const idle = places.length === 0 && known.size > 0
      if (rows.length === 0 && !idle) return
      if (idle) known.clear()
      for (const row of rows) add(row)
      await writeRoom(store, rows, idle ? nowMs + 1 : nowMs - KEEP_MS)
    },
    forecast: (places, nowMs) =>
      places.map((place) => roomForecast(place, known.get(`${place.site}/${place.pool}`) ?? [], nowMs)),
  }
}
