import { answerJson } from '@/lib/read/answer'
import { readWall } from '@/lib/read/wall'
import { webConfig } from '@/lib/read/web-config'
import { webStore } from '@/lib/read/web-store'

export const dynamic = 'force-dynamic'

export const GET = (request: Request) => answerJson(request, () => readWall(webStore(), webConfig(), Date.now()))
