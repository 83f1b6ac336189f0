import type { Lineage } from '@/lib/domain/lineage'
import type { Reading } from '@/lib/domain/reading'
import { breath } from '@/lib/ports/slices'
import { evaluate } from './evaluate'
import { type ImageState, sideAt, specAt } from './image-state'
import type { Job } from './lane'
import { type SiteContext, worthOf } from './site-context'

const PER_CALL = 100
const PACE_MS = 5_000
/** Sizes and parents change by hand (resize, flatten): looked at again after so long. */
const AGAIN_MS = 3600_000
const RETRY_MS = 120_000
const SCAN_SLICE = 5_000

/** Reads sizes and parents of images that are primary here: of new and changed ones at once, of the others now and then. */
export function lineageJob(ctx: SiteContext): Job {
  return {
    name: 'lineages',
    nextAt: 0,
    async run() {
      const startedAt = ctx.clock.now()
      const chosen = await choose(ctx, startedAt)
      this.nextAt = startedAt + PACE_MS
      if (chosen.length === 0) return
      const specs = chosen.map((image) => specAt(image, ctx.site.name))
      const askedAt = ctx.clock.now()
      const answers = await ctx.ask(() => ctx.mirror.lineages(specs), worthOf)
      const cameAt = ctx.clock.now()
      for (const [index, image] of chosen.entries()) takeLineage(ctx, image, answers[index], cameAt)
      // A third of a core while there is much to catch up on (the first start), for this is read once.
      const backlog = chosen.length === PER_CALL
      this.nextAt = backlog ? cameAt + 2 * (cameAt - askedAt) : startedAt + PACE_MS
    },
  }
}

async function choose(ctx: SiteContext, nowMs: number): Promise<ImageState[]> {
  const { name } = ctx.site
  const chosen: ImageState[] = []
  let count = 0
  for (const pool of ctx.world.pairPools.values()) {
    if (!pool.pair.split('~').includes(name)) continue
    for (const image of pool.images.values()) {
      if (++count % SCAN_SLICE === 0) await breath()
      if (isWanted(image, name, nowMs)) chosen.push(image)
      if (chosen.length === PER_CALL) return chosen
    }
  }
  return chosen
}

function isWanted(image: ImageState, site: string, nowMs: number): boolean {
  if (image.direction?.primarySite !== site) return false
  const side = sideAt(image, site)
  if (side.role !== 'primary' || side.imageId === '') return false
  const ageMs = nowMs - image.lineageAt
  if (image.lineageOf !== side.imageId && image.lineageAt === 0 && image.parent === undefined) return true
  return ageMs >= (image.parent === undefined ? RETRY_MS : AGAIN_MS)
}

/** Takes an image's size and parent into memory. */
function takeLineage(ctx: SiteContext, image: ImageState, reading: Reading<Lineage> | undefined, cameAt: number): void {
  image.lineageAt = cameAt
  if (reading === undefined || reading.kind === 'unknown' || reading.value.globalId !== image.globalId) return
  const { sizeBytes, parent, imageId } = reading.value
  image.lineageOf = imageId
  image.sizeBytes = sizeBytes
  image.parent = parent
  if (parent === null) image.parentMirrored = null
  evaluate(ctx.world, image, cameAt)
}
