import { freshMs } from '@/lib/domain/verdict-now'
import { durationShort } from './duration-text'
import type { SitePulse } from './shell'

/** How a site's chip reads: `1 s`, `no answer for 48 s`, `not read yet`. */
export function pulseOf(site: SitePulse, now: number): { tone: 'ok' | 'behind' | 'unknown'; text: string } {
  if (site.state === 'new' || site.lastOkAt === null) {
    return site.silentSince === null
      ? { tone: 'unknown', text: 'not read yet' }
      : { tone: 'unknown', text: `no answer for ${durationShort((now - site.silentSince) / 1000)}` }
  }
  const ageMs = now - site.lastOkAt
  if (site.state === 'silent') {
    const since = site.silentSince ?? site.lastOkAt
    return { tone: 'unknown', text: `no answer for ${durationShort((now - since) / 1000)}` }
  }
  // Nobody says that it is silent, and nobody has asked: a poller that stands still says nothing.
  if (ageMs > freshMs(site.roundMs)) return { tone: 'unknown', text: `not read for ${durationShort(ageMs / 1000)}` }
  return { tone: site.state === 'failing' ? 'behind' : 'ok', text: durationShort(ageMs / 1000) }
}

/** From when on its figures are too old to be relied on; null while they are fresh. */
export function staleSince(site: SitePulse, now: number): number | null {
  if (pulseOf(site, now).tone !== 'unknown') return null
  return site.lastOkAt ?? site.silentSince
}

/**
 * Since when nothing has been read at all, where no site is to blame for it: then the worker stands still, and saying
 * of every site that it does not answer would send people to the wrong place. Null while all is well.
 */
export function workerStillSince(sites: readonly SitePulse[], now: number): number | null {
  const read = sites.flatMap((site) => (site.lastOkAt === null ? [] : [{ site, at: site.lastOkAt }]))
  if (read.length === 0 || read.some(({ site, at }) => now - at <= freshMs(site.roundMs))) return null
  return read.every(({ site }) => site.state === 'silent') ? null : Math.max(...read.map(({ at }) => at))
}
