import { HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { GroupScreen } from '@/components/groups/group-screen'
import { GroupTitle } from '@/components/groups/group-title'
import { Page } from '@/components/shell/page'
import { groupQuery } from '@/lib/queries/groups'
import { readGroup } from '@/lib/read/groups'
import { readMoment } from '@/lib/read/moment'
import { prefetched } from '@/lib/read/prefetched'
import { webConfig } from '@/lib/read/web-config'
import { webStore } from '@/lib/read/web-store'
import { groupNamed } from '@/lib/store/groups'

interface GroupPageProps {
  readonly params: Promise<{ readonly name: string }>
}

export async function generateMetadata({ params }: GroupPageProps): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) }
}

export default async function GroupPage({ params }: GroupPageProps) {
  const name = decodeURIComponent((await params).name)
  const [store, config] = [webStore(), webConfig()]
  if ((await groupNamed(store, name)) === null) notFound()
  const view = await readGroup(store, config, name, await readMoment(store, config, Date.now()))
  return (
    <HydrationBoundary state={prefetched([[groupQuery(name).queryKey, view]])}>
      <Page title={<GroupTitle>{view.line.name}</GroupTitle>}>
        <GroupScreen name={name} />
      </Page>
    </HydrationBoundary>
  )
}
