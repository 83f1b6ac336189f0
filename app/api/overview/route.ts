import { answerJson } from '@/lib/read/answer'
import { readOverview } from '@/lib/read/overview'
import { webConfig } from '@/lib/read/web-config'
import { webStore } from '@/lib/read/web-store'

export const dynamic = 'force-dynamic'

export const GET = (request: Request) => answerJson(request, () => readOverview(webStore(), webConfig(), Date.now()))
