import { type Desk, specOf } from './desk'
import type { Copy, ImageState } from './image-state'
import { errno, noSuchImage, type Outcome, refused } from './outcome'
import type { PoolSpec } from './spec'

export interface Found {
  readonly pool: PoolSpec
  readonly image: ImageState
  readonly copy: Copy
}

/** The image that a command names, or the refusal that rbd prints. */
export function foundImage(desk: Desk, at = 0): Found | Outcome {
  const spec = specOf(desk, at)
  if (spec === null || spec.name === '') return refused(22, 'rbd: image name was not specified\n')
  const pool = desk.pool(spec.pool)
  if (pool === null) return noSuchPool(spec.pool)
  const image = desk.image(pool, spec.name)
  const copy = image?.copies[desk.site]
  return image === null || copy === undefined ? noSuchImage(spec.name) : { pool, image, copy }
}

export const isFound = (found: Found | Outcome): found is Found => 'image' in found

export const noSuchPool = (name: string): Outcome => refused(2, `rbd: error opening pool '${name}': ${errno(2)}\n`)

/** The pool that a command names, where mirroring is enabled on it or not. */
export function foundPool(desk: Desk): { readonly pool: PoolSpec } | Outcome {
  const name = desk.rest[0] ?? desk.args.options.pool
  if (name === undefined) {
    return refused(
      2,
      "rbd: error opening default pool 'rbd'\nEnsure that the default pool has been created or specify an alternate pool name.\n",
    )
  }
  const pool = desk.pool(name)
  return pool === null ? noSuchPool(name) : { pool }
}

/** The mode of mirroring of the pool at this site, or another. */
export const poolMode = (desk: Desk, pool: PoolSpec, site = desk.site): 'disabled' | 'image' | 'pool' =>
  desk.conditions.state.poolMirroring[`${site}/${pool.name}`] ??
  (pool.sites.length === 2 && pool.bare !== true ? 'image' : 'disabled')
