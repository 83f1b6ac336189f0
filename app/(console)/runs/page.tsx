import { HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import Link from 'next/link'
import { RunsScreen } from '@/components/runs/runs-screen'
import { Page } from '@/components/shell/page'
import { buttonStyle } from '@/components/ui/button-style'
import { runsQuery } from '@/lib/queries/runs'
import { prefetched } from '@/lib/read/prefetched'
import { readRuns } from '@/lib/read/runs'
import { webStore } from '@/lib/read/web-store'

export const metadata: Metadata = { title: 'Runs' }

export default async function RunsPage() {
  const page = await readRuns(webStore(), 100, Date.now())
  return (
    <HydrationBoundary state={prefetched([[runsQuery().queryKey, page]])}>
      <Page
        title="Runs"
        actions={
          <Link href="/recover/failover" className={buttonStyle()}>
            Fail images over
          </Link>
        }
      >
        <RunsScreen />
      </Page>
    </HydrationBoundary>
  )
}
