import { HydrationBoundary } from '@tanstack/react-query'
import { ApartBanner } from '@/components/apart/apart-banner'
import { LagCard } from '@/components/lag/lag-card'
import { AttentionCard } from '@/components/overview/attention-card'
import { IfLostRow } from '@/components/overview/if-lost-row'
import { StateCard } from '@/components/overview/state-card'
import { Page } from '@/components/shell/page'
import { MapCard } from '@/components/topology/map-card'
import { lagQuery } from '@/lib/queries/lag'
import { overviewQuery } from '@/lib/queries/overview'
import { readLag } from '@/lib/read/lag'
import { readOverview } from '@/lib/read/overview'
import { prefetched } from '@/lib/read/prefetched'
import { webConfig } from '@/lib/read/web-config'
import { webStore } from '@/lib/read/web-store'

export const metadata = { title: 'Overview' }

export default async function OverviewPage() {
  const now = Date.now()
  const store = webStore()
  const [overview, lag] = await Promise.all([readOverview(store, webConfig(), now), readLag(store, 60, now)])
  return (
    <HydrationBoundary
      state={prefetched([
        [overviewQuery().queryKey, overview],
        [lagQuery('60').queryKey, lag],
      ])}
    >
      <Page title="Overview">
        <ApartBanner />
        <IfLostRow />
        <div className="grid gap-4 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
          <MapCard />
          <AttentionCard />
          <LagCard />
          <StateCard />
        </div>
      </Page>
    </HydrationBoundary>
  )
}
