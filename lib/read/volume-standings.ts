import { type AliasedSelectQueryBuilder, type SqlBool, sql } from 'kysely'
import type { VolumeStanding } from '@/lib/domain/cloud-exposure'
import { fate, type Parent } from '@/lib/domain/fate'
import { gradeNow, heldUntilOf } from '@/lib/domain/held'
import { isFresh } from '@/lib/domain/verdict-now'
import { type Grade, VERDICTS } from '@/lib/domain/verdict-words'
import { volumeStanding } from '@/lib/domain/volume-standing'
import { otherSite, sitesOf } from '@/lib/domain/words'
import { breath } from '@/lib/ports/slices'
import type { CloudVolumesTable } from '@/lib/store/cloud-tables'
import type { Store } from '@/lib/store/database'
import type { Moment } from './moment'

const ROWS_A_STEP = 500

export interface StandingVolume {
  readonly site: string
  readonly id: string
  readonly tenant: string
  readonly standing: VolumeStanding
}

/** How every volume of every cloud stands now, some hundred rows at a time: nobody else waits for a hundred thousand. */
export async function volumeStandings(store: Store, moment: Moment): Promise<StandingVolume[]> {
  const found = new Map<string, StandingVolume>()
  let after: { site: string; id: string } | null = null
  for (;;) {
    const rows: JoinedRow[] = await step(store, after)
    for (const row of rows) {
      const key = `${row.site}/${row.id}`
      // Two pairs may have images of one name: the pair of the cloud's own site is meant.
      if (found.has(key) && !(row.pair ?? '').split('~').includes(row.site)) continue
      found.set(key, { site: row.site, id: row.id, tenant: row.tenant, standing: standingOf(row, moment) })
    }
    const last = rows.at(-1)
    if (last === undefined) return [...found.values()]
    after = { site: last.site, id: last.id }
    await breath()
  }
}

type JoinedRow = Awaited<ReturnType<typeof step>>[number]

/** A volume as it stands now, and what failover_host would make of it. */
export interface VolumeNow {
  readonly standing: VolumeStanding
  /** Without its pool; null where no backend took it. */
  readonly backend: string | null
  readonly replicationStatus: string | null
}

/** How some volumes of one cloud stand now, by id: a few hundred at most in one go. Those that are not read are left out. */
export async function standingsOf(
  store: Store,
  moment: Moment,
  site: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, VolumeNow>> {
  const keys = store
    .selectFrom('cloud_volumes')
    .select(['site', 'id', 'tenant', 'rbd_pool', 'rbd_image', 'replication_status', 'backend'])
    .where('site', '=', site)
    .where('id', 'in', ids)
    .as('v')
  const found = new Map<string, VolumeNow>()
  for (const row of await joined(store, keys)) {
    if (found.has(row.id) && !(row.pair ?? '').split('~').includes(row.site)) continue
    const { backend, replication_status: replicationStatus } = row
    found.set(row.id, { standing: standingOf(row, moment), backend, replicationStatus })
  }
  return found
}

async function step(store: Store, after: { readonly site: string; readonly id: string } | null) {
  const keys = store
    .selectFrom('cloud_volumes')
    .select(['site', 'id', 'tenant', 'rbd_pool', 'rbd_image', 'replication_status', 'backend'])
    // As one value: "greater, or equal and then greater" would be looked for from the beginning at every step.
    .$if(after !== null, (q) => q.where(sql<SqlBool>`(site, id) > (${after?.site ?? ''}, ${after?.id ?? ''})`))
    .orderBy('site')
    .orderBy('id')
    .limit(ROWS_A_STEP)
    .as('v')
  return joined(store, keys)
}

type Keys = AliasedSelectQueryBuilder<
  Pick<CloudVolumesTable, 'site' | 'id' | 'tenant' | 'rbd_pool' | 'rbd_image' | 'replication_status' | 'backend'>,
  'v'
>

/** Volumes with their image and its parent, as stored. */
function joined(store: Store, keys: Keys) {
  return store
    .selectFrom(keys)
    .leftJoin('images as i', (join) =>
      join.onRef('i.name', '=', 'v.rbd_image').onRef('i.pool', '=', 'v.rbd_pool').on('i.namespace', '=', ''),
    )
    .leftJoin('images as p', (join) =>
      join
        .onRef('p.pair', '=', 'i.pair')
        .onRef('p.pool', '=', 'i.parent_pool')
        .onRef('p.name', '=', 'i.parent_name')
        .onRef('p.namespace', '=', 'i.parent_namespace'),
    )
    .select(['v.site', 'v.id', 'v.tenant', 'v.rbd_pool', 'v.replication_status', 'v.backend'])
    .select(['i.pair', 'i.pool', 'i.verdict', 'i.primary_site', 'i.caught_up', 'i.sampled', 'i.held_until_at'])
    .select(['i.held_grade', 'i.objective_sec', 'i.parent_name', 'i.parent_mirrored'])
    .select(['p.verdict as parent_verdict', 'p.primary_site as parent_primary', 'p.held_until_at as parent_held'])
    .orderBy('v.site')
    .orderBy('v.id')
    .execute()
}

const verdictOf = (word: string | null) => VERDICTS.find((verdict) => verdict === word) ?? 'unknown'

interface FateView {
  readonly verdict: ReturnType<typeof verdictOf>
  readonly primarySite: string | null
  readonly heldUntilAt: number | null
  readonly parent: Parent<FateView>
}

function standingOf(row: JoinedRow, { readings, now }: Moment): VolumeStanding {
  const { site, replication_status: replicationStatus, pair, pool, rbd_pool } = row
  const poolRead = rbd_pool !== null && isFresh(readings.read(site, rbd_pool), now)
  if (pair === null || pool === null) return volumeStanding({ replicationStatus, poolRead, image: null })
  const [left, right] = sitesOf(pair).map((side) => readings.read(side, pool)) as [Read, Read]
  const primarySite = row.primary_site
  const grade = (row.held_grade ?? 'unknown') as Grade
  const held = { caughtUp: row.caught_up === 1, sampled: row.sampled === 1, untilAt: row.held_until_at, grade }
  const times = primarySite === null ? null : readings.pulse(primarySite, pool)
  const untilAt = heldUntilOf(held, times)
  const view = { verdict: verdictOf(row.verdict), primarySite, heldUntilAt: untilAt, parent: parentOf(row) }
  const copies = primarySite === null ? [left, right] : [readings.read(otherSite(pair, primarySite), pool)]
  return volumeStanding({
    replicationStatus,
    poolRead,
    image: {
      fate: fate<FateView>(view, ({ parent }) => parent),
      copyRead: copies.every((read) => isFresh(read, now)),
      untilAt,
      objectiveSec: row.objective_sec ?? 0,
      grade: gradeNow(grade, left, right, now),
    },
  })
}

type Read = ReturnType<Moment['readings']['read']>

/** One step up: what stands above the parent is in the parent's own row. */
function parentOf(row: JoinedRow): Parent<FateView> {
  if (row.parent_name === null) return { kind: 'none' }
  if (row.parent_mirrored === 0) return { kind: 'not-mirrored' }
  if (row.parent_verdict === null) return { kind: 'not-read' }
  const image: FateView = {
    verdict: verdictOf(row.parent_verdict),
    primarySite: row.parent_primary,
    heldUntilAt: row.parent_held,
    parent: { kind: 'none' },
  }
  return { kind: 'mirrored', image }
}
