import { HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { FailoverWizard } from '@/components/wizard/failover-wizard'
import { directionsQuery } from '@/lib/queries/recover'
import { prefetched } from '@/lib/read/prefetched'
import { readDirections } from '@/lib/read/runs-directions'
import { webStore } from '@/lib/read/web-store'

export const metadata: Metadata = { title: 'Resync' }

export default async function ResyncPage() {
  const directions = await readDirections(webStore(), Date.now())
  return (
    <HydrationBoundary state={prefetched([[directionsQuery().queryKey, directions]])}>
      <FailoverWizard procedure="resync" />
    </HydrationBoundary>
  )
}
