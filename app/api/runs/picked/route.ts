import { answerJson } from '@/lib/read/answer'
import { readMoment } from '@/lib/read/moment'
import { readPicked } from '@/lib/read/runs-picked'
import { webConfig } from '@/lib/read/web-config'
import { webStore } from '@/lib/read/web-store'
import { PickedRequest } from '@/lib/views/failover-choices'

export const dynamic = 'force-dynamic'

export const GET = (request: Request) =>
  answerJson(request, async () => {
    const asked = PickedRequest.parse(Object.fromEntries(new URL(request.url).searchParams))
    const store = webStore()
    return readPicked(store, asked, await readMoment(store, webConfig(), Date.now()))
  })
