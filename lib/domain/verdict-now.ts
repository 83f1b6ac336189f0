import type { Verdict } from './verdict-words'
import type { SiteName } from './words'

/**
 * How long a pool's reading may be relied on: rbd-mirror's own 30 s, or three rounds where these are far apart. A round
 * begins no sooner than three times the duration of the last one; a slow site is no excuse for more than two minutes.
 */
export const freshMs = (roundMs: number | null): number => Math.min(120_000, Math.max(30_000, 9 * (roundMs ?? 0)))

/** One side's newest reading of a pool, epoch milliseconds; null: never read. */
export interface PoolRead {
  readonly site: SiteName
  readonly observedAt: number | null
  /** Duration of a good round at this site, milliseconds. */
  readonly roundMs: number | null
  /** Since when the site is known not to answer at all; null or not there: it is not. */
  readonly silentSince?: number | null
}

/** A site that was found silent is stale at once, however far apart its rounds are: nobody need wait to know it. */
export const isFresh = (read: PoolRead, nowMs: number): boolean =>
  read.silentSince == null && read.observedAt !== null && nowMs - read.observedAt <= freshMs(read.roundMs)

export interface VerdictNow {
  readonly verdict: Verdict
  readonly text: string
  /** Since when a side of it is not read any more, null where both are or never were. */
  readonly unknownSince: number | null
}

/**
 * A verdict stands as long as both sides are read. Rows are not touched when a site falls silent; this is what a
 * screen must show instead, so that nothing stays green on old evidence. What is unprotected is so by what was seen at its
 * primary: that the other side is silent is part of it.
 */
export function verdictNow(
  stored: { readonly verdict: Verdict; readonly text: string; readonly primarySite?: SiteName | null },
  left: PoolRead,
  right: PoolRead,
  nowMs: number,
): VerdictNow {
  const stale = [left, right].filter((read) => !isFresh(read, nowMs))
  if (stale.length === 0) return { ...stored, unknownSince: null }
  const names = stale.map((read) => read.site).join(' and ')
  const times = stale.flatMap((read) => (read.observedAt === null ? [] : [read.observedAt]))
  if (times.length < stale.length) return { verdict: 'unknown', text: `${names} not read yet`, unknownSince: null }
  const unknownSince = Math.min(...times)
  if (stored.verdict === 'unprotected' && stale.every(({ site }) => site !== stored.primarySite))
    return { verdict: stored.verdict, text: stored.text, unknownSince }
  const text = `${names} cannot be read; when last read: ${stored.text}`
  return { verdict: 'unknown', text, unknownSince }
}

type Counts = Readonly<Partial<Record<Verdict, number>>>

/** Images of one direction by verdict as of now: of what is not read at both sides only what needs its primary alone is known. */
export function countsNow(byVerdict: Counts, images: number, from: PoolRead, to: PoolRead, nowMs: number): Counts {
  if (isFresh(from, nowMs) && isFresh(to, nowMs)) return byVerdict
  const unprotected = isFresh(from, nowMs) ? (byVerdict.unprotected ?? 0) : 0
  return { ...(unprotected > 0 && { unprotected }), ...(images > unprotected && { unknown: images - unprotected }) }
}
