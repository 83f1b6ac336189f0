import { answerJson } from '@/lib/read/answer'
import { readSites } from '@/lib/read/sites'
import { webConfig } from '@/lib/read/web-config'
import { webStore } from '@/lib/read/web-store'

export const dynamic = 'force-dynamic'

export const GET = (request: Request) => answerJson(request, () => readSites(webStore(), webConfig(), Date.now()))
