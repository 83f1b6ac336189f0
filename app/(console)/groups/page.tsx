import { HydrationBoundary } from '@tanstack/react-query'
import { GroupsScreen } from '@/components/groups/groups-screen'
import { Page } from '@/components/shell/page'
import { buttonStyle } from '@/components/ui/button-style'
import { Link } from '@/components/ui/link'
import { groupsQuery } from '@/lib/queries/groups'
import { readGroups } from '@/lib/read/groups'
import { readMoment } from '@/lib/read/moment'
import { prefetched } from '@/lib/read/prefetched'
import { webConfig } from '@/lib/read/web-config'
import { webStore } from '@/lib/read/web-store'

export const metadata = { title: 'Groups' }
export const dynamic = 'force-dynamic'

export default async function GroupsPage() {
  const [store, config] = [webStore(), webConfig()]
  const view = await readGroups(store, config, await readMoment(store, config, Date.now()))
  return (
    <HydrationBoundary state={prefetched([[groupsQuery().queryKey, view]])}>
      <Page
        title="Groups"
        actions={
          view.groups.length > 0 && (
            <Link href="/groups/new" className={buttonStyle('action', 'small')}>
              New group
            </Link>
          )
        }
      >
        <GroupsScreen />
      </Page>
    </HydrationBoundary>
  )
}
