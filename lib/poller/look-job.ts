import { afterLook } from '@/lib/domain/hollow'
import type { Reading } from '@/lib/domain/reading'
import { copyHolds, type SeenSnapshot, type SnapshotMarkPoint, usefulMarks } from '@/lib/domain/snapshot-mark'
import type { SnapshotLook } from '@/lib/ports/mirror'
import { breath } from '@/lib/ports/slices'
import { CostMeter } from './cost-meter'
import { evaluate } from './evaluate'
import { type ImageState, sideAt, specAt } from './image-state'
import type { Job } from './lane'
import { lookRank } from './look-rules'
import { type SiteContext, worthOf } from './site-context'
import { type SiteState, toConsole, type World } from './world'

const PER_CALL = 200
const PACE_MS = 2_500
const SCAN_SLICE = 5_000

/**
 * Looks at mirror snapshots here: of primaries, to keep their times while they live; of copies, to know what they hold
 * without waiting for rbd-mirror's status. What is announced or due comes first, within the budget; the rest in turn.
 */
export function lookJob(ctx: SiteContext): Job {
  const cost = new CostMeter()
  return {
    name: 'looks',
    nextAt: 0,
    async run() {
      const startedAt = ctx.clock.now()
      this.nextAt = startedAt + PACE_MS
      if (ctx.site.clock === null) return
      const limit = Math.max(1, Math.floor((PACE_MS * ctx.cpuShare) / cost.perImageMs()))
      const chosen = await choose(ctx, limit, startedAt)
      const began = ctx.clock.now()
      for (let start = 0; start < chosen.length; start += PER_CALL) {
        await look(ctx, chosen.slice(start, start + PER_CALL))
      }
      if (chosen.length === 0) return
      const tookMs = ctx.clock.now() - began
      cost.note(tookMs, chosen.length)
      this.nextAt = startedAt + Math.max(PACE_MS, 3 * tookMs)
    },
  }
}

async function look(ctx: SiteContext, images: readonly ImageState[]): Promise<void> {
  const { name } = ctx.site
  const ids = images.map((image) => sideAt(image, name).imageId)
  const askedAt = ctx.clock.now()
  const answers = await ctx.ask(() => ctx.mirror.snapshotMarks(images.map((image) => specAt(image, name))), worthOf)
  const cameAt = ctx.clock.now()
  for (const [index, image] of images.entries()) {
    const answer = answers[index]
    // It may have been made anew while we waited.
    const same = sideAt(image, name).imageId === ids[index]
    if (answer !== undefined && same) takeLook(ctx.world, image, ctx.site, answer, askedAt, cameAt)
  }
  await breath()
}

/** The most wanted looks, longest not looked at first among equals. */
async function choose(ctx: SiteContext, limit: number, nowMs: number): Promise<ImageState[]> {
  const { name } = ctx.site
  const wanted: { image: ImageState; rank: number; at: number }[] = []
  let count = 0
  for (const pool of ctx.world.pairPools.values()) {
    if (!pool.pair.split('~').includes(name)) continue
    for (const image of pool.images.values()) {
      if (++count % SCAN_SLICE === 0) await breath()
      const rank = lookRank(image, name, nowMs)
      if (rank === 0) continue
      wanted.push({ image, rank, at: image.direction?.primarySite === name ? image.primaryLookAt : image.copyLookAt })
    }
  }
  wanted.sort((a, b) => b.rank - a.rank || a.at - b.at)
  return wanted.slice(0, limit).map(({ image }) => image)
}

/** Takes one look at an image's snapshots at a site into memory. */
export function takeLook(
  world: World,
  image: ImageState,
  site: SiteState,
  reading: Reading<SnapshotLook>,
  askedAt: number,
  cameAt: number,
): void {
  const isPrimary = image.direction?.primarySite === site.name
  const lastLookAt = isPrimary ? image.primaryLookAt : image.copyLookAt
  if (isPrimary) image.primaryLookAt = askedAt
  else image.copyLookAt = askedAt
  if (reading.kind === 'unknown') return
  const seen: SeenSnapshot[] = reading.value.marks.map((mark) => ({
    ...mark,
    takenAt: toConsole(site, mark.takenAt, cameAt),
  }))
  if (isPrimary) {
    image.primarySnapshots = seen
    takeMarks(image, site, seen, lastLookAt)
    // Flattened since it was read: its size and parent are read again now, and not when their turn comes.
    if (!reading.value.isClone && image.parent != null) image.lineageAt = 0
  } else {
    const copy = sideAt(image, site.name)
    if (copy.role === 'non-primary') image.clone = afterLook(image.clone, copy.imageId, reading.value.isClone)
    image.copyHolds = copyHolds(seen)
    if (image.marks !== null) image.marks = { ...image.marks, points: usefulMarks(image.marks.points, heldId(image)) }
  }
  evaluate(world, image, cameAt)
  if (image.marks?.points !== image.marksSaved && image.marks !== null) world.dirty.add(image)
}

const heldId = (image: ImageState): number | null =>
  image.copyHolds?.kind === 'snapshot' ? image.copyHolds.primarySnapId : null

/**
 * Keeps the times of the primary's own snapshots; a time once read is never changed. Where the site's clock jumped, a
 * snapshot is only known to be younger than the look before, which did not show it.
 */
function takeMarks(image: ImageState, site: SiteState, seen: readonly SeenSnapshot[], lastLookAt: number): void {
  const before = image.marks?.site === site.name ? image.marks.points : []
  const known = new Set(before.map((mark) => mark.snapId))
  const added = seen
    .filter((snapshot) => snapshot.primary && snapshot.complete && !known.has(snapshot.id))
    .flatMap((snapshot): SnapshotMarkPoint[] => {
      if (site.clock?.steady !== false) return [{ snapId: snapshot.id, takenAt: snapshot.takenAt }]
      return lastLookAt === 0 ? [] : [{ snapId: snapshot.id, takenAt: lastLookAt }]
    })
  if (added.length === 0) return
  const points = [...before, ...added].sort((a, b) => a.snapId - b.snapId)
  image.marks = { site: site.name, points: usefulMarks(points, heldId(image)) }
}
