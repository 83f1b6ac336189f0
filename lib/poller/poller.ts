import { setMaxListeners } from 'node:events'
import type { Config } from '@/lib/config/config'
import type { SiteName } from '@/lib/domain/words'
import type { Clock } from '@/lib/ports/clock'
import type { CloudPort } from '@/lib/ports/cloud'
import type { CloudEstate } from '@/lib/ports/cloud-estate'
import type { ClusterPort } from '@/lib/ports/cluster'
import type { MirrorPort } from '@/lib/ports/mirror'
import { loadCloud } from '@/lib/store/cloud'
import { forgetOtherClouds } from '@/lib/store/cloud-write'
import type { Store } from '@/lib/store/database'
import { loadGroups } from '@/lib/store/groups'
import { forgetOtherSites, loadInventory } from '@/lib/store/inventory'
import { groupRpos, resolvedNow } from './cloud-groups'
import { objectivesOf } from './cloud-objectives'
import { type CloudRunner, runCloud } from './cloud-runner'
import { type CloudState, loadCloudState, newCloud } from './cloud-state'
import { runKeeper } from './keeper-loop'
import { loadWorld } from './load-world'
import { createSaver, type Saver } from './saver'
import type { PollerLog } from './site-context'
import { runSite, type SiteRunner } from './site-runner'
import type { ImageCount } from './slow-job'
import { siteOf, type World } from './world'

export interface PollerInput {
  readonly config: Pick<Config, 'objectives' | 'pools' | 'sampling' | 'sites'>
  readonly mirror: (site: SiteName) => MirrorPort
  readonly cluster: (site: SiteName) => ClusterPort
  /** Counts all images of a pool, mirrored or not. Without it nobody knows how many are not mirrored. */
  readonly imageCount?: (site: SiteName) => ImageCount
  /** The cloud of a site; null where it has none. Without it no cloud is read. */
  readonly cloud?: (site: SiteName) => CloudPort | null
  readonly estate?: (site: SiteName) => Pick<CloudEstate, 'stacks' | 'stackResources'> | null
  readonly store: Store
  readonly clock: Clock
  readonly log: PollerLog
}

export interface Poller {
  /** Loads what is known and begins to read. */
  start(): Promise<void>
  /** Writes what is in memory and ends. Calls that hang are not waited for; their answers are not used. */
  stop(): Promise<void>
  /** After a change at a site: resolves when all its pools have been read anew, or after ten seconds. */
  refreshNow(site: SiteName): Promise<void>
}

const REFRESH_LIMIT_MS = 10_000

interface Running {
  readonly world: World
  readonly saver: Saver
  readonly runners: ReadonlyMap<SiteName, SiteRunner>
  readonly clouds: ReadonlyMap<SiteName, CloudRunner>
  readonly end: AbortController
  readonly keeper: Promise<void>
}

/** Reads every configured site, each at its own pace: a dead one never slows a living one. */
export function createPoller(input: PollerInput): Poller {
  let running: Running | null = null
  return {
    async start() {
      running ??= await begin(input)
    },
    async stop() {
      const ended = running
      running = null
      if (ended === null) return
      ended.end.abort()
      await ended.keeper
      await ended.saver.flushAll()
    },
    async refreshNow(site) {
      if (running === null) return
      running.clouds.get(site)?.soon()
      await running.runners.get(site)?.refresh(REFRESH_LIMIT_MS)
      await running.saver.flushNow()
    },
  }
}

async function begin(input: PollerInput): Promise<Running> {
  const { config, mirror, cluster, imageCount, store, clock, log } = input
  const names = config.sites.map((site) => site.name)
  const pools = Object.fromEntries(Object.entries(config.pools).map(([name, { rpo }]) => [name, rpo]))
  const objectives = { defaultSec: config.objectives.rpo, pools }
  await forgetOtherSites(store, names)
  const ports = new Map(
    names.flatMap((name) => {
      const port = input.cloud?.(name) ?? null
      return port === null ? [] : [[name, port] as const]
    }),
  )
  const states = await loadClouds(store, config, [...ports.keys()])
  const world = loadWorld(names, objectives, await loadInventory(store), states)
  const end = new AbortController()
  // Each lane, watchdog and keeper of each site hears of the end.
  setMaxListeners(0, end.signal)
  const saver = createSaver(world, store, clock, log, end.signal)
  const runner = (name: SiteName): SiteRunner =>
    runSite({
      context: {
        world,
        site: siteOf(world, name),
        mirror: mirror(name),
        cluster: cluster(name),
        clock,
        log,
        cpuShare: config.sampling.cpuPercent / 100,
      },
      images: imageCount?.(name) ?? null,
      onWork: () => saver.nudge(),
      onSilent: () => void saver.flushAll(),
      signal: end.signal,
    })
  const runners = new Map(names.map((name) => [name, runner(name)]))
  const clouds = new Map(
    states.map((state) => {
      const cloud = ports.get(state.site) as CloudPort
      const estate = input.estate?.(state.site) ?? null
      const context = { world, state, cloud, estate, cluster, store, clock, log }
      return [state.site, runCloud({ context, onWork: () => saver.nudge(), signal: end.signal })]
    }),
  )
  return { world, saver, runners, clouds, end, keeper: runKeeper(world, store, clock, log, end.signal) }
}

/** Clouds as they were when the poller stopped; what is known of others goes. */
async function loadClouds(
  store: Store,
  config: PollerInput['config'],
  sites: readonly SiteName[],
): Promise<CloudState[]> {
  await forgetOtherClouds(store, sites)
  const states: CloudState[] = []
  for (const site of sites) {
    const backends = config.sites.find(({ name }) => name === site)?.openstack?.backends ?? {}
    const state = loadCloudState(newCloud(site, backends), await loadCloud(store, site))
    state.groupRpos = await groupRpos(await resolvedNow(state, await loadGroups(store, state.site)))
    states.push({ ...state, objectives: objectivesOf(state) })
  }
  return states
}
