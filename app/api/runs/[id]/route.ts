import { z } from 'zod'
import { answerJson } from '@/lib/read/answer'
import { readRun } from '@/lib/read/runs-detail'
import { webConfig } from '@/lib/read/web-config'
import { webStore } from '@/lib/read/web-store'
import { shownCommand } from '../shown-command'

export const dynamic = 'force-dynamic'

const Asked = z.strictObject({
  step: z.coerce.number().int().min(0).optional(),
  find: z.string().max(200).default(''),
})

export const GET = (request: Request, { params }: { readonly params: Promise<{ readonly id: string }> }) =>
  answerJson(request, async () => {
    const { step, find } = Asked.parse(Object.fromEntries(new URL(request.url).searchParams))
    const asked = { runId: (await params).id, step: step ?? null, find }
    return readRun(webStore(), asked, webConfig().objectives.rto, await shownCommand(), Date.now())
  })
