import type { SelectQueryBuilder } from 'kysely'
import type { Tables } from '@/lib/store/database'
import type { ImageSort } from '@/lib/views/images-filter'
import { type Condition, isStale } from './images-where'
import type { Moment } from './moment'

type Query = SelectQueryBuilder<Tables, 'images', { id: string }>

/** A part of the list that an index can give in order. A list is its tiers, one after the other. */
export interface Tier {
  readonly where: Condition | null
  readonly order: (query: Query) => Query
  /** The same from its end. */
  readonly reverse: (query: Query) => Query
}

/** Tiers of a sort, first to last. */
export function tiersFor(sort: ImageSort, moment: Moment): readonly Tier[] {
  if (sort === 'name') return [NAME]
  if (sort === 'size') return [SIZE]
  if (sort === 'exposure') return [TICKING, NOTHING_HELD, CAUGHT_UP]
  return worstFirst(moment)
}

const NAME: Tier = {
  where: null,
  order: (query) => query.orderBy('name').orderBy('id'),
  reverse: (query) => query.orderBy('name', 'desc').orderBy('id', 'desc'),
}

const SIZE: Tier = {
  where: null,
  order: (query) => query.orderBy('size_bytes', 'desc').orderBy('id'),
  reverse: (query) => query.orderBy('size_bytes').orderBy('id', 'desc'),
}

/** What is held and goes on ticking, in the order in which it passes its objective: exposure measured by it. */
const TICKING: Tier = {
  where: (e) => e('breach_at', 'is not', null),
  order: (query) => query.orderBy('breach_at').orderBy('id'),
  reverse: (query) => query.orderBy('breach_at', 'desc').orderBy('id', 'desc'),
}

/** Within these the index of what is held has the order of the ids already. */
const resting = (caughtUp: 0 | 1): Tier => ({
  where: (e) => e.and([e('breach_at', 'is', null), e('caught_up', '=', caughtUp)]),
  order: (query) => query.orderBy('breach_at').orderBy('id'),
  reverse: (query) => query.orderBy('breach_at', 'desc').orderBy('id', 'desc'),
})

/** Nothing is known to be held: no figure to sort by. */
const NOTHING_HELD = resting(0)
/** Better than any figure. */
const CAUGHT_UP = resting(1)

const bySeverity = {
  order: (query: Query) => query.orderBy('severity', 'desc').orderBy('id', 'desc'),
  reverse: (query: Query) => query.orderBy('severity').orderBy('id'),
}

/** In trouble: few, so that they may be sorted by how bad, and then by how late. */
const TROUBLED: Tier = {
  where: (e) => e('severity', '>', 0),
  order: (query) => query.orderBy('severity', 'desc').orderBy('breach_at').orderBy('id'),
  reverse: (query) => query.orderBy('severity').orderBy('breach_at', 'desc').orderBy('id', 'desc'),
}

/** Trouble, then what follows and is late, then what is not known any more, then almost all: in the index's order. */
function worstFirst(moment: Moment): readonly Tier[] {
  const { now } = moment
  const late: Tier = {
    ...TICKING,
    where: (e) => e.and([e('severity', '<=', 0), e('breach_at', '<=', now)]),
  }
  const inTime: Condition = (e) =>
    e.and([e('severity', '<=', 0), e.or([e('breach_at', 'is', null), e('breach_at', '>', now)])])
  if (moment.stale.length === 0) return [TROUBLED, late, { ...bySeverity, where: inTime }]
  const stale = isStale(moment)
  return [
    TROUBLED,
    late,
    { ...bySeverity, where: (e) => e.and([inTime(e), stale(e)]) },
    { ...bySeverity, where: (e) => e.and([inTime(e), e.not(stale(e))]) },
  ]
}
