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
  pools
    .filter(({ peers }) => peers.length > 1)
    .map(({ pool, peers }): Finding => {
      const named = peers.map(({ siteName, clientName, uuid }) => siteName || clientName || uuid).join(', ')
      return {
        ...({ severity: 'blocks', check: 'peers', command: '', keys: [] } as const),
        title: `${pool} at ${from} has ${peers.length} peers, and each of them would delete its copies`,
        evidence: `registered there: ${named}`,
        remedy: `Remove the peers other than ${to} first; then only what was chosen is deleted.`,
      }
    })
