'use client'

import { useQuery } from '@tanstack/react-query'
import { CloudCards } from '@/components/clouds/cloud-cards'
import { Moment } from '@/components/live/age'
import { useNow } from '@/components/live/clock'
import { Loaded } from '@/components/live/loaded'
import { StatedOfSites, WaitForIt } from '@/components/statements/stated-notices'
import { CodeBlock } from '@/components/ui/code-block'
import { Notice } from '@/components/ui/notice'
import { Skeleton } from '@/components/ui/skeleton'
import { siteQuery } from '@/lib/queries/sites'
import type { SitePage, SiteView } from '@/lib/views/site'
import { pulseOf, staleSince } from '@/lib/views/site-pulse'
import { CapacityCard } from './capacity-card'
import { ClusterCard } from './cluster-card'
import { DaemonsCard } from './daemons-card'
import { PairCard } from './pair-card'
import { PoolsCard } from './pools-card'
import { SchedulesCard } from './schedules-card'

/** One site: its cluster, its pools, its daemons, and what must match with its neighbours. */
export function SiteScreen({ name }: { readonly name: string }) {
  const query = useQuery(siteQuery(name))
  return (
    <Loaded query={query} what={name} skeleton={<Skeleton className="h-96 w-full rounded-xl" />}>
      {(page) => <SiteBody page={page} />}
    </Loaded>
  )
}

function SiteBody({ page }: { readonly page: SitePage }) {
  const site = page.sites.find(({ name }) => name === page.site)
  if (site === undefined) return null
  const peers = page.sites.filter(({ name }) => name !== page.site)
  return (
    <>
      <Answers site={site} />
      <StatedOfSites site={site.name} />
      <div className="grid gap-4 lg:grid-cols-2">
        <ClusterCard site={site} />
        <CapacityCard site={site} />
      </div>
      <CloudCards site={site.name} />
      <PoolsCard site={site} streams={page.streams} />
      <div className="grid gap-4 lg:grid-cols-2">
        <DaemonsCard site={site} />
        <SchedulesCard site={site} />
        {peers.map((peer, index) => (
          <PairCard
            key={peer.name}
            left={site}
            right={peer}
            className={index === peers.length - 1 && index % 2 === 0 ? 'lg:col-span-2' : undefined}
          />
        ))}
      </div>
    </>
  )
}

/** Where it does not answer: since when, what was tried, what to look at. */
function Answers({ site }: { readonly site: SiteView }) {
  const now = useNow()
  const since = staleSince(site, now)
  if (since === null && site.error === '') return null
  if (since === null) {
    return (
      <Notice tone="behind" title={`${site.name} answers, but not everything could be read`}>
        {site.error}
      </Notice>
    )
  }
  return (
    <Notice
      tone="unknown"
      title={`${site.name}: ${pulseOf(site, now).text}`}
      action={site.state === 'silent' && <WaitForIt site={site.name} />}
    >
      {site.error !== '' && <p>{site.error}</p>}
      <p className="mb-2">
        All below is from <Moment at={since} /> or before. Look for yourself, from this machine:
      </p>
      <CodeBlock label={`How to look at ${site.name}`} lines={[{ text: site.look }]} />
    </Notice>
  )
}
