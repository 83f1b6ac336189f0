import { HydrationBoundary } from '@tanstack/react-query'
import { Page } from '@/components/shell/page'
import { SitesScreen } from '@/components/sites/sites-screen'
import { sitesQuery } from '@/lib/queries/sites'
import { prefetched } from '@/lib/read/prefetched'
import { readSites } from '@/lib/read/sites'
import { webConfig } from '@/lib/read/web-config'
import { webStore } from '@/lib/read/web-store'

export const metadata = { title: 'Sites' }

export default async function SitesPage() {
  const sites = await readSites(webStore(), webConfig(), Date.now())
  return (
    <HydrationBoundary state={prefetched([[sitesQuery().queryKey, sites]])}>
      <Page title="Sites">
        <SitesScreen />
      </Page>
    </HydrationBoundary>
  )
}
