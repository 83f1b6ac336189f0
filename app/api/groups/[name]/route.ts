import { answerJson } from '@/lib/read/answer'
import { readGroup } from '@/lib/read/groups'
import { readMoment } from '@/lib/read/moment'
import { webConfig } from '@/lib/read/web-config'
import { webStore } from '@/lib/read/web-store'

export const dynamic = 'force-dynamic'

interface Context {
  readonly params: Promise<{ readonly name: string }>
}

export const GET = (request: Request, { params }: Context) =>
  answerJson(request, async () => {
    const [store, config] = [webStore(), webConfig()]
    return readGroup(
      store,
      config,
      decodeURIComponent((await params).name),
      await readMoment(store, config, Date.now()),
    )
  })
