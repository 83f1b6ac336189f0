'use client'

import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/components/live/loaded'
import { Skeleton } from '@/components/ui/skeleton'
import { overviewQuery } from '@/lib/queries/overview'
import { IfLostCard } from './if-lost-card'

/** One card a site, in the order of the configuration. */
export function IfLostRow() {
  const query = useQuery(overviewQuery())
  return (
    <Loaded query={query} what="the overview" skeleton={<Skeleton className="h-52 w-full rounded-xl" />}>
      {({ sites, ifLost }) => (
        <div className="grid grid-cols-[repeat(auto-fit,minmax(min(22rem,100%),1fr))] gap-4">
          {sites.map((site) => (
            <IfLostCard
              key={site.name}
              site={site}
              ifLost={ifLost?.find((candidate) => candidate.site === site.name) ?? null}
            />
          ))}
        </div>
      )}
    </Loaded>
  )
}
