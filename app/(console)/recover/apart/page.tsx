import { HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { ApartScreen } from '@/components/apart/apart-screen'
import { Page } from '@/components/shell/page'
import { apartQuery } from '@/lib/queries/apart'
import { readApart } from '@/lib/read/apart'
import { prefetched } from '@/lib/read/prefetched'
import { webStore } from '@/lib/read/web-store'
import { MOST_APART } from '@/lib/views/apart'

export const metadata: Metadata = { title: 'Kept on both sides' }

interface ApartPageProps {
  readonly searchParams: Promise<{ readonly ids?: string | string[] }>
}

export default async function ApartPage({ searchParams }: ApartPageProps) {
  const { ids } = await searchParams
  const asked = (typeof ids === 'string' ? ids : '')
    .split(',')
    .filter((id) => id !== '')
    .slice(0, MOST_APART)
  const store = webStore()
  const [apart, rows] = await Promise.all([
    readApart(store, Date.now()),
    asked.length === 0
      ? []
      : store.selectFrom('images').select(['id', 'pool', 'name']).where('id', 'in', asked).execute(),
  ])
  const picked = rows.map(({ id, pool, name }) => ({ id, name: `${pool}/${name}` }))
  return (
    <HydrationBoundary state={prefetched([[apartQuery().queryKey, apart]])}>
      <Page title="Kept on both sides">
        <ApartScreen picked={picked} />
      </Page>
    </HydrationBoundary>
  )
}
