import { answerJson } from '@/lib/read/answer'
import { readStatements } from '@/lib/read/statements'
import { webConfig } from '@/lib/read/web-config'
import { webStore } from '@/lib/read/web-store'

export const dynamic = 'force-dynamic'

export const GET = (request: Request) => answerJson(request, () => readStatements(webStore(), webConfig(), Date.now()))
