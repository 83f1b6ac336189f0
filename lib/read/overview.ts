import { z } from 'zod'
import type { Config } from '@/lib/config/config'
import type { Store } from '@/lib/store/database'
import type { MapSite, OverviewView } from '@/lib/views/overview'
import { readPulses } from './shell'
import { readSummaries } from './summaries'

const Facts = z.object({ fsid: z.string(), version: z.string(), health: z.object({ status: z.string() }) })
const Daemons = z.array(z.object({ instanceId: z.string(), health: z.string() }))

export async function readOverview(store: Store, config: Config, now: number): Promise<OverviewView> {
  const [sites, summaries, pairs] = await Promise.all([
    readMapSites(store, config),
    readSummaries(store),
    store.selectFrom('pool_readings').select('pair').distinct().where('pair', 'is not', null).execute(),
  ])
  return {
    now,
    rpoSec: config.objectives.rpo,
    sites,
    pairs: pairs.flatMap((row) => row.pair ?? []),
    ifLost: summaries['if-lost'],
    streams: summaries.streams,
    poolStreams: summaries['pool-streams'],
    attention: summaries.attention,
    counts: summaries.counts,
  }
}

async function readMapSites(store: Store, config: Config): Promise<MapSite[]> {
  const [pulses, facts, daemons] = await Promise.all([
    readPulses(store, config),
    store.selectFrom('sites').select(['name', 'facts_json']).execute(),
    store.selectFrom('pool_readings').select(['site', 'daemons_json']).where('daemons_json', 'is not', null).execute(),
  ])
  return pulses.map((pulse) => {
    const json = facts.find((row) => row.name === pulse.name)?.facts_json ?? null
    const read = json === null ? null : (Facts.safeParse(JSON.parse(json)).data ?? null)
    return {
      ...pulse,
      fsid: read?.fsid ?? null,
      version: read?.version ?? null,
      health: read?.health.status ?? null,
      daemons: countDaemons(daemons.filter((row) => row.site === pulse.name).map((row) => row.daemons_json ?? '[]')),
    }
  })
}

/** Each pool of a site names the daemons that serve it: most serve several, so they are told apart by instance. */
function countDaemons(lists: readonly string[]): MapSite['daemons'] {
  if (lists.length === 0) return null
  const well = new Map<string, boolean>()
  for (const list of lists) {
    for (const daemon of Daemons.safeParse(JSON.parse(list)).data ?? []) {
      well.set(daemon.instanceId, (well.get(daemon.instanceId) ?? true) && daemon.health === 'OK')
    }
  }
  return { well: [...well.values()].filter(Boolean).length, total: well.size }
}
