import { HydrationBoundary } from '@tanstack/react-query'
import { ServersScreen } from '@/components/servers/servers-screen'
import { Page } from '@/components/shell/page'
import { serversQuery } from '@/lib/queries/servers'
import { readMoment } from '@/lib/read/moment'
import { prefetched } from '@/lib/read/prefetched'
import { readServers } from '@/lib/read/servers'
import { webConfig } from '@/lib/read/web-config'
import { webStore } from '@/lib/read/web-store'
import { ServersRequest } from '@/lib/views/servers'

export const metadata = { title: 'Servers' }

interface ServersPageProps {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function ServersPage({ searchParams }: ServersPageProps) {
  const { by, q } = await searchParams
  const asked = ServersRequest.safeParse({ by, q })
  const request = asked.data ?? ServersRequest.parse({})
  const [store, config] = [webStore(), webConfig()]
  const page = await readServers(store, config, request, await readMoment(store, config, Date.now()))
  return (
    <HydrationBoundary state={prefetched([[serversQuery(request, 0).queryKey, page]])}>
      <Page title="Servers">
        <ServersScreen />
      </Page>
    </HydrationBoundary>
  )
}
