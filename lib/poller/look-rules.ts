import { intervalSec } from '@/lib/domain/objective'
import { type ImageState, otherSide, sideAt } from './image-state'

/** When nothing hints at anything new, a copy or a primary is looked at again after so long. Milliseconds. */
const ROTATION_MS = 60_000
const RETRY_MS = 5_000
const LONG_RETRY_MS = 30_000
/** A schedule's snapshots are taken one after the other: the whole of a pool is not there on the second. */
const SCHEDULE_LATE_MS = 1_000

/**
 * Is it worth looking at the snapshots of an image at the site where it is primary? 0: no. Otherwise a rank, higher
 * first: never looked, something new is announced or due, or its turn has come.
 */
export function primaryLookRank(image: ImageState, nowMs: number): number {
  if (image.primaryLookAt === 0) return 4
  const sinceMs = nowMs - image.primaryLookAt
  const newest = image.marks?.points.at(-1)
  const copied = image.copyHolds?.kind === 'snapshot' ? image.copyHolds.primarySnapId : null
  // The copy holds one that we have no time of: it may be gone at the primary before long.
  if (copied !== null && newest !== undefined && copied > newest.snapId && sinceMs >= RETRY_MS) return 3
  const { detail } = otherSide(image, image.direction?.primarySite ?? '')
  const announced = detail?.kind === 'replaying-snapshot' ? detail.remoteSnapshotAt : null
  if (announced !== null && (newest === undefined || announced > newest.takenAt + 2_000) && sinceMs >= LONG_RETRY_MS) {
    return 2
  }
  if (isDue(image, newest?.takenAt ?? null, sinceMs, nowMs)) return 2
  return sinceMs >= ROTATION_MS ? 1 : 0
}

function isDue(image: ImageState, newestAt: number | null, sinceMs: number, nowMs: number): boolean {
  const seconds = image.schedule === null ? null : intervalSec(image.schedule)
  if (seconds === null || newestAt === null) return false
  const overdueMs = nowMs - (newestAt + seconds * 1000 + SCHEDULE_LATE_MS)
  if (overdueMs < 0) return false
  // A schedule that has stopped is asked for less and less often.
  return sinceMs >= (overdueMs > 60_000 ? LONG_RETRY_MS : RETRY_MS)
}

/** The same for the site of the copy: has what the primary made arrived? */
export function copyLookRank(image: ImageState, nowMs: number): number {
  if (image.copyLookAt === 0) return 4
  const sinceMs = nowMs - image.copyLookAt
  const newest = image.marks?.points.at(-1)
  const holds = image.copyHolds?.kind === 'snapshot' ? image.copyHolds.primarySnapId : null
  if (newest !== undefined && (holds === null || newest.snapId > holds)) {
    const waiting = nowMs - newest.takenAt > 120_000 ? LONG_RETRY_MS : RETRY_MS
    if (sinceMs >= waiting) return 3
  }
  const { detail } = otherSide(image, image.direction?.primarySite ?? '')
  const said = detail?.kind === 'replaying-snapshot' ? detail.localSnapshotAt : null
  if (said !== null && said > (image.held?.untilAt ?? 0) + 2_000 && sinceMs >= LONG_RETRY_MS) return 2
  return sinceMs >= ROTATION_MS ? 1 : 0
}

/** The rank of a look at this site, 0 where there is nothing to look at. */
export function lookRank(image: ImageState, site: string, nowMs: number): number {
  if (image.mode !== 'snapshot' || image.direction === null) return 0
  const { role } = sideAt(image, site)
  if (image.direction.primarySite === site) return role === 'primary' ? primaryLookRank(image, nowMs) : 0
  return role === 'non-primary' ? copyLookRank(image, nowMs) : 0
}
