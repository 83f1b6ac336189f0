import type { OutageProgress, SuspensionProgress } from '@/lib/domain/acknowledged-outage'
import type { Item } from '@/lib/domain/attention'
import { heldUpItems } from '@/lib/domain/held-up-items'
import { outageItems, roomItems, suspensionItems } from '@/lib/domain/statement-items'
import { covers, overAt, phaseOf, type Suspension } from '@/lib/domain/suspension'
import { sitesOf } from '@/lib/domain/words'
import type { Store } from '@/lib/store/database'
import { outageOf } from '@/lib/store/outages'
import type { SuspensionsTable } from '@/lib/store/statement-tables'
import { loadOpenStatements, writeSuspensionProgress } from '@/lib/store/statement-write'
import { suspensionOf } from '@/lib/store/suspensions'
import { coarse } from './coarse'
import { heldUpPools } from './held-up'
import { createOutageKeeper } from './outage-keeper'
import { createRoomKeeper, type Place } from './room-keeper'
import type { Statements } from './summary-keeper'
import { lookAtSuspension } from './suspension-look'
import type { World } from './world'

export type Stated = Omit<Statements, 'apart'>

export interface StatementKeeper {
  /** Has somebody stated, moved or ended something since the last look, or has one begun or run out? */
  isNews(nowMs: number): Promise<boolean>
  /** Looks at what is open, writes what was seen, and says what follows from it. Where nothing is open that costs one small question. */
  look(nowMs: number): Promise<Stated>
}

const NOTHING: Stated = { suspensions: [], outages: [], items: [] }
/** Within that of being full after a suspension, or while a site is waited for, somebody must know. */
const SOON_MS = 6 * 3600_000

/**
 * Follows suspensions and acknowledged outages, and the room of pools whose journals a peer holds up, stated or not: by the
 * readings that are there anyway, and on disk.
 */
export async function createStatementKeeper(world: World, store: Store): Promise<StatementKeeper> {
  const outages = createOutageKeeper(world, store)
  const room = await createRoomKeeper(world, store)
  const written = new Map<string, string>()
  let seen = ''

  const signature = async (nowMs: number) => {
    const open = await loadOpenStatements(store)
    const rows = [...open.suspensions, ...open.outages].map(({ progress: _, ...row }) => row)
    const phases = open.suspensions.map((row) => phaseOf(suspensionOf(row), nowMs))
    return { open, text: JSON.stringify([rows, phases]) }
  }

  const settle = async (row: SuspensionsTable, nowMs: number): Promise<readonly [Suspension, Item[]]> => {
    const suspension = suspensionOf(row)
    const phase = phaseOf(suspension, nowMs)
    if (phase === 'planned') return [suspension, []]
    const before = row.progress === null ? null : (JSON.parse(row.progress) as SuspensionProgress)
    const forecasts = room.forecast(placesOf(world, suspension), nowMs)
    const progress = await lookAtSuspension(world, suspension, before, forecasts, nowMs)
    const isOver = phase === 'ended' || phase === 'overdue'
    const closes = isOver && progress.caughtUp === progress.images
    const gist = JSON.stringify([progress, closes], coarse)
    if (closes || written.get(row.id) !== gist) {
      written.set(row.id, gist)
      await writeSuspensionProgress(store, row, progress, closes ? 'closes' : 'open')
    }
    if (closes) return [{ ...suspension, closedAt: nowMs }, []]
    const fullBy = isOver ? nowMs + SOON_MS : overAt(suspension)
    return [suspension, [...suspensionItems(suspension, progress, nowMs), ...roomItems(forecasts, fullBy, nowMs)]]
  }

  return {
    async isNews(nowMs) {
      return (await signature(nowMs)).text !== seen
    },
    async look(nowMs) {
      const { open, text } = await signature(nowMs)
      seen = text
      const places = [
        ...open.suspensions.flatMap((row) => placesOf(world, suspensionOf(row))),
        ...open.outages.flatMap(({ site }) => placesBeside(world, site)),
      ]
      const held = heldUpPools(world, nowMs)
      await room.note(unique([...places, ...held]), nowMs)
      const stated = new Set(places.map(({ site, pool }) => `${site}/${pool}`))
      const unstated = held.filter(({ site, pool }) => !stated.has(`${site}/${pool}`))
      const heldUp = heldUpItems(unstated, room.forecast(unstated, nowMs), nowMs)
      if (open.suspensions.length + open.outages.length === 0) return { ...NOTHING, items: heldUp }
      outages.keep(open.outages.map(({ id }) => id))
      const items: Item[] = [...heldUp]
      const suspensions: Suspension[] = []
      for (const row of open.suspensions) {
        const [suspension, mine] = await settle(row, nowMs)
        items.push(...mine)
        if (suspension.closedAt === null) suspensions.push(suspension)
      }
      for (const row of open.outages) {
        const forecasts = room.forecast(unique(placesBeside(world, row.site)), nowMs)
        const progress: OutageProgress | null = await outages.follow(row, forecasts, nowMs)
        if (progress === null) continue
        items.push(...outageItems({ ...outageOf(row), returnedAt: outages.returnedAt(row) }, progress, nowMs))
        items.push(...roomItems(forecasts, nowMs + SOON_MS, nowMs))
      }
      return { suspensions, outages: open.outages.map(outageOf), items: onceEach(items) }
    },
  }
}

/** Pools at the sites of the primaries: there journals and old data are kept. */
function placesOf(world: World, suspension: Suspension): Place[] {
  return [...world.pairPools.values()].flatMap(({ pair, pool, images }) =>
    sitesOf(pair).flatMap((site) => {
      const isMine = covers(suspension, { pair, pool, from: site })
      return isMine && [...images.values()].some(({ row }) => row?.primary_site === site) ? [{ site, pool }] : []
    }),
  )
}

/** Pools at the other sites, whose primaries keep everything for the one that is away. */
const placesBeside = (world: World, away: string): Place[] =>
  [...world.pairPools.values()].flatMap(({ pair, pool, images }) => {
    const [left, right] = sitesOf(pair)
    if (left !== away && right !== away) return []
    const site = left === away ? right : left
    return [...images.values()].some(({ row }) => row?.primary_site === site) ? [{ site, pool }] : []
  })

const unique = (places: readonly Place[]): Place[] => [
  ...new Map(places.map((place) => [`${place.site}/${place.pool}`, place])).values(),
]

const onceEach = (items: readonly Item[]): Item[] => [...new Map(items.map((item) => [item.key, item])).values()]
