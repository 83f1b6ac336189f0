import { answerJson } from '@/lib/read/answer'
import { readMoment } from '@/lib/read/moment'
import { readServers } from '@/lib/read/servers'
import { webConfig } from '@/lib/read/web-config'
import { webStore } from '@/lib/read/web-store'
import { ServersRequest } from '@/lib/views/servers'

export const dynamic = 'force-dynamic'

export const GET = (request: Request) =>
  answerJson(request, async () => {
    const asked = ServersRequest.parse(Object.fromEntries(new URL(request.url).searchParams))
    const [store, config] = [webStore(), webConfig()]
    return readServers(store, config, asked, await readMoment(store, config, Date.now()))
  })
