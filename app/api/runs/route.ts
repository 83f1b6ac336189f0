import { z } from 'zod'
import { answerJson } from '@/lib/read/answer'
import { readRuns } from '@/lib/read/runs'
import { webStore } from '@/lib/read/web-store'

export const dynamic = 'force-dynamic'

const Asked = z.strictObject({ past: z.coerce.number().int().min(0).max(1_000).default(100) })

export const GET = (request: Request) =>
  answerJson(request, async () => {
    const { past } = Asked.parse(Object.fromEntries(new URL(request.url).searchParams))
    return readRuns(webStore(), past, Date.now())
  })
