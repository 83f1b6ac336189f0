import { known, type Reading } from '@/lib/domain/reading'
import type { PoolMember } from '@/lib/domain/set-up'
import type { SiteName } from '@/lib/domain/words'
import { AdapterError } from '@/lib/ports/errors'
import type { PoolMirroring, PoolPeer } from '@/lib/ports/mirror'
import type { StepContext } from '../step'

/** A pool's mirroring at one site as it is now; what could not be read is unknown and spoils no other. */
export type PoolsNow = (site: SiteName, pool: string) => Reading<PoolMirroring>

/** Each pool once a site: `rbd mirror pool info` takes one pool. */
export async function poolsNow(
  asked: readonly { readonly site: SiteName; readonly pool: string }[],
  { mirror, clock }: Pick<StepContext, 'mirror' | 'clock'>,
): Promise<PoolsNow> {
  const each = new Map(asked.map((one) => [`${one.site} ${one.pool}`, one]))
  const read = await Promise.all(
    [...each].map(async ([key, { site, pool }]): Promise<[string, Reading<PoolMirroring>]> => {
      try {
        return [key, known(await mirror(site).poolMirroring(pool), clock.now())]
      } catch (error) {
        if (!(error instanceof AdapterError)) throw error
        return [key, { kind: 'unknown', reason: error.told }]
      }
    }),
  )
  const byKey = new Map(read)
  return (site, pool) => byKey.get(`${site} ${pool}`) ?? { kind: 'unknown', reason: 'not read' }
}

/** Both ends of each member's pool. */
export const bothEnds = (members: readonly PoolMember[]) =>
  members.flatMap(({ site, other, pool }) => [
    { site, pool },
    { site: other, pool },
  ])

/** Is it the other site's? By the name that mirroring has there, now or when the plan was made. */
export const isPeerOf = (peer: PoolPeer, nameThere: string, there: PoolMirroring | null): boolean =>
  peer.siteName !== '' && (peer.siteName === nameThere || peer.siteName === there?.siteName)

/** Does the site pull from this peer? */
export const pulls = ({ direction }: PoolPeer): boolean => direction !== 'tx-only'
