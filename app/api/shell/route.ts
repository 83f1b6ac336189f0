import { answerJson } from '@/lib/read/answer'
import { readShell } from '@/lib/read/shell'
import { webConfig } from '@/lib/read/web-config'
import { webStore } from '@/lib/read/web-store'

export const dynamic = 'force-dynamic'

export const GET = (request: Request) => answerJson(request, () => readShell(webStore(), webConfig(), Date.now()))
