import type { Config } from '@/lib/config/config'
import type { Store } from '@/lib/store/database'
import type { PoolReadingsTable } from '@/lib/store/inventory-tables'
import {
  ClusterFactsSchema,
  DaemonsSchema,
  MirroringSchema,
  type PoolView,
  SchedulesSchema,
  type SitePage,
  type SitesView,
  type SiteView,
} from '@/lib/views/site'
import { ReadRefusal } from './read-errors'
import { readPulses } from './shell'
import { parsed } from './stored-json'
import { readSummaries } from './summaries'

const MODES = ['disabled', 'image', 'pool'] as const

/** Every configured site with all that was read of it. */
export async function readSites(store: Store, config: Config, now: number): Promise<SitesView> {
  const [pulses, rows, readings, summaries] = await Promise.all([
    readPulses(store, config),
    store.selectFrom('sites').selectAll().execute(),
    store.selectFrom('pool_readings').selectAll().orderBy('pool').execute(),
    readSummaries(store),
  ])
  const sites = pulses.map((pulse): SiteView => {
    const row = rows.find(({ name }) => name === pulse.name)
    const skewMs = row?.clock_skew_ms ?? null
    return {
      ...pulse,
      failures: row?.failures ?? 0,
      look: lookCommand(config, pulse.name),
      facts: parsed(ClusterFactsSchema, row?.facts_json ?? null),
      factsAt: row?.facts_at ?? null,
      clock: skewMs === null ? null : { skewMs, boundMs: row?.clock_bound_ms ?? 0 },
      pools: readings.filter(({ site }) => site === pulse.name).map(poolView),
    }
  })
  return { now, sites, streams: summaries['pool-streams'] }
}

/** One site, and those that it is paired with. */
export async function readSite(store: Store, config: Config, name: string, now: number): Promise<SitePage> {
  const view = await readSites(store, config, now)
  const site = view.sites.find((candidate) => candidate.name === name)
  if (site === undefined) throw new ReadRefusal(404, `no site is called ${name}`, 'sites are named in antipode.yaml')
  const peers = new Set(site.pools.flatMap(({ peerSite }) => peerSite ?? []))
  return {
    site: name,
    now,
    sites: view.sites.filter((other) => other.name === name || peers.has(other.name)),
    streams: view.streams?.filter(({ from, to }) => from === name || to === name) ?? null,
  }
}

/** `timeout 10 ceph … -s` behind the site's own prefix. Ceph alone would wait five minutes for a dead cluster. */
function lookCommand(config: Config, name: string): string {
  const site = config.sites.find((candidate) => candidate.name === name)
  if (site === undefined) return ''
  const { conf, user, keyring, exec } = site.ceph
  const key = keyring === undefined ? [] : ['--keyring', keyring]
  return [...exec, 'timeout', '10', 'ceph', '--conf', conf, '--name', `client.${user}`, ...key, '-s'].join(' ')
}

const poolView = (row: PoolReadingsTable): PoolView => ({
  pool: row.pool,
  pair: row.pair,
  peerSite: row.peer_site,
  mode: MODES.find((mode) => mode === row.mode) ?? 'unknown',
  observedAt: row.observed_at,
  slowAt: row.slow_at,
  error: row.error,
  images: row.images,
  unmirrored: row.unmirrored,
  mirroring: parsed(MirroringSchema, row.mirroring_json),
  daemons: parsed(DaemonsSchema, row.daemons_json),
  schedules: parsed(SchedulesSchema, row.schedules_json),
})
