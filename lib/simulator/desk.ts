import type { SiteName } from '@/lib/domain/words'
import type { Parsed } from './argv'
import type { Conditions, WorldState } from './conditions'
import type { ImageState } from './image-state'
import type { Images } from './images'
import type { Outcome } from './outcome'
import type { PoolSpec } from './spec'

/** What a verb sees of the world: one site at one moment. */
export interface Desk {
  readonly site: SiteName
  readonly now: number
  readonly conditions: Conditions
  readonly images: Images
  readonly args: Parsed
  /** Words after the verb. */
  readonly rest: readonly string[]
  /** What the command can read from its stdin. */
  readonly stdin: string
  /** A pool that exists at this site. */
  pool(name: string): PoolSpec | null
  /** The image at this moment; null where there is none of this name in the pool. */
  image(pool: PoolSpec, name: string): ImageState | null
  /** Stores what a command did to an image. On disk before it returns. */
  commit(pool: PoolSpec, changed: ImageState): void
  /** Stores what a command did to several images: all of it or nothing. */
  commitTogether(all: readonly Placed[]): void
  /** Stores a change of the world around the images. */
  change(patch: Partial<WorldState>): void
  /** A number that was never given before. */
  next(): number
}

/** An image with the pool that it is in. */
export interface Placed {
  readonly pool: PoolSpec
  readonly image: ImageState
}

export type Verb = (desk: Desk) => Outcome

/** `[POOL/]IMAGE` or `--pool P --image I` as rbd reads them. */
export function specOf(desk: Desk, at = 0): { readonly pool: string; readonly name: string } | null {
  const word = desk.rest[at]
  const pool = desk.args.options.pool ?? 'rbd'
  if (word === undefined) return desk.args.options.image === undefined ? null : { pool, name: desk.args.options.image }
  const parts = word.split('/')
  return { pool: parts.length > 1 ? (parts[0] as string) : pool, name: parts.at(-1) as string }
}

export const wantsJson = (desk: Desk): boolean => desk.args.options.format?.startsWith('json') === true
