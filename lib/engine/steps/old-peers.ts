import type { SiteName } from '@/lib/domain/words'
import { AdapterError } from '@/lib/ports/errors'
import { mirrorArgv, type PoolMirroring, type PoolPeer } from '@/lib/ports/mirror'
import type { StepContext } from '../step'
import { isPeerOf, pulls } from './pool-look'

/** The mirror uuid of a pool at a site; '' where it has none, or could not be read. */
type UuidsNow = (site: SiteName, pool: string) => string

/** Each pool once a site. */
export async function uuidsNow(
  asked: readonly { readonly site: SiteName; readonly pool: string }[],
  { mirror }: Pick<StepContext, 'mirror'>,
): Promise<UuidsNow> {
  const each = new Map(asked.map((one) => [`${one.site} ${one.pool}`, one]))
  const read = await Promise.all(
    [...each].map(async ([key, { site, pool }]): Promise<[string, string]> => {
      try {
        return [key, await mirror(site).mirrorUuid(pool)]
      } catch (error) {
        if (!(error instanceof AdapterError)) throw error
        return [key, '']
      }
    }),
  )
  const byKey = new Map(read)
  return (site, pool) => byKey.get(`${site} ${pool}`) ?? ''
}

/**
 * Peers to pull from that have the other site's name and are not it: that was rebuilt since, or its pool was, and the entry has the keys
 * and monitors of what was there before. Only where both uuids are told: a peer that nobody pulls for has none.
 */
export const oldPeers = (
  here: PoolMirroring,
  there: PoolMirroring,
  uuidThere: string,
  nameThere: string,
): readonly PoolPeer[] =>
  here.peers.filter(
    (peer) =>
      pulls(peer) &&
      isPeerOf(peer, nameThere, there) &&
      peer.mirrorUuid !== '' &&
      uuidThere !== '' &&
      peer.mirrorUuid !== uuidThere,
  )

export const oldPeerText = (site: SiteName, other: SiteName, pool: string, { uuid, mirrorUuid }: PoolPeer): string =>
  `the peer ${other} of pool ${pool} at ${site} is of an older ${other} (mirror uuid ${mirrorUuid}, which is another now): replace it, first ${mirrorArgv.peerRemove(pool, uuid).join(' ')} at ${site}`
