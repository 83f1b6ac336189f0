import type { Held } from '@/lib/domain/held'
import { type CloneMemory, NO_CLONE } from '@/lib/domain/hollow'
import type { JournalPosition } from '@/lib/domain/journal-position'
import { NO_SAMPLES, type TailSeries } from '@/lib/domain/journal-tail'
import type { Side } from '@/lib/domain/side'
import { unreadSide } from '@/lib/domain/side'
import type { CopyHolds, SeenSnapshot, SnapshotMarkPoint } from '@/lib/domain/snapshot-mark'
import { type ImageSpec, imageId, type MirrorMode, type SiteName, sitesOf } from '@/lib/domain/words'
import type { ImagesTable } from '@/lib/store/inventory-tables'

export type Place = 'left' | 'right'

/**
 * A side in memory: what the domain judges, and what ticks without being news. A quiet one is changed in place: a
 * new object for each image and round would be most of what the poller does.
 */
export type SideState = { -readonly [Field in keyof Side]: Side[Field] } & {
  /** The description as it stands in the row: not renewed while only its figures tick. */
  shownDescription: string
  /** When rbd-mirror published the status, by the console's clock. */
  publishedAt: number | null
  /** Number of the pool's reading that had it last. */
  seenIn: number
  /** When the last reading was asked for that still had another role or image id; 0 where there was none. */
  changedAfter: number
}

/** Everything known of one image of a pair. One object a row, changed in place; only the poller holds it. */
export interface ImageState {
  readonly id: string
  readonly pair: string
  readonly pool: string
  readonly namespace: string
  readonly globalId: string
  mode: MirrorMode
  left: SideState
  right: SideState

  /** The direction that the evidence below belongs to: site of the primary, and the image id of the copy. */
  direction: { readonly primarySite: SiteName; readonly copyImageId: string } | null
  /** A status published before is of an earlier direction. Console's clock. */
  directionSince: number
  copySince: number | null
  held: Held | null

  tails: TailSeries
  position: JournalPosition | null
  /** When the present series of samples began: an older status may speak of another journal. */
  tailsSince: number
  inSet: boolean
  sampledAt: number
  /** The last try to sample it failed: it may no longer speak for itself by the pool's time of sampling. */
  sampleFailed: boolean
  tailsSavedAt: number
  /** What its journal keeps, at most; null where no sample has told. */
  journalBytes: number | null

  marks: { readonly site: SiteName; readonly points: readonly SnapshotMarkPoint[] } | null
  marksSaved: readonly SnapshotMarkPoint[] | null
  primarySnapshots: readonly SeenSnapshot[] | null
  copyHolds: CopyHolds | null
  primaryLookAt: number
  copyLookAt: number

  sizeBytes: number | null
  /** undefined: not read yet. */
  parent: ImageSpec | null | undefined
  parentMirrored: boolean | null
  /** What looks at its copy have shown of a parent there. */
  clone: CloneMemory
  lineageOf: string
  lineageAt: number
  schedule: string | null

  objectiveSec: number
  /** The row as it stands in the store, null where it is not there yet. */
  stored: ImagesTable | null
  /** The row as it should stand. */
  row: ImagesTable | null
  /** While it is behind its objective: since when, and the point that it held at its worst. */
  breach: { readonly startedAt: number; readonly oldestPoint: number } | null
}

export const unread = (site: SiteName): SideState => ({
  ...unreadSide(site),
  shownDescription: '',
  publishedAt: null,
  seenIn: 0,
  changedAfter: 0,
})

export function newImage(pair: string, pool: string, globalId: string, mode: MirrorMode): ImageState {
  const [left, right] = sitesOf(pair)
  return {
    id: imageId({ pair, pool, namespace: '', globalId }),
    pair,
    pool,
    namespace: '',
    globalId,
    mode,
    left: unread(left),
    right: unread(right),
    direction: null,
    directionSince: 0,
    copySince: null,
    held: null,
    tails: NO_SAMPLES,
    position: null,
    tailsSince: 0,
    inSet: false,
    sampledAt: 0,
    sampleFailed: false,
    tailsSavedAt: 0,
    journalBytes: null,
    marks: null,
    marksSaved: null,
    primarySnapshots: null,
    copyHolds: null,
    primaryLookAt: 0,
    copyLookAt: 0,
    sizeBytes: null,
    parent: undefined,
    parentMirrored: null,
    clone: NO_CLONE,
    lineageOf: '',
    lineageAt: 0,
    schedule: null,
    objectiveSec: 0,
    stored: null,
    row: null,
    breach: null,
  }
}

export const sideAt = (image: ImageState, site: SiteName): SideState =>
  image.left.site === site ? image.left : image.right

export const otherSide = (image: ImageState, site: SiteName): SideState =>
  image.left.site === site ? image.right : image.left

/** The image's name at a site, as a spec for the port. */
export const specAt = (image: ImageState, site: SiteName): ImageSpec => ({
  pool: image.pool,
  namespace: image.namespace,
  name: sideAt(image, site).name,
})
