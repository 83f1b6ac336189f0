import type { SiteName } from '@/lib/domain/words'
import type { Conditions } from './conditions'
import { evolve } from './evolve'
import { type ImageState, type Published, peerOf, standing } from './image-state'
import { truth } from './status'
import { type Gap, gapAt, lastWorking } from './timeline'

/** A status as Ceph gives it out: what was written, and whether the writer's watch is still there. */
export interface Shown {
  readonly up: boolean
  readonly state: string
  readonly description: string
  readonly at: number | null
}

const NOTHING: Shown = { up: false, state: 'unknown', description: 'status not found', at: null }

const key = (site: SiteName, at: SiteName): string => (site === at ? site : `${site}>${at}`)

/** How long after its start rbd-mirror has found its images and says so for the first time. */
const FIRST_WORD_MS = 4_000

/** Spans in which `site`'s rbd-mirror could not write its status to the cluster of `at`. */
const gapsTo = (conditions: Conditions, pool: string, site: SiteName, at: SiteName): Gap[] =>
  site === at ? conditions.silenceGaps(pool, site) : conditions.flowGaps(pool, at, site)

/** The newest moment at or before `t` at which `site`'s daemon wrote its status of this image to the cluster of `at`. */
function newestTick(
  conditions: Conditions,
  image: ImageState,
  now: ImageState,
  site: SiteName,
  at: SiteName,
  t: number,
): number {
  const { publishMs, publishAfterChangeMs, splitBrainNoticeMs } = conditions.timings
  const gaps = gapsTo(conditions, image.pool, site, at)
  const working = lastWorking(gaps, t)
  const phase = Math.floor(((image.jitter * 7919 + site.length / 3) % 1) * publishMs)
  const regular = Math.floor((working - phase) / publishMs) * publishMs + phase
  const resumed = gaps.findLast((g) => g.to <= t)?.to ?? Number.NEGATIVE_INFINITY
  const moments = [
    regular,
    image.at + publishAfterChangeMs,
    image.at + splitBrainNoticeMs,
    (now.copies[site]?.changedAt ?? 0) + publishAfterChangeMs,
    resumed + Math.min(FIRST_WORD_MS, publishMs),
  ]
  let newest = Number.NEGATIVE_INFINITY
  for (const moment of moments) if (moment <= t && moment > newest && gapAt(gaps, moment) === undefined) newest = moment
  return newest
}

/** What `site`'s daemon has written of the image to the cluster of `at` by `t`; `now` is the image at `t`. */
export function publishedAt(
  conditions: Conditions,
  image: ImageState,
  now: ImageState,
  site: SiteName,
  at: SiteName,
  t: number,
): Published | null {
  const tick = newestTick(conditions, image, now, site, at, t)
  const stored = image.published[key(site, at)] ?? null
  if (tick < image.at) return stored
  const copy = now.copies[site]
  // A copy becomes primary by a command alone, so it was so at the tick: nothing has to be worked out again.
  const same = tick === t || (copy !== undefined && copy.mode !== null && standing(copy) === 'primary')
  const then = same ? now : evolve(conditions, image, tick)
  const told = truth(conditions, then, site, tick)
  return told === null ? null : { at: tick, ...told }
}

/** The status of the image at `site`, as the cluster of `at` shows it at `t`. */
export function shownAt(
  conditions: Conditions,
  image: ImageState,
  now: ImageState,
  site: SiteName,
  at: SiteName,
  t: number,
): Shown {
  const published = publishedAt(conditions, image, now, site, at, t)
  if (published === null) return NOTHING
  const gap = gapAt(gapsTo(conditions, image.pool, site, at), t)
  if (gap === undefined) return { up: true, ...published }
  const stopped = conditions.line(`daemon ${site}`).findLast((s) => s.at <= t)
  // A daemon that is asked to stop says so last; one that dies is believed in until its watch runs out.
  if (stopped?.value === 'stopped' && stopped.at === gap.from) {
    return { up: false, state: 'stopped', description: 'stopped', at: gap.from }
  }
  return { up: t - gap.from < conditions.timings.downAfterMs, ...published }
}

/** All that the daemons have written by the image's time, to be kept with its record before a change. */
export function publishedNow(conditions: Conditions, image: ImageState, now: ImageState): Record<string, Published> {
  const kept: Record<string, Published> = {}
  for (const site of image.sites) {
    const peer = peerOf(image, site)
    for (const at of peer === null ? [site] : [site, peer]) {
      const published = publishedAt(conditions, image, now, site, at, now.at)
      if (published !== null) kept[key(site, at)] = published
    }
  }
  return kept
}
