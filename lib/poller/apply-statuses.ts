import type { MirrorRow } from '@/lib/domain/mirror-status'
import { sameDetail } from '@/lib/domain/same-detail'
import type { PoolStatuses } from '@/lib/ports/mirror'
import { breath } from '@/lib/ports/slices'
import { imageObjectiveSec } from './cloud-objectives'
import { evaluate } from './evaluate'
import { type ImageState, newImage, type Place, type SideState } from './image-state'
import { type PairPool, type PoolState, pairPool, siteOf, steadyToConsole, type World } from './world'

/** Rows of a pool that are taken in one go: nothing else runs meanwhile, so it is kept to some milliseconds. */
const SLICE = 1000

/** When a reading was asked for and when it came, by the console's clock. */
export interface ReadingTimes {
  readonly askedAt: number
  readonly cameAt: number
}

/** Takes one site's reading of a pool into memory and marks what changed. A reading is whole or it is not here. */
export async function applyStatuses(
  world: World,
  state: PoolState,
  reading: PoolStatuses,
  times: ReadingTimes,
): Promise<void> {
  state.readings++
  state.images = reading.rows.length
  state.error = ''
  state.changed = true
  if (state.pair === null) {
    state.observedAt = times.askedAt
    return
  }
  const pool = pairPool(world, state.pair, state.pool)
  const place: Place = state.pair.startsWith(`${state.site}~`) ? 'left' : 'right'
  for (let start = 0; start < reading.rows.length; start += SLICE) {
    for (const row of reading.rows.slice(start, start + SLICE)) takeRow(world, pool, state, place, row, times)
    await breath()
  }
  await takeAbsences(world, pool, state, place, times)
  state.observedAt = times.askedAt
}

function takeRow(
  world: World,
  pool: PairPool,
  state: PoolState,
  place: Place,
  row: MirrorRow,
  times: ReadingTimes,
): void {
  let image = pool.images.get(row.globalId)
  if (image === undefined) {
    image = newImage(pool.pair, pool.pool, row.globalId, row.mode)
    image.objectiveSec = imageObjectiveSec(world, pool, row.name)
    pool.images.set(row.globalId, image)
    world.removed.delete(image.id)
  }
  image.mode = row.mode
  const before = image[place]
  const publishedAt = steadyToConsole(siteOf(world, state.site), row.local.lastUpdateAt, times.cameAt)
  const published = before.publishedAt !== publishedAt
  const news = !isQuiet(before, row)
  if (news) image[place] = sideFrom(before, row, times)
  const side = image[place]
  side.detail = row.local.detail
  side.publishedAt = publishedAt
  side.readAt = times.askedAt
  side.seenIn = state.readings
  if (news || published || bothPrimary(image) || image.row?.mode !== row.mode) evaluate(world, image, times.cameAt)
}

function isQuiet(before: SideState, row: MirrorRow): boolean {
  const { local } = row
  return (
    before.role === row.role &&
    before.state === local.state &&
    before.up === local.up &&
    before.imageId === row.imageId &&
    before.name === row.name &&
    before.mirrorState === row.state &&
    (local.detail.kind !== 'other' || before.description === local.description) &&
    sameDetail(before.detail, local.detail)
  )
}

function sideFrom(before: SideState, row: MirrorRow, times: ReadingTimes): SideState {
  const { local } = row
  const sameImage = row.role === before.role && row.imageId === before.imageId
  return {
    ...before,
    role: row.role,
    name: row.name,
    imageId: row.imageId,
    mirrorState: row.state,
    up: local.up,
    state: local.state,
    description: local.description,
    shownDescription: shown(before, row),
    roleSeenAt: row.role === before.role ? before.roleSeenAt : times.cameAt,
    changedAfter: sameImage ? before.changedAfter : before.readAt,
  }
}

/** Two primaries are confirmed by a second look, which shows nothing new by itself. */
const bothPrimary = (image: ImageState): boolean => image.left.role === 'primary' && image.right.role === 'primary'

/** The text stays as it stands in the row while only its figures tick. After a restart the row's own text counts. */
function shown(before: SideState, row: MirrorRow): string {
  const { local } = row
  if (before.detail === null) {
    const similar = before.state === local.state && before.up === local.up && before.shownDescription !== ''
    return similar && firstWords(before.shownDescription) === firstWords(local.description)
      ? before.shownDescription
      : local.description
  }
  return sameDetail(before.detail, local.detail) && before.state === local.state
    ? before.shownDescription
    : local.description
}

const firstWords = (description: string): string => description.split(/[{%]/, 1)[0] ?? ''

/** What a good reading does not have is not there; what neither side has is gone. */
async function takeAbsences(
  world: World,
  pool: PairPool,
  state: PoolState,
  place: Place,
  times: ReadingTimes,
): Promise<void> {
  let count = 0
  for (const image of pool.images.values()) {
    if (++count % SLICE === 0) await breath()
    const before = image[place]
    if (before.seenIn === state.readings) continue
    if (before.role !== 'absent') {
      image[place] = {
        ...before,
        role: 'absent',
        imageId: '',
        mirrorState: 'enabled',
        up: false,
        state: 'unknown',
        description: '',
        shownDescription: '',
        detail: { kind: 'not-reported' },
        publishedAt: null,
        roleSeenAt: times.cameAt,
        changedAfter: before.readAt,
      }
    }
    image[place].readAt = times.askedAt
    image[place].seenIn = state.readings
    const other = image[place === 'left' ? 'right' : 'left']
    if (other.role === 'absent') remove(world, pool, image)
    else if (before.role !== 'absent' || image.row === null) evaluate(world, image, times.cameAt)
  }
}

function remove(world: World, pool: PairPool, image: ImageState): void {
  pool.images.delete(image.globalId)
  pool.stale = true
  world.dirty.delete(image)
  if (image.stored !== null) world.removed.add(image.id)
}
