import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import { pairOf } from '@/lib/domain/words'
import type { Tables } from '@/lib/store/database'
import type { ImagesFilter } from '@/lib/views/images-filter'
import { cloudConditions, cloudMatches } from './images-cloud'
import type { Moment } from './moment'

type Builder = ExpressionBuilder<Tables, 'images'>
export type Condition = (builder: Builder) => Expression<SqlBool>

/** May the planner take an index for the condition? Not where a list is read in the order of another. */
export type Indexes = 'may use' | 'leave'

/** The filter as a condition over `images`, meaning what the rows say now. */
export function conditionOf(filter: ImagesFilter, moment: Moment, indexes: Indexes): Condition {
  return (e) => {
    const all: Expression<SqlBool>[] = []
    if (filter.verdict.length > 0) all.push(byVerdict(e, filter.verdict, moment, indexes))
    if (filter.mode !== '') all.push(e('mode', '=', filter.mode))
    if (filter.pool !== '') all.push(...inPool(e, filter.pool))
    if (filter.parent === 'any') all.push(e('parent_name', 'is not', null))
    if (filter.parent === 'not-mirrored') all.push(e('parent_mirrored', '=', 0))
    if (filter.schedule === 'none') all.push(e('mode', '=', 'snapshot'), e('schedule', '=', ''))
    if (filter.q !== '') all.push(matches(e, filter.q))
    if (filter.behind === 'yes') all.push(isLate(e, moment))
    all.push(...cloudConditions(e, filter))
    all.push(...direction(e, filter))
    return e.and(all)
  }
}

/** Rows are not touched when a site falls silent: all of its pools are unknown then, and nothing else. */
function byVerdict(e: Builder, verdicts: readonly string[], moment: Moment, indexes: Indexes): Expression<SqlBool> {
  if (moment.stale.length === 0 && indexes === 'may use') return e('verdict', 'in', verdicts)
  const stored = sql<SqlBool>`coalesce(verdict, '') in (${sql.join(verdicts)})`
  if (moment.stale.length === 0) return stored
  const stale = isStale(moment)
  const lone = sql<SqlBool>`coalesce(verdict, '') = 'unprotected'`
  const seen = moment.dark.length === 0 ? lone : e.and([lone, e.not(atDark(moment))])
  const known = verdicts.includes('unprotected') ? [seen] : []
  return verdicts.includes('unknown')
    ? e.or([stored, e.and([stale, e.not(seen)]), ...known])
    : e.or([e.and([stored, e.not(stale)]), ...known])
}

/** What is unprotected needs its primary's site alone to be read (domain/verdict-now). */
const atDark = ({ dark }: Moment): Expression<SqlBool> =>
  sql<SqlBool>`coalesce(primary_site, '') || '/' || pool in (${sql.join(dark)})`

/** One word to compare, and no index of names: where it matters most rows are of such pools. */
export const isStale = (moment: Moment): Expression<SqlBool> =>
  sql<SqlBool>`pair || '/' || pool in (${sql.join(moment.stale)})`

/**
 * `coalesce`, here and above, keeps the planner from an index that is no help: almost every image is of one of a few
 * pairs, and fetching 100,000 rows one by one takes five times as long as reading the table. With a pool it pays.
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
      e.or([e('pair', 'like', `${plain(to)}~%`), e('pair', 'like', `%~${plain(to)}`)]),
      e('primary_site', '!=', to),
    )
  }
  return all
}

/** `POOL`, or `PAIR/POOL`. */
function inPool(e: Builder, pool: string): Expression<SqlBool>[] {
  const slash = pool.indexOf('/')
  if (slash < 0) return [e('pool', '=', pool)]
  return [e('pair', '=', pool.slice(0, slash)), e('pool', '=', pool.slice(slash + 1))]
}

/** By name, by `pool/name`, by what it is in a cloud, and by global id where it looks like a part of one. */
function matches(e: Builder, q: string): Expression<SqlBool> {
  const slash = q.indexOf('/')
  if (slash > 0) {
    const rest = q.slice(q.lastIndexOf('/') + 1)
    return e.and([e('pool', '=', q.slice(0, slash)), e('name', 'like', `%${plain(rest)}%`)])
  }
  const byName = e('name', 'like', `%${plain(q)}%`)
  // The row id ends in the global id, and the index of names holds both: no row is fetched for a look.
  const byId = /^[0-9a-f][0-9a-f-]{3,}$/i.test(q) ? [e('id', 'like', `%${plain(q)}%`)] : []
  return e.or([byName, ...byId, ...cloudMatches(e, `%${plain(q)}%`)])
}

/** A reader types names, not patterns. An underscore matches any character, which finds too much at worst. */
const plain = (text: string): string => text.replaceAll('%', '')

function isLate(e: Builder, { now, old }: Moment): Expression<SqlBool> {
  const byRow = e('breach_at', '<=', now)
  const byPool = old.map(({ site, pool, sampled, at }) =>
    e.and([
      e('caught_up', '=', 1),
      e('sampled', '=', sampled),
      e('pool', '=', pool),
      e('primary_site', '=', site),
      e('objective_sec', '<', Math.floor((now - at) / 1000)),
    ]),
  )
  return byPool.length === 0 ? byRow : e.or([byRow, ...byPool])
}
