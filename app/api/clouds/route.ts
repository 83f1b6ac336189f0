import { answerJson } from '@/lib/read/answer'
import { readClouds } from '@/lib/read/clouds'
import { webConfig } from '@/lib/read/web-config'
import { webStore } from '@/lib/read/web-store'

export const dynamic = 'force-dynamic'

export const GET = (request: Request) => answerJson(request, () => readClouds(webStore(), webConfig(), Date.now()))
