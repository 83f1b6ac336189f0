import { answerJson } from '@/lib/read/answer'
import { readDirections } from '@/lib/read/runs-directions'
import { webStore } from '@/lib/read/web-store'
import { unpacked } from '../unpacked'

export const dynamic = 'force-dynamic'

export const GET = (request: Request) => answerJson(unpacked(request), () => readDirections(webStore(), Date.now()))
