import { HydrationBoundary } from '@tanstack/react-query'
import { ImagesScreen } from '@/components/images/images-screen'
import { Page } from '@/components/shell/page'
import { imagesQuery, WINDOW_ROWS } from '@/lib/queries/images'
import { overviewQuery } from '@/lib/queries/overview'
import { readImages } from '@/lib/read/images'
import { readMoment } from '@/lib/read/moment'
import { readOverview } from '@/lib/read/overview'
import { prefetched } from '@/lib/read/prefetched'
import { webConfig } from '@/lib/read/web-config'
import { webStore } from '@/lib/read/web-store'
import { ImagesFilter, ImagesRequest } from '@/lib/views/images-filter'

export const metadata = { title: 'Images' }

interface ImagesPageProps {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function ImagesPage({ searchParams }: ImagesPageProps) {
  const now = Date.now()
  const store = webStore()
  const config = webConfig()
  const { image, ...asked } = await searchParams
  // A word in the URL that is not understood is left to the browser's own parsing, which leaves it out.
  const request = ImagesRequest.safeParse({ ...asked, offset: 0, limit: WINDOW_ROWS }).data
  const moment = await readMoment(store, config, now)
  const overview = await readOverview(store, config, now)
  const read: (readonly [readonly unknown[], unknown])[] = [[overviewQuery().queryKey, overview]]
  if (request !== undefined) {
    const { sort, order } = request
    const filter = ImagesFilter.parse(Object.fromEntries(Object.entries(asked).filter(([key]) => key in FILTER_KEYS)))
    const list = { filter, sort, order, stale: moment.stale.join(',') }
    read.push([imagesQuery(list, 0).queryKey, await readImages(store, request, moment)])
  }
  return (
    <HydrationBoundary state={prefetched(read)}>
      <Page title="Images">
        <ImagesScreen />
      </Page>
    </HydrationBoundary>
  )
}

const FILTER_KEYS = ImagesFilter.shape
