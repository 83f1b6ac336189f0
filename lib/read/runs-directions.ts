import type { Store } from '@/lib/store/database'
import type { Direction, FailoverDirections } from '@/lib/views/failover-choices'
import { readSummaries } from './summaries'

/** By direction and pool, from the worker's summary rows: 100,000 images are never counted for a page. */
export async function readDirections(store: Store, now: number): Promise<FailoverDirections> {
  const { streams, 'pool-streams': pools } = await readSummaries(store)
  if (streams === null) return { now, directions: null }
  const directions = streams.map(
    ({ from, to, images, byVerdict, behindObjective, worstHeldUntilAt }): Direction => ({
      from,
      to,
      images,
      byVerdict,
      behindObjective,
      worstHeldUntilAt,
      pools: (pools ?? []).flatMap((one) =>
        one.from === from && one.to === to && one.pool !== null
          ? [
              {
                pool: one.pool,
                images: one.images,
                byVerdict: one.byVerdict,
                behindObjective: one.behindObjective,
                worstHeldUntilAt: one.worstHeldUntilAt,
              },
            ]
          : [],
      ),
    }),
  )
  return { now, directions }
}
