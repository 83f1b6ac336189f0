import { answerJson } from '@/lib/read/answer'
import { readImages } from '@/lib/read/images'
import { readMoment } from '@/lib/read/moment'
import { webConfig } from '@/lib/read/web-config'
import { webStore } from '@/lib/read/web-store'
import { ImagesRequest } from '@/lib/views/images-filter'

export const dynamic = 'force-dynamic'

export const GET = (request: Request) =>
  answerJson(request, async () => {
    const asked = ImagesRequest.parse(Object.fromEntries(new URL(request.url).searchParams))
    const store = webStore()
    return readImages(store, asked, await readMoment(store, webConfig(), Date.now()))
  })
