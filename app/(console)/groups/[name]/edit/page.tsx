import { notFound } from 'next/navigation'
import { GroupForm } from '@/components/groups/group-form'
import { GroupTitle } from '@/components/groups/group-title'
import { Page } from '@/components/shell/page'
import { cloudSites } from '@/lib/read/cloud-sites'
import { webConfig } from '@/lib/read/web-config'
import { webStore } from '@/lib/read/web-store'
import { groupNamed } from '@/lib/store/groups'

export const metadata = { title: 'Edit group' }
export const dynamic = 'force-dynamic'

interface EditGroupPageProps {
  readonly params: Promise<{ readonly name: string }>
}

export default async function EditGroupPage({ params }: EditGroupPageProps) {
  const group = await groupNamed(webStore(), decodeURIComponent((await params).name))
  if (group === null) notFound()
  const { id, version, spec } = group
  return (
    <Page title={<GroupTitle>{spec.name}</GroupTitle>}>
      <GroupForm clouds={await cloudSites(webStore(), webConfig())} before={{ id, version, spec }} />
    </Page>
  )
}
