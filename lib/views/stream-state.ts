import type { Stream } from '@/lib/domain/summary'
import { exposureSec } from './exposure'
import type { SitePulse } from './shell'
import { staleSince } from './site-pulse'

export interface StreamState {
  readonly tone: 'ok' | 'behind' | 'bad' | 'unknown'
  /** The pool that is furthest past, or nearest to, its objective: its worst exposure and that objective. */
  readonly worst: { readonly heldUntilAt: number; readonly objectiveSec: number; readonly pool: string } | null
}

const BROKEN = ['split-brain', 'two-primaries', 'hollow', 'error', 'no-copy', 'unprotected'] as const

/**
 * One direction as the map draws it. Objectives differ by pool, so the figure is that of the pool that stands worst
 * against its own: the worst exposure of all against the least objective of all would be nobody's.
 */
export function streamState(
  stream: Stream,
  poolStreams: readonly Stream[],
  sites: readonly SitePulse[],
  now: number,
): StreamState {
  const pools = poolStreams.filter(({ from, to }) => from === stream.from && to === stream.to)
  const known = (pools.length > 0 ? pools : [stream]).filter(
    (each): each is Stream & { worstHeldUntilAt: number } => each.worstHeldUntilAt !== null,
  )
  const past = (each: { worstHeldUntilAt: number; objectiveSec: number }) =>
    exposureSec(each.worstHeldUntilAt, now) / each.objectiveSec
  const worst = known.reduce<(typeof known)[number] | null>((a, b) => (a === null || past(b) > past(a) ? b : a), null)
  return {
    tone: toneOf(stream, sites, now),
    worst:
      worst === null
        ? null
        : { heldUntilAt: worst.worstHeldUntilAt, objectiveSec: worst.objectiveSec, pool: worst.pool ?? '' },
  }
}

function toneOf(stream: Stream, sites: readonly SitePulse[], now: number): StreamState['tone'] {
  if ((stream.byVerdict.unprotected ?? 0) > 0) return 'bad'
  const ends = sites.filter(({ name }) => name === stream.from || name === stream.to)
  if (ends.length < 2 || ends.some((site) => staleSince(site, now) !== null)) return 'unknown'
  const unknown = stream.byVerdict.unknown ?? 0
  if (stream.images > 0 && unknown === stream.images) return 'unknown'
  if (stream.behindObjective > 0) return 'behind'
  return BROKEN.some((verdict) => (stream.byVerdict[verdict] ?? 0) > 0) ? 'bad' : 'ok'
}
