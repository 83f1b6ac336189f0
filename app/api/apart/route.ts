import { answerJson } from '@/lib/read/answer'
import { readApart } from '@/lib/read/apart'
import { webStore } from '@/lib/read/web-store'

export const dynamic = 'force-dynamic'

export const GET = (request: Request) => answerJson(request, () => readApart(webStore(), Date.now()))
