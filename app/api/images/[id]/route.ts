import { answerJson } from '@/lib/read/answer'
import { readImage } from '@/lib/read/image'
import { webStore } from '@/lib/read/web-store'

export const dynamic = 'force-dynamic'

/** The id holds slashes, so it comes encoded and is decoded here. */
export const GET = (request: Request, { params }: { readonly params: Promise<{ readonly id: string }> }) =>
  answerJson(request, async () => readImage(webStore(), decodeURIComponent((await params).id), Date.now()))
