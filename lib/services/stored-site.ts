import type { Grade } from '@/lib/domain/verdict-words'
import type { SiteName } from '@/lib/domain/words'
import type { ClusterFacts } from '@/lib/ports/cluster'
import type { SnapshotSchedule } from '@/lib/ports/mirror'
import type { Store } from '@/lib/store/database'
import type { StoredHeld } from './held-now'
import type { Row } from './prepare-failover'

/** What was known of a site that may be lost now: all of it as it was last read there. */
export async function lostSite(store: Store, site: SiteName) {
  const [row, pools] = await Promise.all([
    store.selectFrom('sites').select(['state', 'last_ok_at', 'facts_json']).where('name', '=', site).executeTakeFirst(),
    store.selectFrom('pool_readings').select('schedules_json').where('site', '=', site).execute(),
  ])
  const facts = row?.facts_json == null ? null : (JSON.parse(row.facts_json) as ClusterFacts)
  const schedules = pools.flatMap(({ schedules_json }) =>
    schedules_json === null ? [] : (JSON.parse(schedules_json) as SnapshotSchedule[]),
  )
  return {
    lastHeardAt: row?.last_ok_at ?? null,
    silent: row?.state === 'silent',
    monAddresses: facts?.monAddresses ?? [],
    // Each pool keeps what is in force in it, so that of the whole cluster stands there once a pool.
    schedules: [...new Map(schedules.map((one) => [JSON.stringify(one), one])).values()],
  }
}

/** Free bytes by pool, as last read. */
export async function roomAt(store: Store, site: SiteName): Promise<ReadonlyMap<string, number>> {
  const row = await store.selectFrom('sites').select('facts_json').where('name', '=', site).executeTakeFirst()
  const facts = row?.facts_json == null ? null : (JSON.parse(row.facts_json) as ClusterFacts)
  return new Map((facts?.pools ?? []).map(({ name, availableBytes }) => [name, availableBytes]))
}

/** What the poller knew of what the copies hold, and how far the site's clock leads ours at most. */
export async function storedHeld(store: Store, from: SiteName, rows: readonly Row[]) {
  const [site, pools] = await Promise.all([
    store.selectFrom('sites').select(['clock_skew_ms', 'clock_bound_ms']).where('name', '=', from).executeTakeFirst(),
    store.selectFrom('pool_readings').select(['pool', 'sampled_at']).where('site', '=', from).execute(),
  ])
  const sampledAt = new Map(pools.map(({ pool, sampled_at }) => [pool, sampled_at]))
  const stored = new Map(
    rows.map((row): [string, StoredHeld] => [
      row.id,
      {
        heldUntilAt: row.caught_up === 1 ? (sampledAt.get(row.pool) ?? row.held_until_at) : row.held_until_at,
        grade: row.held_grade as Grade,
        text: row.held_text,
      },
    ]),
  )
  // Taking the bound off as well makes the point held earlier, the claim of loss larger: the safe side.
  return { stored, skewMs: (site?.clock_skew_ms ?? 0) + (site?.clock_bound_ms ?? 0) }
}
