import type { SelectQueryBuilder } from 'kysely'
import type { Tables } from '@/lib/store/database'
import type { ImageSort } from '@/lib/views/images-filter'
import type { Condition } from './images-where'

type Query = SelectQueryBuilder<Tables, 'images', { id: string }>

/** A part of the list that an index can give in order. A list is its tiers, one after the other. */
export interface Tier {
  readonly where: Condition | null
  readonly order: (query: Query) => Query
  /** The same from its end. */
  readonly reverse: (query: Query) => Query
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

/** In trouble: few, so that they may be sorted by how bad, and then by how late. */
const TROUBLED: Tier = {
  where: (e) => e('severity', '>', 0),
  order: (query) => query.orderBy('severity', 'desc').orderBy('breach_at').orderBy('id'),
  reverse: (query) => query.orderBy('severity').orderBy('breach_at', 'desc').orderBy('id', 'desc'),
}

/** Well: almost all, in the order that the index has. */
const WELL: Tier = {
  where: (e) => e('severity', '<=', 0),
  order: (query) => query.orderBy('severity', 'desc').orderBy('id', 'desc'),
  reverse: (query) => query.orderBy('severity').orderBy('id'),
}

/** What is held and goes on ticking, in the order in which it passes its objective: exposure measured by it. */
const TICKING: Tier = {
  where: (e) => e('breach_at', 'is not', null),
  order: (query) => query.orderBy('breach_at').orderBy('id'),
  reverse: (query) => query.orderBy('breach_at', 'desc').orderBy('id', 'desc'),
}

/** Nothing is known to be held: worse than any figure. Caught up: better than any. */
const RESTING: Tier = {
  where: (e) => e('breach_at', 'is', null),
  order: (query) => query.orderBy('caught_up').orderBy('id'),
  reverse: (query) => query.orderBy('caught_up', 'desc').orderBy('id', 'desc'),
}

/** Tiers of a sort, first to last. */
export const TIERS: Record<ImageSort, readonly Tier[]> = {
  worst: [TROUBLED, WELL],
  exposure: [TICKING, RESTING],
  name: [NAME],
  size: [SIZE],
}
