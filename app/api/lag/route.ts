import { answerJson } from '@/lib/read/answer'
import { readLag } from '@/lib/read/lag'
import { webStore } from '@/lib/read/web-store'
import { LagRequest } from '@/lib/views/lag'

export const dynamic = 'force-dynamic'

export const GET = (request: Request) =>
  answerJson(request, async () => {
    const { minutes } = LagRequest.parse(Object.fromEntries(new URL(request.url).searchParams))
    return readLag(webStore(), Number(minutes), Date.now())
  })
