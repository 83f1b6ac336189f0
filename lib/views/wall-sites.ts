import type { IfLost } from '@/lib/domain/summary'
import { mirroredPools } from './mirrored-pools'
import type { OverviewView } from './overview'
import type { PoolPulse, SitePulse } from './shell'
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
  /** It answers, and none of its pools is mirrored to another site: all that it has would be lost. */
  readonly bare: boolean
}

/** What the wall's cards are made of. */
export interface SeenSites extends Pick<OverviewView, 'ifLost' | 'attention'> {
  readonly sites: readonly SitePulse[]
  readonly pools: readonly PoolPulse[]
}

/** Silence first: what cannot be seen may be worse than all that can. */
const RANK: Record<WallTone, number> = { unknown: 0, bad: 1, behind: 2, ok: 3 }

/** Every site, worst first. Figures that tick decide nothing here: a wall whose cards change places is not read. */
export function wallSites(view: SeenSites, now: number): WallSite[] {
  return view.sites
    .map((site) => wallSite(site, view, now))
    .map((site, place) => ({ site, place }))
    .sort((a, b) => RANK[a.site.tone] - RANK[b.site.tone] || weight(b.site) - weight(a.site) || a.place - b.place)
    .map(({ site }) => site)
}

/** All that a bare site has is more than any number of images of another one. */
const weight = ({ bare, lost }: WallSite): number => (bare ? Number.MAX_SAFE_INTEGER : lost)

function wallSite(site: SitePulse, view: SeenSites, now: number): WallSite {
  const ifLost = view.ifLost?.find((one) => one.site === site.name) ?? null
  const lost = ifLost === null ? 0 : lostOf(ifLost)
  const stale = staleSince(site, now)
  if (stale === null && (ifLost?.readAt ?? null) === null && mirroredPools(view.pools, site.name) === 'none')
    return { site, ifLost: null, tone: 'bad', dark: null, since: null, lost: 0, bare: true }
  const dark = stale !== null || ifLost === null || ifLost.readAt === null ? 'silent' : ifLost.known ? null : 'partly'
  if (ifLost === null || ifLost.readAt === null)
    return { site, ifLost: null, tone: 'unknown', dark, since: stale, lost: 0, bare: false }
  const seen = { site, ifLost, dark, lost, bare: false } as const
  if (dark !== null) return { ...seen, tone: 'unknown', since: stale ?? ifLost.readAt }
  if (lost > 0) return { ...seen, tone: 'bad', since: null }
  if (ifLost.behindObjective > 0) return { ...seen, tone: 'behind', since: lateSince(site.name, view) }
  return { ...seen, tone: 'ok', since: null }
}

export const lostOf = ({ lost }: IfLost): number => lost.reduce((sum, { images }) => sum + images, 0)

/** Items of images behind their objective are kept by direction: `behind:PAIR/POOL/SITE`. */
export function lateSince(site: string, { attention }: Pick<OverviewView, 'attention'>): number | null {
  const times = (attention ?? [])
    .filter(({ key }) => key.startsWith('behind:') && key.endsWith(`/${site}`))
    .flatMap(({ since }) => since ?? [])
  return times.length === 0 ? null : Math.min(...times)
}
