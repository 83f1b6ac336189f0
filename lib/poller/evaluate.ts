import { type Held, heldFrom, type StatusEvidence } from '@/lib/domain/held'
import { afterNewCopy, afterSwitch, withHollow } from '@/lib/domain/hollow'
import { furthest, type HeldInJournal, heldInJournal, NO_SAMPLES } from '@/lib/domain/journal-tail'
import { type Wholeness, wholeness } from '@/lib/domain/side'
import { continuesFrom, type HeldBySnapshot, heldBySnapshot } from '@/lib/domain/snapshot-mark'
import { type Judgement, judge } from '@/lib/domain/verdict'
import { rowOf, sameRow } from './image-row'
import type { ImageState, SideState } from './image-state'
import { scheduleInForce } from './schedule-in-force'
import { statusPosition } from './status-position'
import { pairPool, siteOf, steadyToConsole, type World } from './world'

/** A status published in whole seconds may seem older than the change that it reports. */
const WHOLE_SECONDS_MS = 1000
/** A copy that changed between two readings so far apart came about while nobody looked. */
const WATCHED_MS = 120_000

/**
 * Puts together what both sides say of an image and marks its row dirty where it is another. Called where something
 * about the image was read; never because time passed.
 */
export function evaluate(world: World, image: ImageState, nowMs: number): void {
  const read = judge(image.left, image.right, before(image))
  followDirection(image, read, nowMs)
  const [, copy] = sides(image, read.primarySite)
  const judgement = withHollow(read, { ...image.clone, mode: image.mode, copySite: copy.site, copyId: copy.imageId })
  if (image.schedule === null) image.schedule = knownSchedule(world, image)
  const held = heldOf(world, image, judgement, nowMs)
  image.held = held
  const row = rowOf(image, judgement, held, nowMs)
  if (image.stored !== null && sameRow(image.stored, row)) {
    image.row = image.stored
    return
  }
  image.row = row
  world.dirty.add(image)
  pairPool(world, image.pair, image.pool).stale = true
}

const before = ({ row }: ImageState) => row && { verdict: row.verdict, primarySite: row.primary_site }

/**
 * Evidence belongs to one primary and one copy. Where another site takes the writes, or the copy is another image
 * (deleted and made anew), all of it is void: positions and marks would be those of another history.
 */
function followDirection(image: ImageState, { primarySite }: Judgement, nowMs: number): void {
  if (primarySite === null) return
  const copy = image.left.site === primarySite ? image.right : image.left
  // Until the copy's site is read its image id is not known, and nothing has changed.
  if (copy.role === 'unknown') return
  const before = image.direction
  if (before?.primarySite === primarySite && before.copyImageId === copy.imageId) return
  image.direction = { primarySite, copyImageId: copy.imageId }
  if (before === null) return
  image.clone = cloneAfter(image, before.primarySite === primarySite ? copy : null, nowMs)
  image.directionSince = copy.changedAfter
  if (before.primarySite === primarySite) image.copySince = nowMs
  image.held = null
  image.tails = NO_SAMPLES
  image.position = null
  image.copyHolds = null
  image.primarySnapshots = null
  image.copyLookAt = 0
  image.primaryLookAt = 0
  image.schedule = null
}

/** `copy`: the new one of the same primary; null where another site takes the writes. Where none is there yet nothing is new. */
function cloneAfter({ clone }: ImageState, copy: SideState | null, nowMs: number): ImageState['clone'] {
  if (copy === null) return afterSwitch(clone)
  if (copy.imageId === '') return clone
  return afterNewCopy(clone, nowMs - copy.changedAfter <= WATCHED_MS ? 'watched' : 'not watched')
}

/** Schedules are read once a minute; an image that is new since then need not wait for the next time. */
function knownSchedule(world: World, image: ImageState): string | null {
  const site = image.direction?.primarySite
  if (image.mode !== 'snapshot' || site === undefined) return null
  const schedules = world.poolStates.get(`${site}/${image.pool}`)?.schedules ?? null
  return schedules === null ? null : scheduleInForce(image, site, schedules)
}

function heldOf(world: World, image: ImageState, { verdict, primarySite }: Judgement, nowMs: number): Held {
  const [primary, copy] = sides(image, primarySite)
  return heldFrom({
    copy: verdict === 'two-primaries' ? 'broken' : verdict === 'hollow' ? 'hollow' : settled(image, copy),
    journal: image.mode === 'journal' ? byJournal(image, primary) : null,
    snapshot: image.mode === 'snapshot' ? bySnapshots(image) : null,
    status: statusEvidence(world, primary, copy, nowMs),
    // After a restart it stays caught up until the first sample says otherwise; the pool's time of sampling waits for it.
    before:
      image.held !== null && (image.sampleFailed || image.tails.samples.length > 0)
        ? { ...image.held, caughtUp: false }
        : image.held,
  })
}

/** Where nobody is primary alone, the direction that was last known goes on. */
function sides(image: ImageState, primarySite: string | null): readonly [SideState, SideState] {
  const site = primarySite ?? image.direction?.primarySite ?? image.left.site
  return image.left.site === site ? [image.left, image.right] : [image.right, image.left]
}

/** A copy is taken for whole only by a status that was published since the direction is what it is. */
function settled(image: ImageState, copy: SideState): Wholeness {
  const said = wholeness(copy)
  if (said !== 'whole' || image.directionSince === 0) return said
  return (copy.publishedAt ?? 0) >= image.directionSince - WHOLE_SECONDS_MS ? said : 'not-said'
}

function byJournal(image: ImageState, primary: SideState): HeldInJournal | null {
  const found = heldInJournal(image.tails, furthest(image.position, statusPosition(image, primary.site)))
  return found !== null && image.sampleFailed ? { ...found, caughtUp: false } : found
}

function bySnapshots(image: ImageState): HeldBySnapshot | null {
  const { copyHolds, marks, primarySnapshots, direction } = image
  if (copyHolds?.kind === 'snapshot') {
    if (marks === null || marks.site !== direction?.primarySite) return null
    return heldBySnapshot(marks.points, copyHolds.primarySnapId)
  }
  if (copyHolds?.kind !== 'own-demotion' || primarySnapshots === null) return null
  return continuesFrom(primarySnapshots, copyHolds.snapId)
    ? { untilAt: copyHolds.takenAt, snapId: copyHolds.snapId, exact: true }
    : null
}

function statusEvidence(world: World, primary: SideState, copy: SideState, nowMs: number): StatusEvidence {
  const { detail } = copy
  const snapshotAt = detail?.kind === 'replaying-snapshot' ? detail.localSnapshotAt : null
  return {
    detail,
    snapshotAt: steadyToConsole(siteOf(world, primary.site), snapshotAt, nowMs),
  }
}
