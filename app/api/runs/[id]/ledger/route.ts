import { z } from 'zod'
import { answerJson } from '@/lib/read/answer'
import { readRunLedger } from '@/lib/read/runs-ledger'
import { webStore } from '@/lib/read/web-store'

export const dynamic = 'force-dynamic'

const Asked = z.strictObject({
  find: z.string().max(200).default(''),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})

export const GET = (request: Request, { params }: { readonly params: Promise<{ readonly id: string }> }) =>
  answerJson(request, async () => {
    const asked = Asked.parse(Object.fromEntries(new URL(request.url).searchParams))
    return readRunLedger(webStore(), { ...asked, runId: (await params).id }, Date.now())
  })
