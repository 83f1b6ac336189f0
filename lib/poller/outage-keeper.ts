import { type OutageProgress, waitingIn } from '@/lib/domain/acknowledged-outage'
import type { RoomForecast } from '@/lib/domain/room-forecast'
import type { Store } from '@/lib/store/database'
import type { OutageImagesTable, OutagesTable } from '@/lib/store/statement-tables'
import { loadBaseline, writeBaseline, writeOutage } from '@/lib/store/statement-write'
import { coarse } from './coarse'
import { baselineOf, lookAtOutage } from './outage-look'
import type { World } from './world'

/** A client that writes now and then is given so long to be seen, before "nothing was written since" is the last word. */
const GRACE_MS = 120_000

export interface OutageKeeper {
  /** Looks at one acknowledged outage and writes what was seen. Null where that was its end. */
  follow(row: OutagesTable, room: readonly RoomForecast[], nowMs: number): Promise<OutageProgress | null>
  returnedAt(row: OutagesTable): number | null
  /** Forgets all but these: the others were withdrawn or closed by somebody. */
  keep(ids: readonly string[]): void
}

interface Known {
  rows: Map<string, OutageImagesTable>
  aside: number
  returnedAt: number | null
  gist: string
}

/** Follows acknowledged outages: where each image stood, whether the site is back, what has gone on since. */
export function createOutageKeeper(world: World, store: Store): OutageKeeper {
  const known = new Map<string, Known>()

  const open = async (row: OutagesTable): Promise<Known> => {
    const there = known.get(row.id)
    if (there !== undefined) return there
    let stored = await loadBaseline(store, row.id)
    let aside = row.progress === null ? 0 : (JSON.parse(row.progress) as OutageProgress).aside
    if (row.progress === null) {
      const first = await baselineOf(world, row.id, row.site)
      await writeBaseline(store, first.rows)
      stored = await loadBaseline(store, row.id)
      aside = first.aside
    }
    const rows = new Map(stored.map((one) => [one.image_id, one]))
    const made = { rows, aside, returnedAt: row.returned_at, gist: '' }
    known.set(row.id, made)
    return made
  }

  /** Since when it answers again; null while it does not. What is not read yet since a start says neither. */
  const back = (row: OutagesTable, state: Known, nowMs: number): number | null => {
    const site = world.sites.get(row.site)
    if (site === undefined || site.condition === 'new') return state.returnedAt
    if (site.condition === 'silent') return null
    if (state.returnedAt !== null) return state.returnedAt
    const heard = site.lastOkAt !== null && site.lastOkAt > row.acknowledged_at
    return heard ? nowMs : null
  }

  return {
    async follow(row, room, nowMs) {
      const state = await open(row)
      const returnedAt = back(row, state, nowMs)
      const again = state.returnedAt !== null && returnedAt === null ? startedAgain(state.rows) : []
      for (const one of again) state.rows.set(one.image_id, one)
      state.returnedAt = returnedAt
      const found = await lookAtOutage(world, state.rows.values(), returnedAt, { aside: state.aside, room }, nowMs)
      for (const one of found.changed) state.rows.set(one.image_id, one)
      const { progress } = found
      // An image that neither site has any more has not gone on: a person looks, and withdraws the statement.
      const settled = returnedAt !== null && waitingIn(progress) === 0 && progress.gone === 0
      const proven = settled && (progress.nothingNew === 0 || nowMs - returnedAt >= GRACE_MS)
      const gist = JSON.stringify([progress, returnedAt, proven], coarse)
      if (gist !== state.gist) {
        const changed = [...again, ...found.changed]
        const detail = proven ? recordOf(row, progress, returnedAt) : null
        await writeOutage(
          store,
          row,
          { progress: JSON.stringify(progress), returnedAt, changed, proven: detail },
          nowMs,
        )
        state.gist = gist
      }
      if (proven) known.delete(row.id)
      return proven ? null : progress
    },
    keep(ids) {
      for (const id of known.keys()) if (!ids.includes(id)) known.delete(id)
    },
    returnedAt: (row) => known.get(row.id)?.returnedAt ?? row.returned_at,
  }
}

/** It fell silent once more: what was seen after the first return proves nothing of the second. */
const startedAgain = (rows: ReadonlyMap<string, OutageImagesTable>): OutageImagesTable[] =>
  [...rows.values()].flatMap((row) =>
    row.state === 'waiting' || row.state === 'moved' ? [] : [{ ...row, state: 'waiting', proven_at: null }],
  )

function recordOf(row: OutagesTable, progress: OutageProgress, returnedAt: number) {
  const { images, goneOn, nothingNew, moved, gone } = progress
  const lengthSec = row.last_heard_at === null ? null : Math.round((returnedAt - row.last_heard_at) / 1000)
  return { site: row.site, returnedAt, lengthSec, images, goneOn, nothingNew, moved, gone }
}
