import type { SiteView } from '@/lib/domain/attention'
import type { Lane } from '@/lib/domain/if-lost'
import type { PoolState, SiteState, World } from './world'

/** A site as the list of what needs a hand sees it. */
export function siteView(world: World, site: SiteState, lanes: readonly Lane[]): SiteView {
  const states = [...world.poolStates.values()].filter((state) => state.site === site.name)
  const receives = new Set(
    lanes.filter(({ tally }) => tally.to === site.name && tally.images > 0).map(({ tally }) => tally.pool),
  )
  return {
    name: site.name,
    condition: site.condition,
    silentSince: site.silentSince,
    error: site.error,
    skewMs: site.clock?.skewMs ?? null,
    poolsWithoutDaemon: states.filter((state) => receives.has(state.pool) && !hasDaemon(state)).map((s) => s.pool),
    unpairedPools: states.filter(isUnpaired).map((state) => state.pool),
  }
}

/** Not read yet is not "none". */
const hasDaemon = (state: PoolState): boolean =>
  state.daemons === null || state.daemons.some((daemon) => daemon.health !== 'ERROR')

const isUnpaired = (state: PoolState): boolean =>
  (state.mode === 'image' || state.mode === 'pool') &&
  state.pair === null &&
  state.mirroring !== null &&
  state.mirroring.peers.length > 0
