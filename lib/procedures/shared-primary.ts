import type { Finding } from '@/lib/domain/plan'
import type { SiteName } from '@/lib/domain/words'
import type { PoolMirroring } from '@/lib/ports/mirror'

/**
 * Ceph ends the mirroring of an image for every peer of its pool at once: where more than one is registered, the copies at
 * sites that nobody chose would be deleted too.
 */
export const sharedFindings = (
  pools: readonly Pick<PoolMirroring, 'pool' | 'peers'>[],
  from: SiteName,
  to: SiteName,
): readonly Finding[] =>
  pools.flatMap(({ pool, peers }): readonly Finding[] => {
    // One site may stand there twice: as what is pulled from, and as who pulls (ceph-facts 33).
    const sites = [...new Set(peers.map(({ siteName, mirrorUuid, uuid }) => siteName || mirrorUuid || uuid))]
    if (sites.length < 2) return []
    return [
      {
        ...({ severity: 'blocks', check: 'peers', command: '', keys: [] } as const),
        title: `${pool} at ${from} has ${sites.length} peers, and each of them would delete its copies`,
        evidence: `registered there: ${sites.join(', ')}`,
        remedy: `Remove the peers other than ${to} first; then only what was chosen is deleted.`,
      },
    ]
  })
