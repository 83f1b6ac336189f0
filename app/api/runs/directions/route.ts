import { answerJson } from '@/lib/read/answer'
import { readDirections } from '@/lib/read/runs-directions'
import { webStore } from '@/lib/read/web-store'

export const dynamic = 'force-dynamic'

export const GET = (request: Request) => answerJson(request, () => readDirections(webStore(), Date.now()))
