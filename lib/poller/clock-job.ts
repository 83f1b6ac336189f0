import type { Job } from './lane'
import type { SiteContext } from './site-context'
import type { SiteClock } from './world'

const PACE_MS = 60_000
/** More than the bounds explain, and it was set, frozen or stepped. */
const JUMP_MS = 1_000

/** Compares the site's clock with ours. In the lane of the helper, so that the question does not wait behind another. */
export function clockJob(ctx: SiteContext): Job {
  return {
    name: 'clock',
    nextAt: 0,
    async run() {
      this.nextAt = ctx.clock.now() + PACE_MS
      const { at, roundTripMs } = await ctx.ask(
        () => ctx.cluster.clock(),
        () => 'nothing',
      )
      // The site's clock was read somewhere within the round trip, which ended just now.
      const halfMs = roundTripMs / 2
      const seen = { skewMs: Math.round(at - (ctx.clock.now() - halfMs)), boundMs: Math.ceil(halfMs) + 1 }
      const clock = nextClock(ctx.site.clock, seen)
      if (clock === ctx.site.clock) return
      ctx.site.clock = clock
      ctx.site.changed = true
    },
  }
}

/**
 * The estimate to use. An older one that the new reading does not contradict is kept unless the new one is much
 * sharper: otherwise every time that rests on it would shiver by a millisecond a minute.
 */
export function nextClock(
  before: SiteClock | null,
  seen: { readonly skewMs: number; readonly boundMs: number },
): SiteClock {
  if (before === null) return { ...seen, steady: true }
  const apartMs = Math.abs(seen.skewMs - before.skewMs)
  const explainedMs = seen.boundMs + before.boundMs
  if (apartMs > explainedMs + JUMP_MS) return { ...seen, steady: false }
  if (!before.steady) return { ...seen, steady: true }
  const sharper = seen.boundMs * 4 < before.boundMs
  return apartMs <= explainedMs && !sharper ? before : { ...seen, steady: true }
}
