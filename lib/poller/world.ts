import { type Objectives, objectiveSec } from '@/lib/domain/objective'
import type { PairName, SiteName } from '@/lib/domain/words'
import type { ClusterFacts } from '@/lib/ports/cluster'
import type { MirrorDaemon, PoolMirroring, SnapshotSchedule } from '@/lib/ports/mirror'
import type { CloudState } from './cloud-state'
import type { ImageState } from './image-state'

/** A site's clock against ours: site minus console, with half the round trip as its bound. Milliseconds. */
export interface SiteClock {
  readonly skewMs: number
  readonly boundMs: number
  /** False where it jumped since it was read last: then its times are not used. */
  readonly steady: boolean
}

export type SiteCondition = 'new' | 'ok' | 'failing' | 'silent'

export interface SiteState {
  readonly name: SiteName
  condition: SiteCondition
  lastOkAt: number | null
  silentSince: number | null
  error: string
  failures: number
  facts: ClusterFacts | null
  factsAt: number | null
  clock: SiteClock | null
  roundMs: number | null
  changed: boolean
}

/** One pool as one site tells it. */
export interface PoolState {
  readonly site: SiteName
  readonly pool: string
  pair: PairName | null
  peerSite: SiteName | null
  peerUuid: string
  mode: 'disabled' | 'image' | 'pool' | 'unknown'
  observedAt: number | null
  error: string
  images: number
  mirroring: PoolMirroring | null
  daemons: readonly MirrorDaemon[] | null
  schedules: readonly SnapshotSchedule[] | null
  slowAt: number | null
  sampledAt: number | null
  fastSampledAt: number | null
  unmirrored: number | null
  /** Counts the good readings since the start; 0: the rows are as they stood in the store. */
  readings: number
  /** Something that a screen shows has changed. */
  changed: boolean
  /** Only the times of sampling have moved. */
  ticked: boolean
  /** Journals were sampled since these times were made. */
  sampled: boolean
}

/** A pool of a pair, both sides on one row. */
export interface PairPool {
  readonly key: string
  readonly pair: PairName
  readonly pool: string
  readonly objectiveSec: number
  readonly images: Map<string, ImageState>
  /** Something that counts has changed since the last tally. */
  stale: boolean
}

/** All that the poller knows, in memory. The store is written from it, never read back while it runs. */
export interface World {
  readonly objectives: Objectives
  readonly sites: ReadonlyMap<SiteName, SiteState>
  /** By `site/pool`. */
  readonly poolStates: Map<string, PoolState>
  /** By `pair/pool`. */
  readonly pairPools: Map<string, PairPool>
  /** Clouds by their site; a site without one is not in it. */
  readonly clouds: Map<SiteName, CloudState>
  /** Images whose row, marks or samples are not in the store as they should be. */
  readonly dirty: Set<ImageState>
  readonly removed: Set<string>
}

export function newWorld(sites: readonly SiteName[], objectives: Objectives): World {
  return {
    objectives,
    sites: new Map(sites.map((name) => [name, newSite(name)])),
    poolStates: new Map(),
    pairPools: new Map(),
    clouds: new Map(),
    dirty: new Set(),
    removed: new Set(),
  }
}

const newSite = (name: SiteName): SiteState => ({
  name,
  condition: 'new',
  lastOkAt: null,
  silentSince: null,
  error: '',
  failures: 0,
  facts: null,
  factsAt: null,
  clock: null,
  roundMs: null,
  changed: true,
})

/** Throws for a site that is not configured: a mistake of ours, not of the outside. */
export function siteOf(world: World, name: SiteName): SiteState {
  const site = world.sites.get(name)
  if (site === undefined) throw new Error(`no site is called ${name}`)
  return site
}

export function poolState(world: World, site: SiteName, pool: string): PoolState {
  const key = `${site}/${pool}`
  const found = world.poolStates.get(key)
  if (found !== undefined) return found
  const made: PoolState = {
    site,
    pool,
    pair: null,
    peerSite: null,
    peerUuid: '',
    mode: 'unknown',
    observedAt: null,
    error: '',
    images: 0,
    mirroring: null,
    daemons: null,
    schedules: null,
    slowAt: null,
    sampledAt: null,
    fastSampledAt: null,
    unmirrored: null,
    readings: 0,
    changed: true,
    ticked: false,
    sampled: false,
  }
  world.poolStates.set(key, made)
  return made
}

export function pairPool(world: World, pair: PairName, pool: string): PairPool {
  const key = `${pair}/${pool}`
  const found = world.pairPools.get(key)
  if (found !== undefined) return found
  const seconds = objectiveSec(world.objectives, pair, pool)
  const made: PairPool = { key, pair, pool, objectiveSec: seconds, images: new Map(), stale: true }
  world.pairPools.set(key, made)
  return made
}

/** Pools that a site mirrors with a configured peer. */
export const pairedPoolsOf = (world: World, site: SiteName): PoolState[] =>
  [...world.poolStates.values()].filter((state) => state.site === site && state.pair !== null)

/**
 * A time that a site's clock gave, by the console's. The bound is taken off, so that a point held is never too new, and
 * nothing that was seen lies later than the look.
 */
export function toConsole(site: SiteState, time: number, seenAt: number): number {
  const { clock } = site
  return Math.min(seenAt, clock === null ? time : time - clock.skewMs - clock.boundMs)
}

/** The same; null where the site's clock was not compared yet or jumped: then its times say nothing. */
export const steadyToConsole = (site: SiteState, time: number | null, seenAt: number): number | null =>
  time === null || site.clock?.steady !== true ? null : toConsole(site, time, seenAt)
