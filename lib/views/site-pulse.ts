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
  // An old answer is not fresh even where no read has failed: a poller that stands still says nothing.
  if (site.state === 'silent' || ageMs > freshMs(site.roundMs)) {
    const since = site.silentSince ?? site.lastOkAt
    return { tone: 'unknown', text: `no answer for ${durationShort((now - since) / 1000)}` }
  }
  return { tone: site.state === 'failing' ? 'behind' : 'ok', text: durationShort(ageMs / 1000) }
}

/** From when on its figures are too old to be relied on; null while they are fresh. */
export function staleSince(site: SitePulse, now: number): number | null {
  if (pulseOf(site, now).tone !== 'unknown') return null
  return site.lastOkAt ?? site.silentSince
}
