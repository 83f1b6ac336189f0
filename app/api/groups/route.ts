import { answerJson } from '@/lib/read/answer'
import { readGroups } from '@/lib/read/groups'
import { readMoment } from '@/lib/read/moment'
import { webConfig } from '@/lib/read/web-config'
import { webStore } from '@/lib/read/web-store'

export const dynamic = 'force-dynamic'

export const GET = (request: Request) =>
  answerJson(request, async () => {
    const [store, config] = [webStore(), webConfig()]
    return readGroups(store, config, await readMoment(store, config, Date.now()))
  })
