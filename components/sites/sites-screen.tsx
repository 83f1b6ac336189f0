'use client'

import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/components/live/loaded'
import { StatedOfSites } from '@/components/statements/stated-notices'
import { Skeleton } from '@/components/ui/skeleton'
import { sitesOf } from '@/lib/domain/words'
import { sitesQuery } from '@/lib/queries/sites'
import type { SitesView, SiteView } from '@/lib/views/site'
import { PairCard } from './pair-card'
import { SiteCard } from './site-card'

/** All sites, and what must match between those that mirror to each other. */
export function SitesScreen() {
  const query = useQuery(sitesQuery())
  return (
    <Loaded query={query} what="the sites" skeleton={<Skeleton className="h-72 w-full rounded-xl" />}>
      {(view) => (
        <>
          <StatedOfSites />
          <div className="grid grid-cols-[repeat(auto-fill,minmax(min(20rem,100%),1fr))] gap-4">
            {view.sites.map((site) => (
              <SiteCard key={site.name} site={site} streams={view.streams} />
            ))}
          </div>
          <div className="grid gap-4 lg:grid-cols-2">
            {pairsOf(view).map(([left, right]) => (
              <PairCard key={`${left.name}~${right.name}`} left={left} right={right} />
            ))}
          </div>
        </>
      )}
    </Loaded>
  )
}

/** Pairs that are set up in some pool, as read at either side. */
function pairsOf({ sites }: SitesView): [SiteView, SiteView][] {
  const pairs = new Set(sites.flatMap(({ pools }) => pools.flatMap(({ pair }) => pair ?? [])))
  return [...pairs].sort().flatMap((pair) => {
    const [left, right] = sitesOf(pair).map((name) => sites.find((site) => site.name === name))
    return left === undefined || right === undefined ? [] : [[left, right] as [SiteView, SiteView]]
  })
}
