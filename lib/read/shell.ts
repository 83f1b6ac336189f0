import type { Config } from '@/lib/config/config'
import { roleOf } from '@/lib/config/role'
import type { Runtime } from '@/lib/config/runtime'
import type { Store } from '@/lib/store/database'
import { openOutages } from '@/lib/store/outages'
import { openSuspensions } from '@/lib/store/suspensions'
import { type PoolPulse, type ShellView, SITE_STATES, type SitePulse } from '@/lib/views/shell'
import { cloudSites } from './cloud-sites'
import { readSummaries } from './summaries'

const LIVE = ['queued', 'running', 'waiting', 'paused']

/** What stands around every screen: sites and whether they answer, how many images, live runs. */
export async function readShell(store: Store, config: Runtime, now: number): Promise<ShellView> {
  const [sites, pools, summaries, live, suspensions, outages, clouds] = await Promise.all([
    readPulses(store, config),
    readPoolPulses(store),
    readSummaries(store),
    store
      .selectFrom('runs')
      .select((e) => e.fn.countAll<number>().as('runs'))
      .where('state', 'in', LIVE)
      .executeTakeFirst(),
    openSuspensions(store),
    openOutages(store),
    cloudSites(store, config),
  ])
  return {
    now,
    name: config.name,
    demo: config.demo,
    role: roleOf(),
    rpoSec: config.objectives.rpo,
    rtoSec: config.objectives.rto,
    sites,
    pools,
    images: summaries.counts?.images ?? null,
    liveRuns: live?.runs ?? 0,
    clouds,
    stated: { suspensions: [...suspensions], outages: [...outages] },
  }
}

/** Every configured site, in the order of the configuration: one that was never read is `new`. */
export async function readPulses(store: Store, config: Config): Promise<SitePulse[]> {
  const rows = await store
    .selectFrom('sites')
    .select(['name', 'state', 'last_ok_at', 'silent_since', 'error', 'round_ms'])
    .execute()
  return config.sites.map(({ name }) => {
    const row = rows.find((candidate) => candidate.name === name)
    return {
      name,
      state: SITE_STATES.find((state) => state === row?.state) ?? 'new',
      lastOkAt: row?.last_ok_at ?? null,
      silentSince: row?.silent_since ?? null,
      error: row?.error ?? '',
      roundMs: row?.round_ms ?? null,
    }
  })
}

/** When each pool was last read and sampled at each site. */
export async function readPoolPulses(store: Store): Promise<PoolPulse[]> {
  const rows = await store
    .selectFrom('pool_readings')
    .select(['site', 'pool', 'pair', 'observed_at as observedAt', 'sampled_at as sampledAt'])
    .select('fast_sampled_at as fastSampledAt')
    .orderBy('site')
    .orderBy('pool')
    .execute()
  return rows
}
