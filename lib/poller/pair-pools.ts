import { type Pairing, type PairingView, pairingOf } from '@/lib/domain/pairing'
import type { PoolState, World } from './world'

/**
 * Finds again which site each pool is mirrored with, after a site has told something new of its pools. Says whether
 * anything changed.
 */
export function pairAgain(world: World): boolean {
  let changed = false
  for (const state of world.poolStates.values()) {
    if (state.mirroring === null) continue
    const paired = state.mode === 'disabled' ? null : pairingFor(world, state)
    const pair = paired?.pair ?? null
    state.peerUuid = paired?.peerUuid ?? ''
    if (state.pair === pair) continue
    leave(world, state)
    state.pair = pair
    state.peerSite = paired?.peerSite ?? null
    state.changed = true
    changed = true
  }
  return changed
}

/** By its own peers; where it has none (copying one way), by the one that has it as its peer. */
function pairingFor(world: World, state: PoolState): Pairing | null {
  const views = viewsOf(world, state.pool)
  const here = viewOf(state)
  const own = pairingOf(here, views)
  if (own !== null || here.peers.length > 0) return own
  const others = views.flatMap((view) => {
    const theirs = view.site === state.site ? null : pairingOf(view, views)
    return theirs?.peerSite === state.site ? [{ pair: theirs.pair, peerSite: view.site, peerUuid: '' }] : []
  })
  return others.length === 1 ? (others[0] ?? null) : null
}

/** A pool that is mirrored with another site, or not any more, has no images in its former pair. */
function leave(world: World, state: PoolState): void {
  const pool = state.pair === null ? undefined : world.pairPools.get(`${state.pair}/${state.pool}`)
  const other = world.poolStates.get(`${state.peerSite}/${state.pool}`)
  if (pool === undefined || other?.pair === state.pair) return
  for (const image of pool.images.values()) {
    world.dirty.delete(image)
    if (image.stored !== null) world.removed.add(image.id)
  }
  world.pairPools.delete(pool.key)
}

const viewOf = (state: PoolState): PairingView => ({
  site: state.site,
  reportedName: state.mirroring?.siteName ?? '',
  peers: state.mirroring?.peers ?? [],
})

/** What every site says of the pool of this name; a site that has not told yet stands there with its name alone. */
function viewsOf(world: World, pool: string): PairingView[] {
  return [...world.sites.keys()].map((site) => {
    const state = world.poolStates.get(`${site}/${pool}`)
    return state === undefined ? { site, reportedName: '', peers: [] } : viewOf(state)
  })
}
