import { HydrationBoundary } from '@tanstack/react-query'
import { Page } from '@/components/shell/page'
import { SitesScreen } from '@/components/sites/sites-screen'
import { cloudsQuery } from '@/lib/queries/clouds'
import { sitesQuery } from '@/lib/queries/sites'
import { readClouds } from '@/lib/read/clouds'
import { prefetched } from '@/lib/read/prefetched'
import { readSites } from '@/lib/read/sites'
import { webConfig } from '@/lib/read/web-config'
import { webStore } from '@/lib/read/web-store'

export const metadata = { title: 'Sites' }

export default async function SitesPage() {
  const [store, config, now] = [webStore(), webConfig(), Date.now()]
  const [sites, clouds] = await Promise.all([readSites(store, config, now), readClouds(store, config, now)])
  return (
    <HydrationBoundary
      state={prefetched([
        [sitesQuery().queryKey, sites],
        [cloudsQuery().queryKey, clouds],
      ])}
    >
      <Page title="Sites">
        <SitesScreen />
      </Page>
    </HydrationBoundary>
  )
}
