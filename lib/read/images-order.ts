import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import type { Tables } from '@/lib/store/database'
import type { ImageSort, SortOrder } from '@/lib/views/images-filter'
import { type Condition, isStale } from './images-where'
import type { Moment } from './moment'

/**
 * A list is put in order in one of two ways. A short one is sorted as a whole: walking an index for the few rows that
 * match would fetch all others on the way. A long one is read in tiers, each in the order that an index has already.
 */
type Ids = SelectQueryBuilder<Tables, 'images', { id: string }>

type Key = { readonly by: RawBuilder<unknown>; readonly down?: 'down' }

/** Sorts by expressions, so that no index is walked. */
export function sorted(query: Ids, sort: ImageSort, order: SortOrder, moment: Moment): Ids {
  return keysOf(sort, moment).reduce(
    (sorting, { by, down }) => sorting.orderBy(by, (down === 'down') === (order === 'first') ? 'desc' : 'asc'),
    query,
  )
}

function keysOf(sort: ImageSort, moment: Moment): readonly Key[] {
  const id: Key = { by: sql`coalesce(id, '')` }
  const breach: Key = { by: sql`coalesce(breach_at, 0)` }
  if (sort === 'name') return [{ by: sql`coalesce(name, '')` }, id]
  if (sort === 'size') return [{ by: sql`coalesce(size_bytes, -1)`, down: 'down' }, id]
  if (sort === 'exposure') {
    return [{ by: sql`case when breach_at is not null then 0 when caught_up = 0 then 1 else 2 end` }, breach, id]
  }
  const stale = moment.stale.length === 0 ? sql`1 = 0` : isStale(moment)
  const rank = sql`case when severity > 0 then severity + 1000 when breach_at <= ${moment.now} then 500 when ${stale} then 100 else 0 end`
  const since = sql`case when severity > 0 or breach_at <= ${moment.now} then coalesce(breach_at, 0) else 0 end`
  return [{ by: rank, down: 'down' }, { by: since }, id]
}

export interface Tier {
  readonly where: Condition | null
  readonly order: (query: Ids) => Ids
}

interface TwoWayTier extends Tier {
  /** The same from its end. */
  readonly reverse: (query: Ids) => Ids
}

/** Tiers of a sort, first to last. */
export function tiersOf(sort: ImageSort, order: SortOrder, moment: Moment): readonly Tier[] {
  const tiers = TIERS[sort] ?? worstFirst(moment)
  if (order === 'first') return tiers
  return tiers.map(({ where, reverse }) => ({ where, order: reverse })).reverse()
}

const byBreach = {
  order: (query: Ids) => query.orderBy('breach_at').orderBy('id'),
  reverse: (query: Ids) => query.orderBy('breach_at', 'desc').orderBy('id', 'desc'),
}

/** For those of severity 0: what counts is that the index has the order. */
const bySeverity = {
  order: (query: Ids) => query.orderBy('severity').orderBy('id'),
  reverse: (query: Ids) => query.orderBy('severity', 'desc').orderBy('id', 'desc'),
}

const TIERS: Partial<Record<ImageSort, readonly TwoWayTier[]>> = {
  name: [
    {
      where: null,
      order: (query) => query.orderBy('name').orderBy('id'),
      reverse: (query) => query.orderBy('name', 'desc').orderBy('id', 'desc'),
    },
  ],
  size: [
    {
      where: null,
      order: (query) => query.orderBy('size_bytes', 'desc').orderBy('id'),
      reverse: (query) => query.orderBy('size_bytes').orderBy('id', 'desc'),
    },
  ],
  exposure: [
    // What goes on ticking, in the order in which it passes its objective: exposure measured by it.
    { ...byBreach, where: (e) => e('breach_at', 'is not', null) },
    // Nothing is known to be held: no figure to sort by. Then what is caught up: better than any figure.
    { ...byBreach, where: (e) => e.and([e('breach_at', 'is', null), e('caught_up', '=', 0)]) },
    { ...byBreach, where: (e) => e.and([e('breach_at', 'is', null), e('caught_up', '=', 1)]) },
  ],
}

/** Trouble, then what follows and is late, then what is not known any more, then almost all: in the index's order. */
function worstFirst(moment: Moment): readonly TwoWayTier[] {
  const { now } = moment
  const troubled: TwoWayTier = {
    where: (e) => e('severity', '>', 0),
    order: (query) => query.orderBy('severity', 'desc').orderBy('breach_at').orderBy('id'),
    reverse: (query) => query.orderBy('severity').orderBy('breach_at', 'desc').orderBy('id', 'desc'),
  }
  const late: TwoWayTier = { ...byBreach, where: (e) => e.and([e('severity', '<=', 0), e('breach_at', '<=', now)]) }
  const inTime: Condition = (e) =>
    e.and([e('severity', '<=', 0), e.or([e('breach_at', 'is', null), e('breach_at', '>', now)])])
  if (moment.stale.length === 0) return [troubled, late, { ...bySeverity, where: inTime }]
  const stale = isStale(moment)
  return [
    troubled,
    late,
    { ...bySeverity, where: (e) => e.and([inTime(e), stale]) },
    { ...bySeverity, where: (e) => e.and([inTime(e), e.not(stale)]) },
  ]
}
