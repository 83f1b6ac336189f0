import type { SiteName } from '@/lib/domain/words'
import type { MirrorPort } from '@/lib/ports/mirror'

const GATHER_MS = 300

/**
 * The same port, but after a change the site is read anew at once: whoever watches a run must not wait for the poller's
 * next round. Changes that end close together are one reading.
 */
export function refreshing(
  mirror: (site: SiteName) => MirrorPort,
  refreshNow: (site: SiteName) => Promise<void>,
): (site: SiteName) => MirrorPort {
  const asked = new Set<SiteName>()
  const soon = (site: SiteName) => {
    if (asked.has(site)) return
    asked.add(site)
    const timer = setTimeout(() => {
      asked.delete(site)
      // The next round reads it anyway.
      refreshNow(site).catch(() => undefined)
    }, GATHER_MS)
    timer.unref()
  }
  return (site) => {
    const port = mirror(site)
    return {
      ...port,
      act: (argv, options) => port.act(argv, options).finally(() => soon(site)),
    }
  }
}
