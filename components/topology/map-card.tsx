'use client'

import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/components/live/loaded'
import { Card } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'
import { overviewQuery } from '@/lib/queries/overview'
import { SiteMap } from './site-map'

export function MapCard() {
  const query = useQuery(overviewQuery())
  return (
    <Card
      title="Mirroring between sites"
      aside="arrow: from primary to copy; label: worst exposure of its objective, images"
    >
      <Loaded query={query} what="the map" skeleton={<Skeleton className="h-72 w-full" />}>
        {(overview) => <SiteMap overview={overview} />}
      </Loaded>
    </Card>
  )
}
