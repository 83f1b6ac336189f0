import { HydrationBoundary } from '@tanstack/react-query'
import { StatusPage } from '@/components/status/status-page'
import { statusQuery } from '@/lib/queries/status'
import { prefetched } from '@/lib/read/prefetched'
import { readStatus } from '@/lib/read/status'
import { webConfig } from '@/lib/read/web-config'
import { webStore } from '@/lib/read/web-store'

export const metadata = { title: 'Status', description: 'How the services stand, in plain words' }

export default async function StatusRoute() {
  const view = await readStatus(webStore(), webConfig(), Date.now())
  return (
    <HydrationBoundary state={prefetched([[statusQuery().queryKey, view]])}>
      <StatusPage />
    </HydrationBoundary>
  )
}
