import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import { pairOf } from '@/lib/domain/words'
import type { Store, Tables } from '@/lib/store/database'
import type { ImagesFilter } from '@/lib/views/images-filter'

type Builder = ExpressionBuilder<Tables, 'images'>
export type Condition = (builder: Builder) => Expression<SqlBool>

/** Pools whose last sample is older than an objective: there even what is caught up is behind by now. */
interface OldSample {
  readonly site: string
  readonly pool: string
  readonly ageSec: number
}

export interface Moment {
  readonly now: number
  /** The smallest objective there is: a sample that is younger makes no image late. */
  readonly leastSec: number
}

/** The filter as a condition over `images`. Reads the few pool readings that "behind objective" needs. */
export async function conditionOf(store: Store, filter: ImagesFilter, moment: Moment): Promise<Condition> {
  const { now, leastSec } = moment
  const old = filter.late === '1' ? await oldSamples(store, now, leastSec) : []
  return (e) => {
    const all: Expression<SqlBool>[] = []
    if (filter.verdict.length > 0) all.push(e('verdict', 'in', filter.verdict))
    if (filter.mode !== '') all.push(e('mode', '=', filter.mode))
    if (filter.pool !== '') all.push(e('pool', '=', filter.pool))
    if (filter.parent === 'missing') all.push(e('parent_mirrored', '=', 0))
    if (filter.q !== '') all.push(matches(e, filter.q))
    if (filter.late === '1') all.push(isLate(e, old, now))
    all.push(...direction(e, filter))
    return e.and(all)
  }
}

/**
 * `coalesce` keeps the planner from the index of names: almost every image is of one of a few pairs, and fetching
 * 100,000 rows one by one through an index takes five times as long as reading the table. With a pool the index pays.
 */
function direction(e: Builder, filter: ImagesFilter): Expression<SqlBool>[] {
  const { from, to, pool } = filter
  const all: Expression<SqlBool>[] = []
  if (from !== '') all.push(e('primary_site', '=', from))
  if (from !== '' && to !== '') {
    const pair = pairOf(from, to)
    all.push(pool === '' ? sql<SqlBool>`coalesce(pair, '') = ${pair}` : e('pair', '=', pair))
  } else if (to !== '') {
    // To a site from anywhere: primary at the other site of one of its pairs.
    all.push(
      e.or([e('pair', 'like', `${like(to)}~%`), e('pair', 'like', `%~${like(to)}`)]),
      e('primary_site', '!=', to),
    )
  }
  return all
}

/** By name, by `pool/name`, and by global id where it looks like a part of one. */
function matches(e: Builder, q: string): Expression<SqlBool> {
  const slash = q.indexOf('/')
  if (slash > 0) {
    const rest = q.slice(q.lastIndexOf('/') + 1)
    return e.and([e('pool', '=', q.slice(0, slash)), e('name', 'like', `%${like(rest)}%`)])
  }
  const byName = e('name', 'like', `%${like(q)}%`)
  // The row id ends in the global id, and the index of names holds both: no row is fetched for a look.
  return /^[0-9a-f][0-9a-f-]{3,}$/i.test(q) ? e.or([byName, e('id', 'like', `%${like(q)}%`)]) : byName
}

/** A reader types names, not patterns. Underscores are left: SQLite's LIKE has no escape of its own, and one character is no harm. */
const like = (text: string): string => text.replaceAll('%', '')

function isLate(e: Builder, old: readonly OldSample[], now: number): Expression<SqlBool> {
  const byRow = e('breach_at', '<=', now)
  const byPool = old.map(({ site, pool, ageSec }) =>
    e.and([
      e('caught_up', '=', 1),
      e('pool', '=', pool),
      e('primary_site', '=', site),
      e('objective_sec', '<', Math.floor(ageSec)),
    ]),
  )
  return byPool.length === 0 ? byRow : e.or([byRow, ...byPool])
}

async function oldSamples(store: Store, now: number, leastSec: number): Promise<OldSample[]> {
  const rows = await store.selectFrom('pool_readings').select(['site', 'pool', 'sampled_at']).execute()
  return rows.flatMap((row) => {
    const ageSec = row.sampled_at === null ? 0 : (now - row.sampled_at) / 1000
    return ageSec > leastSec ? [{ site: row.site, pool: row.pool, ageSec }] : []
  })
}
