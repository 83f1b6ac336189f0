import { answerJson } from '@/lib/read/answer'
import { readGroupMembers } from '@/lib/read/groups'
import { readMoment } from '@/lib/read/moment'
import { webConfig } from '@/lib/read/web-config'
import { webStore } from '@/lib/read/web-store'
import { GroupMembersRequest } from '@/lib/views/groups'

export const dynamic = 'force-dynamic'

interface Context {
  readonly params: Promise<{ readonly name: string }>
}

export const GET = (request: Request, { params }: Context) =>
  answerJson(request, async () => {
    const asked = GroupMembersRequest.parse(Object.fromEntries(new URL(request.url).searchParams))
    const [store, config] = [webStore(), webConfig()]
    const name = decodeURIComponent((await params).name)
    return readGroupMembers(store, name, asked, await readMoment(store, config, Date.now()))
  })
