import type { Finding } from '@/lib/domain/plan'
import { oldPeers, oldPeerText, uuidsNow } from '@/lib/engine/steps/old-peers'
import { mirrorArgv } from '@/lib/ports/mirror'
import type { Ground, GroundDeps } from './ground'
import type { Shown } from './set-up-findings'

/** Peers by the name of the other site that are of an older one: they look set up, and nothing comes by them. */
export async function oldPeerFindings(
  { from, to, now }: Ground,
  pools: readonly string[],
  deps: Pick<GroundDeps, 'mirror'>,
  shown: Shown,
): Promise<readonly Finding[]> {
  const both = [from, to].flatMap(({ site, pools: there }) =>
    pools.filter((pool) => there.includes(pool)).map((pool) => ({ site, pool })),
  )
  const uuids = await uuidsNow(both, deps)
  return both.flatMap(({ site, pool }): readonly Finding[] => {
    const other = site === from.site ? to : from
    const [here, there] = [now(site, pool), now(other.site, pool)]
    if (here.kind === 'unknown' || there.kind === 'unknown') return []
    return oldPeers(here.value, there.value, uuids(other.site, pool), other.siteName).map(
      (peer): Finding => ({
        ...{ severity: 'blocks', check: 'peers', keys: [] },
        title: `Pool ${pool} at ${site} has the peer of an older ${other.site}`,
        evidence: oldPeerText(site, other.site, pool, peer),
        remedy: `Remove it, then look again: ${other.site} or its pool was made anew since, and it holds the keys and monitors of before.`,
        command: shown(site, mirrorArgv.peerRemove(pool, peer.uuid)),
      }),
    )
  })
}
