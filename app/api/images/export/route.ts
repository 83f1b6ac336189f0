import { answerJson } from '@/lib/read/answer'
import { imagesCsv } from '@/lib/read/images-csv'
import { readMoment } from '@/lib/read/moment'
import { webConfig } from '@/lib/read/web-config'
import { webStore } from '@/lib/read/web-store'
import { ImagesFilter } from '@/lib/views/images-filter'

export const dynamic = 'force-dynamic'

export async function GET(request: Request): Promise<Response> {
  const asked = ImagesFilter.safeParse(Object.fromEntries(new URL(request.url).searchParams))
  // Refused in the words that every other read route has.
  if (!asked.success) return answerJson(request, () => Promise.reject(asked.error))
  const now = Date.now()
  const store = webStore()
  const csv = imagesCsv(store, asked.data, await readMoment(store, webConfig(), now))
  const stamp = new Date(now).toISOString().slice(0, 19).replaceAll(':', '')
  return new Response(csv, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="antipode-images-${stamp}Z.csv"`,
      'cache-control': 'no-store, no-transform',
    },
  })
}
