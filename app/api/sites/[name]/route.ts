import { answerJson } from '@/lib/read/answer'
import { readSite } from '@/lib/read/sites'
import { webConfig } from '@/lib/read/web-config'
import { webStore } from '@/lib/read/web-store'

export const dynamic = 'force-dynamic'

export const GET = (request: Request, { params }: { readonly params: Promise<{ readonly name: string }> }) =>
  answerJson(request, async () =>
    readSite(webStore(), webConfig(), decodeURIComponent((await params).name), Date.now()),
  )
