import { answerJson } from '@/lib/read/answer'
import { readStatus } from '@/lib/read/status'
import { webConfig } from '@/lib/read/web-config'
import { webStore } from '@/lib/read/web-store'

export const dynamic = 'force-dynamic'

export const GET = (request: Request) => answerJson(request, () => readStatus(webStore(), webConfig(), Date.now()))
