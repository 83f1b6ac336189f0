import { orphanImages } from '@/lib/domain/cloud-orphans'
import { breath } from '@/lib/ports/slices'
import type { CloudState } from './cloud-state'
import type { World } from './world'

const SLICE = 2_000

/**
 * Finds images that no volume has, after a whole reading of volumes. Another cloud may have adopted some of the same
 * pool: before its volumes were read nobody can say.
 */
export async function renewOrphans(world: World, state: CloudState): Promise<void> {
  const clouds = [...world.clouds.values()]
  if (clouds.some(({ readings }) => readings.volumes.observedAt === null || readings.volumes.error !== '')) return
  const pools = new Set(state.pools.flatMap(({ pool }) => pool.location?.pool ?? []))
  const taken = await imagesOfVolumes(clouds, pools)
  const candidates = new Set<string>()
  const orphans: string[] = []
  for (const { pair, pool, images } of world.pairPools.values()) {
    if (!pools.has(pool) || !pair.split('~').includes(state.site)) continue
    const all = [...images.values()]
    for (let start = 0; start < all.length; start += SLICE) {
      const some = all.slice(start, start + SLICE).map(({ id, row }) => ({ id, pool, name: row?.name ?? '' }))
      const found = orphanImages(some, pools, taken, state.orphanCandidates)
      for (const id of found.candidates) candidates.add(id)
      orphans.push(...found.orphans)
      await breath()
    }
  }
  state.orphanCandidates = candidates
  state.orphans = orphans
}

/** `pool/image` of every volume. One of which the pool is not known may be any image of that name. */
async function imagesOfVolumes(clouds: readonly CloudState[], pools: ReadonlySet<string>): Promise<Set<string>> {
  const names = new Set<string>()
  let count = 0
  for (const cloud of clouds) {
    for (const { rbd_pool: pool, rbd_image: image } of cloud.volumes.values()) {
      if (++count % SLICE === 0) await breath()
      for (const one of pool === null ? pools : [pool]) names.add(`${one}/${image}`)
    }
  }
  return names
}
