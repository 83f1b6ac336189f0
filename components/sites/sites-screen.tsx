'use client'

import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { CloudCards } from '@/components/clouds/cloud-cards'
import { Loaded } from '@/components/live/loaded'
import { StatedOfSites } from '@/components/statements/stated-notices'
import { buttonStyle } from '@/components/ui/button-style'
import { Empty } from '@/components/ui/empty'
import { Link } from '@/components/ui/link'
import { Skeleton } from '@/components/ui/skeleton'
import { pairOf, sitesOf } from '@/lib/domain/words'
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
          <CloudCards />
          <div className="grid gap-4 lg:grid-cols-2">
            {pairsOf(view).map(([left, right]) => (
              <PairCard key={`${left.name}~${right.name}`} left={left} right={right} />
            ))}
          </div>
          <Unpaired view={view} />
        </>
      )}
    </Loaded>
  )
}

/** Sites that mirror nothing to each other: as many links as there are pairs, and a button where there is no pair at all. */
function Unpaired({ view }: { readonly view: SitesView }) {
  const paired = new Set(pairsOf(view).map(([left, right]) => pairOf(left.name, right.name)))
  const names = view.sites.map(({ name }) => name)
  const open = names.flatMap((left, index) =>
    names.slice(index + 1).flatMap((right) => (paired.has(pairOf(left, right)) ? [] : [[left, right] as const])),
  )
  if (open.length === 0) return null
  const href = ([from, to]: readonly [string, string]) => `/recover/set-up?${new URLSearchParams({ from, to })}`
  const [first] = open
  if (paired.size === 0 && first !== undefined) {
    return (
      <Empty title="No two sites mirror to each other yet">
        <p>If one is lost, so is all that it has.</p>
        <Link
          href={open.length === 1 ? href(first) : '/recover/set-up'}
          className={clsx(buttonStyle('action'), 'mt-3')}
        >
          Set up mirroring
        </Link>
      </Empty>
    )
  }
  return (
    <p className="text-sm text-dim">
      Not mirrored to each other:{' '}
      {open.map((pair, index) => (
        <span key={pair.join('~')}>
          {index > 0 && ', '}
          <Link href={href(pair)} className="text-ink underline underline-offset-3">
            set up {pair.join(' and ')}
          </Link>
        </span>
      ))}
    </p>
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
