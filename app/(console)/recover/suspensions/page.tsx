import { HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { Page } from '@/components/shell/page'
import { StatementsScreen } from '@/components/statements/statements-screen'
import { statementsQuery } from '@/lib/queries/statements'
import { prefetched } from '@/lib/read/prefetched'
import { readStatements } from '@/lib/read/statements'
import { webConfig } from '@/lib/read/web-config'
import { webStore } from '@/lib/read/web-store'

export const metadata: Metadata = { title: 'Suspensions and outages' }

export default async function SuspensionsPage() {
  const statements = await readStatements(webStore(), webConfig(), Date.now())
  return (
    <HydrationBoundary state={prefetched([[statementsQuery().queryKey, statements]])}>
      <Page title="Suspensions and outages">
        <StatementsScreen />
      </Page>
    </HydrationBoundary>
  )
}
