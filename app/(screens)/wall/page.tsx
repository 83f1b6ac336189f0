import { HydrationBoundary } from '@tanstack/react-query'
import { Wall } from '@/components/wall/wall'
import { wallQuery } from '@/lib/queries/wall'
import { prefetched } from '@/lib/read/prefetched'
import { readWall } from '@/lib/read/wall'
import { webConfig } from '@/lib/read/web-config'
import { webStore } from '@/lib/read/web-store'

export const metadata = { title: 'Wall' }

interface WallPageProps {
  readonly searchParams: Promise<{ readonly theme?: string | string[] }>
}

export default async function WallPage({ searchParams }: WallPageProps) {
  const { theme } = await searchParams
  const view = await readWall(webStore(), webConfig(), Date.now())
  return (
    <HydrationBoundary state={prefetched([[wallQuery().queryKey, view]])}>
      <Wall theme={theme === 'light' ? 'light' : 'dark'} />
    </HydrationBoundary>
  )
}
