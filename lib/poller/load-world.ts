import { type Held, heldUntilOf } from '@/lib/domain/held'
import { HOLLOWS } from '@/lib/domain/hollow'
import type { TailSample } from '@/lib/domain/journal-tail'
import type { Objectives } from '@/lib/domain/objective'
import type { SideRole } from '@/lib/domain/side'
import type { Grade } from '@/lib/domain/verdict-words'
import { type MirrorMode, REPLAY_STATES, type ReplayState, type SiteName, sitesOf } from '@/lib/domain/words'
import type { StoredInventory } from '@/lib/store/inventory'
import type { ImagesTable, PoolReadingsTable, SitesTable } from '@/lib/store/inventory-tables'
import { imageObjectiveSec } from './cloud-objectives'
import type { CloudState } from './cloud-state'
import { type ImageState, newImage, type SideState, unread } from './image-state'
import { newWorld, type PoolState, pairPool, poolState, siteOf, type World } from './world'

/** The world as it was when the poller stopped. Sites that are configured no more are left out. */
export function loadWorld(
  sites: readonly SiteName[],
  objectives: Objectives,
  stored: StoredInventory,
  clouds: readonly CloudState[] = [],
): World {
  const world = newWorld(sites, objectives)
  for (const cloud of clouds) world.clouds.set(cloud.site, cloud)
  for (const row of stored.sites) if (world.sites.has(row.name)) loadSite(world, row)
  for (const row of stored.readings)
    if (world.sites.has(row.site)) loadReading(poolState(world, row.site, row.pool), row)
  const byId = new Map<string, ImageState>()
  for (const row of stored.images) {
    const [left, right] = row.pair.split('~') as [string, string]
    if (!world.sites.has(left) || !world.sites.has(right)) world.removed.add(row.id)
    else byId.set(row.id, loadImage(world, row))
  }
  for (const mark of stored.marks) {
    const image = byId.get(mark.image_id)
    if (image === undefined) continue
    const points = image.marks?.site === mark.site ? image.marks.points : []
    image.marks = { site: mark.site, points: [...points, { snapId: mark.snap_id, takenAt: mark.taken_at }] }
    image.marksSaved = image.marks.points
  }
  for (const sample of stored.samples) {
    const image = byId.get(sample.image_id)
    if (image === undefined || image.direction?.primarySite !== sample.site) continue
    const { at, tag, entry, exact } = sample
    const loaded: TailSample = { at, tail: { tag, entry }, exact: exact === 1 }
    image.tails = { ...image.tails, samples: [...image.tails.samples, loaded] }
    if (loaded.exact) image.tails = { ...image.tails, newestTail: loaded.tail }
  }
  for (const breach of stored.breaches) {
    const image = byId.get(breach.image_id)
    if (image === undefined) continue
    image.breach = { startedAt: breach.started_at, oldestPoint: breach.started_at - image.objectiveSec * 1000 }
  }
  return world
}

function loadSite(world: World, row: SitesTable): void {
  const site = siteOf(world, row.name)
  site.lastOkAt = row.last_ok_at
  site.silentSince = row.silent_since
  site.facts = row.facts_json === null ? null : JSON.parse(row.facts_json)
  site.factsAt = row.facts_at
  site.roundMs = row.round_ms
  if (row.clock_skew_ms !== null && row.clock_bound_ms !== null) {
    site.clock = { skewMs: row.clock_skew_ms, boundMs: row.clock_bound_ms, steady: true }
  }
}

function loadReading(state: PoolState, row: PoolReadingsTable): void {
  state.pair = row.pair
  state.peerSite = row.peer_site
  state.mode = row.mode as PoolState['mode']
  state.observedAt = row.observed_at
  state.images = row.images
  state.mirroring = row.mirroring_json === null ? null : JSON.parse(row.mirroring_json)
  state.daemons = row.daemons_json === null ? null : JSON.parse(row.daemons_json)
  state.schedules = row.schedules_json === null ? null : JSON.parse(row.schedules_json)
  state.slowAt = row.slow_at
  state.sampledAt = row.sampled_at
  state.fastSampledAt = row.fast_sampled_at
  state.unmirrored = row.unmirrored
  state.changed = false
}

function loadImage(world: World, row: ImagesTable): ImageState {
  const pool = pairPool(world, row.pair, row.pool)
  const image = newImage(row.pair, row.pool, row.global_id, row.mode as MirrorMode)
  pool.images.set(row.global_id, image)
  image.objectiveSec = imageObjectiveSec(world, pool, row.name)
  image.left = loadSide(image.left.site, row, 'left')
  image.right = loadSide(image.right.site, row, 'right')
  image.sizeBytes = row.size_bytes
  image.parent = loadParent(row)
  image.parentMirrored = row.parent_mirrored === null ? null : row.parent_mirrored === 1
  const hollow = HOLLOWS.find((one) => one === row.hollow) ?? null
  image.clone = { clonedCopy: row.cloned_copy, hollow }
  image.schedule = row.schedule
  image.copySince = row.copy_since
  image.inSet = row.sampled === 1
  if (row.primary_site !== null) {
    const copyImageId = row.primary_site === image.left.site ? row.right_image_id : row.left_image_id
    image.direction = { primarySite: row.primary_site, copyImageId }
  }
  image.held = loadHeld(world, row)
  image.stored = row
  image.row = row
  return image
}

function loadSide(site: SiteName, row: ImagesTable, place: 'left' | 'right'): SideState {
  const state = row[`${place}_state`] as ReplayState
  return {
    ...unread(site),
    role: row[`${place}_role`] as SideRole,
    name: row.name,
    imageId: row[`${place}_image_id`],
    up: row[`${place}_up`] === 1,
    state: REPLAY_STATES.includes(state) ? state : 'unknown',
    description: row[`${place}_description`],
    shownDescription: row[`${place}_description`],
  }
}

/** A size without a parent: the image was looked at and has none. */
function loadParent(row: ImagesTable): ImageState['parent'] {
  if (row.parent_pool !== null && row.parent_name !== null) {
    return { pool: row.parent_pool, namespace: row.parent_namespace ?? '', name: row.parent_name }
  }
  return row.size_bytes === null ? undefined : null
}

function loadHeld(world: World, row: ImagesTable): Held | null {
  if (row.held_until_at === null) return null
  const site = row.primary_site ?? sitesOf(row.pair)[0]
  const times = poolState(world, site, row.pool)
  const grade = row.held_grade as Grade
  const untilAt = heldUntilOf(
    { caughtUp: row.caught_up === 1, sampled: row.sampled === 1, untilAt: row.held_until_at, grade },
    times,
  )
  return { untilAt, caughtUp: row.caught_up === 1, grade, text: row.held_text }
}
