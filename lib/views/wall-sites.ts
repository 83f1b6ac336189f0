import type { IfLost } from '@/lib/domain/summary'
import type { OverviewView } from './overview'
import type { SitePulse } from './shell'
import { staleSince } from './site-pulse'

export type WallTone = 'ok' | 'behind' | 'bad' | 'unknown'

export interface WallSite {
  readonly site: SitePulse
  /** As last summed; null: never. Where `tone` is unknown it is of `since`, and must be shown as such. */
  readonly ifLost: IfLost | null
  readonly tone: WallTone
  /** Why it is not known: it does not answer, or what it answers is not whole. Null where it is known. */
  readonly dark: 'silent' | 'partly' | null
  /** Since when it is not known, or behind its objective; null where nobody can say. */
  readonly since: number | null
  readonly lost: number
}

/** What the wall's cards are made of. */
export interface SeenSites extends Pick<OverviewView, 'ifLost' | 'attention'> {
  readonly sites: readonly SitePulse[]
}

/** Silence first: what cannot be seen may be worse than all that can. */
const RANK: Record<WallTone, number> = { unknown: 0, bad: 1, behind: 2, ok: 3 }

/** Every site, worst first. Figures that tick decide nothing here: a wall whose cards change places is not read. */
export function wallSites(view: SeenSites, now: number): WallSite[] {
  return view.sites
    .map((site) => wallSite(site, view, now))
    .map((site, place) => ({ site, place }))
    .sort((a, b) => RANK[a.site.tone] - RANK[b.site.tone] || b.site.lost - a.site.lost || a.place - b.place)
    .map(({ site }) => site)
}

function wallSite(site: SitePulse, view: Pick<OverviewView, 'ifLost' | 'attention'>, now: number): WallSite {
  const ifLost = view.ifLost?.find((one) => one.site === site.name) ?? null
  const lost = ifLost === null ? 0 : lostOf(ifLost)
  const stale = staleSince(site, now)
  const dark = stale !== null || ifLost === null || ifLost.readAt === null ? 'silent' : ifLost.known ? null : 'partly'
  if (ifLost === null || ifLost.readAt === null)
    return { site, ifLost: null, tone: 'unknown', dark, since: stale, lost: 0 }
  if (dark !== null) return { site, ifLost, tone: 'unknown', dark, since: stale ?? ifLost.readAt, lost }
  if (lost > 0) return { site, ifLost, tone: 'bad', dark, since: null, lost }
  if (ifLost.behindObjective > 0) return { site, ifLost, tone: 'behind', dark, since: lateSince(site.name, view), lost }
  return { site, ifLost, tone: 'ok', dark, since: null, lost }
}

export const lostOf = ({ lost }: IfLost): number => lost.reduce((sum, { images }) => sum + images, 0)

/** Items of images behind their objective are kept by direction: `behind:PAIR/POOL/SITE`. */
export function lateSince(site: string, { attention }: Pick<OverviewView, 'attention'>): number | null {
  const times = (attention ?? [])
    .filter(({ key }) => key.startsWith('behind:') && key.endsWith(`/${site}`))
    .flatMap(({ since }) => since ?? [])
  return times.length === 0 ? null : Math.min(...times)
}
