import type { HelperParams, HelperResult } from '@/lib/ports/helper-protocol'
import { breath } from '@/lib/ports/slices'
import type { Desk } from './desk'
import { featuresOf } from './features'
import { poolOf } from './helper-refusal'
import { mirrorStateOf, standing } from './image-state'

/** So many images are worked out at a stretch; then whoever else asked has a turn. */
const STRETCH = 500

/** Every image of a pool at the site, mirrored or not. */
export async function poolImages(
  desk: Desk,
  { pool: name }: HelperParams<'pool.images'>,
): Promise<HelperResult<'pool.images'>> {
  const pool = poolOf(desk, name)
  const children = clonesBySpec(desk)
  const images: HelperResult<'pool.images'>['images'] = []
  for (const [number, one] of desk.images.names(pool).entries()) {
    if (number % STRETCH === STRETCH - 1) await breath()
    const copy = desk.image(pool, one)?.copies[desk.site]
    if (copy === undefined) continue
    images.push({
      name: one,
      id: copy.id,
      sizeBytes: copy.sizeBytes,
      features: featuresOf(copy),
      parent: copy.parent === null ? null : { pool: copy.parent.pool, namespace: '', name: copy.parent.name },
      children: children.get(`${pool.name}/${one}`) ?? 0,
      mirrored:
        copy.mode === null
          ? null
          : {
              mode: copy.mode,
              globalId: copy.globalId,
              state: mirrorStateOf(copy),
              primary: standing(copy) === 'primary',
            },
    })
  }
  return { observedAt: Math.round(desk.now), images }
}

/** `pool/image` -> how many clones of it are at the site, in whatever pool. */
function clonesBySpec(desk: Desk): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const { pool, name } of desk.images.clones(desk.site)) {
    const parent = desk.image(pool, name)?.copies[desk.site]?.parent
    if (parent == null) continue
    const key = `${parent.pool}/${parent.name}`
    found.set(key, (found.get(key) ?? 0) + 1)
  }
  return found
}
