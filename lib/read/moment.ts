import type { Config } from '@/lib/config/config'
import type { VolumeType } from '@/lib/domain/cloud'
import { typeObjective } from '@/lib/domain/cloud-objective'
import { isFresh } from '@/lib/domain/verdict-now'
import type { Store } from '@/lib/store/database'
import { type Readings, readingsOf, stalePools } from '@/lib/views/readings'
import { readPoolPulses, readPulses } from './shell'

/** A pool whose last sample is older than an objective: there even what is caught up is behind by now. */
export interface OldSample {
  readonly site: string
  readonly pool: string
  readonly sampled: 0 | 1
  readonly at: number
}

/** What makes a stored row say something else now than when it was written. A few dozen rows, read once a request. */
export interface Moment {
  readonly now: number
  /** `PAIR/POOL` of pools of which a side is too old to be relied on. */
  readonly stale: readonly string[]
  /** `SITE/POOL` of pools that are not read there any more. */
  readonly dark: readonly string[]
  readonly old: readonly OldSample[]
  readonly readings: Readings
}

export async function readMoment(store: Store, config: Config, now: number): Promise<Moment> {
  const [sites, pools] = await Promise.all([readPulses(store, config), readPoolPulses(store)])
  // A sample that is younger than the smallest objective makes no image late.
  const ofPools = Object.values(config.pools).map((pool) => pool.rpo)
  const leastSec = Math.min(
    config.objectives.rpo,
    ...ofPools,
    ...(await typeObjectives(store)),
    ...(await groupRpos(store)),
  )
  const isOld = (at: number | null): at is number => at !== null && now - at > leastSec * 1000
  const readings = readingsOf({ sites, pools })
  return {
    now,
    stale: stalePools({ sites, pools }, now),
    dark: pools.flatMap(({ site, pool }) => (isFresh(readings.read(site, pool), now) ? [] : [`${site}/${pool}`])),
    readings,
    old: pools.flatMap(({ site, pool, sampledAt, fastSampledAt }) => {
      const fast = fastSampledAt ?? sampledAt
      return [
        ...(isOld(sampledAt) ? [{ site, pool, sampled: 0, at: sampledAt } as const] : []),
        ...(isOld(fast) ? [{ site, pool, sampled: 1, at: fast } as const] : []),
      ]
    }),
  }
}

/** Objectives that volume types of clouds carry, seconds. */
async function typeObjectives(store: Store): Promise<number[]> {
  const rows = await store.selectFrom('cloud_readings').select('json').where('kind', '=', 'types').execute()
  const types = rows.flatMap(({ json }) => (json === null ? [] : (JSON.parse(json) as VolumeType[])))
  return types.flatMap((type) => {
    const found = typeObjective(type)
    return found.kind === 'set' ? [found.sec] : []
  })
}

/** The shortest RPO of all groups, seconds; none where no group has one. */
async function groupRpos(store: Store): Promise<number[]> {
  const row = await store
    .selectFrom('protection_groups')
    .select((e) => e.fn.min('rpo_sec').as('least'))
    .executeTakeFirst()
  return row?.least == null ? [] : [row.least]
}
