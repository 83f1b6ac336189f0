import type { ImageSpec } from '@/lib/domain/words'
import type { Channel } from '@/lib/ports/channel'

export type Side = 'a' | 'b'

/** How many images of each kind the suite wants, all with data, primary at site A. */
export interface WantedImages {
  readonly journal: number
  readonly snapshot: number
  /** Not mirrored. */
  readonly plain: number
  /** Snapshot mode, in a pool of their own where nothing else is mirrored. */
  readonly spare: number
}

export type MadeImages = { readonly [kind in keyof WantedImages]: readonly ImageSpec[] }

/**
 * Two sites that mirror to each other, of which the suite is the only user of the images it had made. The lab and the
 * simulator each give one. A cluster's own verbs go through the channels; here is only what no console would do.
 */
export interface ContractWorld {
  readonly siteA: Channel
  readonly siteB: Channel
  /** A pool in image mode with a peer each way, and a snapshot schedule of 1 minute at site A. */
  readonly pool: string
  readonly sparePool: string
  /** A pool at both sites where nobody has set up mirroring, empty at first. */
  readonly barePool: string
  /** Resolves when all are there, copied, and both sides' statuses say so. */
  makeImages(wanted: WantedImages): Promise<MadeImages>
  /** An image that is not mirrored, with some data. */
  makePlain(side: Side, image: ImageSpec): Promise<void>
  /** Everything that changes have written to disk so far, in whatever files. */
  writtenByChanges(): Promise<string>
  /** A clone of a snapshot of `parent`, not mirrored. */
  makeClone(parent: ImageSpec): Promise<ImageSpec>
  /** Writes that are acknowledged and flushed, by a client that closes the image again. */
  write(side: Side, image: ImageSpec): Promise<void>
  /** An ordinary client that holds the image open for writing, until the function it gives is called. */
  hold(side: Side, image: ImageSpec): Promise<() => Promise<void>>
  /** Tells what a copy holds from anything else that it could hold. */
  content(side: Side, image: ImageSpec): Promise<string>
  /** Are the two copies the same, byte for byte? */
  sameContent(image: ImageSpec): Promise<boolean>
  stopMirror(side: Side): Promise<void>
  startMirror(side: Side): Promise<void>
  /** Waits, in the world's own time. */
  sleep(ms: number): Promise<void>
  close(): Promise<void>
}
