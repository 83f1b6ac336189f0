import { GroupForm } from '@/components/groups/group-form'
import { GroupTitle } from '@/components/groups/group-title'
import { Page } from '@/components/shell/page'
import { Empty } from '@/components/ui/empty'
import { cloudSites } from '@/lib/read/cloud-sites'
import { webConfig } from '@/lib/read/web-config'
import { webStore } from '@/lib/read/web-store'

export const metadata = { title: 'New group' }
export const dynamic = 'force-dynamic'

export default async function NewGroupPage() {
  const clouds = await cloudSites(webStore(), webConfig())
  return (
    <Page title={<GroupTitle>New group</GroupTitle>}>
      {clouds.length === 0 ? (
        <Empty title="No cloud is configured">
          Groups are made of volumes and servers of OpenStack: name the cloud of a site in antipode.yaml, under
          openstack.
        </Empty>
      ) : (
        <GroupForm clouds={clouds} before={null} />
      )}
    </Page>
  )
}
