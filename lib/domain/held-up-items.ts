import type { Item } from './attention'
import { fullBefore, type RoomForecast } from './room-forecast'
import type { SiteName } from './words'

/** A pool of primaries whose journals are kept for a peer that commits nothing. */
export interface HeldUp {
  readonly site: SiteName
  readonly pool: string
  /** The site whose rbd-mirror does not commit. */
  readonly reader: SiteName
  readonly images: number
  /** Name of one of them. */
  readonly first: string
}

/** An alarm looks so far ahead; the forecast itself carries no rate further than ten times its measuring. */
const AHEAD_MS = 24 * 3600_000

/**
 * Journals that grow for a reader that does not commit, where the room shrinks: when it would be full, and what lets go of
 * them. Who disconnects a reader, or ends mirroring, makes that peer's copy start anew (rbd journal client disconnect flags
 * every client of the journal but the image's own).
 */
export const heldUpItems = (
  held: readonly HeldUp[],
  forecasts: readonly RoomForecast[],
  nowMs: number,
): readonly Item[] =>
  held.flatMap(({ site, pool, reader, images, first }): Item[] => {
    const forecast = forecasts.find((one) => one.site === site && one.pool === pool)
    if (forecast?.kind !== 'filling' || forecast.journalBytesPerSec === 0) return []
    const isSoon = fullBefore(forecast, nowMs + AHEAD_MS, nowMs)
    const full = `${new Date(forecast.fullAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`
    const many = images === 1 ? '1 image' : `${images.toLocaleString('en-US')} images`
    return [
      {
        key: `held-up:${site}/${pool}`,
        severity: isSoon ? 'critical' : 'warning',
        title: `${pool} at ${site} would be full at ${full} (estimate): journals of ${many} wait for ${reader}`,
        detail: `rbd-mirror at ${reader} commits nothing, so nothing of them is trimmed; a full pool takes no writes. Bring ${reader} back, make room, or let go of it at ${site}, for each image: rbd journal client disconnect --pool ${pool} --image ${first} (its copy at ${reader} must be made anew then, as it must after a failover by force), or rbd mirror image disable ${pool}/${first} (its mirroring must be set up again then)`,
        action: { label: `Open ${site}`, href: `/sites/${encodeURIComponent(site)}` },
      },
    ]
  })
