import type { MirrorPort, PoolMirroring } from '@/lib/ports/mirror'

/**
 * What the rbd-mirrors of the other sites log in as at a site, for one of its pools: a person may have made that user under
 * any name, and the pool of the other site says which. With three sites the peer has to be named as this one calls itself.
 * A site that does not answer names nobody: then its rbd-mirror counts as a client, which waits and harms nothing.
 */
export const peerEntities =
  (own: () => MirrorPort, others: () => readonly MirrorPort[]) =>
  async (pool: string): Promise<readonly string[]> => {
    const [here, ...there] = await Promise.allSettled([own(), ...others()].map((port) => port.poolMirroring(pool)))
    if (here?.status !== 'fulfilled') return []
    const isThis = ({ siteName, direction }: PoolMirroring['peers'][number]) =>
      direction !== 'tx-only' && (there.length === 1 || siteName === here.value.siteName)
    return there.flatMap((one) =>
      one.status === 'fulfilled' ? one.value.peers.filter(isThis).map(({ clientName }) => clientName) : [],
    )
  }
