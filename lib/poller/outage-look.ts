import { CAME_APART, NAMED, type OutageProgress } from '@/lib/domain/acknowledged-outage'
import { type GoneOn, goneOn, type Rest, restOf } from '@/lib/domain/caught-up'
import type { RoomForecast } from '@/lib/domain/room-forecast'
import type { Verdict } from '@/lib/domain/verdict-words'
import { otherSite, type SiteName } from '@/lib/domain/words'
import { breath } from '@/lib/ports/slices'
import type { OutageImagesTable } from '@/lib/store/statement-tables'
import { followerOf, poolIsFresh } from './followers'
import type { ImageState } from './image-state'
import type { World } from './world'

const SLICE = 2_000

/** Where every image of the site stands, in either direction, as last read: what it must be seen to move on from. */
export async function baselineOf(world: World, outageId: string, site: SiteName) {
  const rows: OutageImagesTable[] = []
  let aside = 0
  for (const image of imagesOf(world, site)) {
    if (rows.length % SLICE === SLICE - 1) await breath()
    const from = image.row?.primary_site ?? null
    if (from === null || CAME_APART.has((image.row?.verdict ?? 'unknown') as Verdict)) {
      aside++
      continue
    }
    const position = image.mode === 'journal' ? followerOf(image, 'stale').position : null
    rows.push({
      ...{ outage_id: outageId, image_id: image.id, from_site: from, tag: position?.tag ?? null },
      ...{ entry: position?.entry ?? null, state: 'waiting', proven_at: null },
    })
  }
  return { rows, aside }
}

function* imagesOf(world: World, site: SiteName): Generator<ImageState> {
  for (const pool of world.pairPools.values()) if (pool.pair.split('~').includes(site)) yield* pool.images.values()
}

export interface OutageLook {
  readonly progress: OutageProgress
  /** Rows whose state is another than before. */
  readonly changed: readonly OutageImagesTable[]
}

/** Looks at all that is not proven yet. Before the return nothing can be: `returnedAt` null counts alone. */
export async function lookAtOutage(
  world: World,
  rows: Iterable<OutageImagesTable>,
  returnedAt: number | null,
  known: { readonly aside: number; readonly room: readonly RoomForecast[] },
  nowMs: number,
): Promise<OutageLook> {
  const counts: Record<GoneOn | 'gone', number> = { 'gone-on': 0, 'nothing-new': 0, moved: 0, waiting: 0, gone: 0 }
  const rest: Rest[] = []
  const changed: OutageImagesTable[] = []
  const fresh = new Map([...world.pairPools].map(([key, pool]) => [key, poolIsFresh(world, pool, nowMs)]))
  let images = 0
  for (const row of rows) {
    if (++images % SLICE === 0) await breath()
    const image = imageOf(world, row.image_id)
    if (row.state === 'gone-on' || row.state === 'moved' || returnedAt === null) {
      counts[row.state as GoneOn]++
      continue
    }
    if (image === undefined) {
      counts.gone++
      continue
    }
    const follower = followerOf(image, fresh.get(`${image.pair}/${image.pool}`) === true ? 'fresh' : 'stale')
    const position = row.tag === null || row.entry === null ? null : { tag: row.tag, entry: row.entry }
    const state = goneOn(follower, { key: row.image_id, fromSite: row.from_site, position }, returnedAt)
    counts[state]++
    if (state !== row.state) changed.push({ ...row, state, proven_at: state === 'waiting' ? null : nowMs })
    if (state !== 'waiting' || rest.length >= NAMED) continue
    rest.push(restOf(follower, 'the return', otherSite(image.pair, row.from_site)))
  }
  const { gone, moved } = counts
  const figures = { goneOn: counts['gone-on'], nothingNew: counts['nothing-new'], moved, gone }
  return { progress: { at: nowMs, images, ...figures, ...known, rest }, changed }
}

/** By its id, `pair/pool/namespace/globalId`. */
function imageOf(world: World, id: string): ImageState | undefined {
  const [pair, pool, , globalId] = id.split('/')
  return world.pairPools.get(`${pair}/${pool}`)?.images.get(globalId ?? '')
}
