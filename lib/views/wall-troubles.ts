import type { Attention, LostReason } from '@/lib/domain/summary'
import { countOf } from './count-text'
import type { WallView } from './wall'
import type { WallSite } from './wall-sites'

export type Trouble = Pick<Attention, 'key' | 'severity' | 'title' | 'since' | 'note'>

/** Lost by themselves, and not through a trouble that is listed: nobody has to be told twice. */
const UNLISTED: Partial<Record<LostReason, string>> = { 'not-mirrored': 'not mirrored', copying: 'still copying' }

const RANK = { critical: 0, warning: 1, unknown: 2, suspended: 3 } as const

/**
 * What is wrong, worst first: the worker's list, and with it each reason why images would be lost, so that the list
 * explains the figure above it. What loses images is critical here whatever it is elsewhere.
 */
export function wallTroubles({ attention }: Pick<WallView, 'attention'>, sites: readonly WallSite[]): Trouble[] {
  const listed = (attention ?? []).map((item) =>
    item.key === 'parents' ? { ...item, severity: 'critical' as const } : item,
  )
  const bare = sites
    .filter((site) => site.bare)
    .map(({ site }) => critical(`bare:${site.name}`, `Nothing of ${site.name} is mirrored`))
  const lost = Object.entries(UNLISTED).flatMap(([reason, words]) => {
    const images = imagesOf(sites, reason as LostReason)
    return images === 0 ? [] : [critical(`lost:${reason}`, `${countOf(images, 'image')} ${words}`)]
  })
  return [...bare, ...listed, ...lost].sort((a, b) => RANK[a.severity] - RANK[b.severity])
}

const critical = (key: string, title: string): Trouble => ({ key, severity: 'critical', title, since: null })

const imagesOf = (sites: readonly WallSite[], reason: LostReason): number =>
  sites
    .filter(({ tone }) => tone !== 'unknown')
    .flatMap(({ ifLost }) => ifLost?.lost ?? [])
    .reduce((sum, lost) => sum + (lost.reason === reason ? lost.images : 0), 0)

export interface ShownTroubles {
  readonly shown: readonly Trouble[]
  /** What found no room: '' where all did. */
  readonly more: string
}

/** As many as there is room for, in lines: one with a note takes two. What is left out is named by how bad it is. */
export function troublesIn(lines: number, all: readonly Trouble[]): ShownTroubles {
  let taken = 0
  const end = all.findIndex(({ note }) => {
    taken += note === undefined ? 1 : 2
    return taken > lines
  })
  if (end === -1) return { shown: all, more: '' }
  const rest = all.slice(end)
  const worst = rest.filter(({ severity }) => severity === 'critical').length
  return {
    shown: all.slice(0, end),
    more: worst === 0 ? `and ${rest.length} less bad` : `and ${rest.length} more, ${worst} as bad`,
  }
}
