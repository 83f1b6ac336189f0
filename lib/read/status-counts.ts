import { type ExpressionBuilder, type RawBuilder, sql } from 'kysely'
import { GRADES, type Grade, VERDICTS, type Verdict } from '@/lib/domain/verdict-words'
import type { Store, Tables } from '@/lib/store/database'
import type { ImagesFilter } from '@/lib/views/images-filter'
import { conditionOf } from './images-where'
import type { Moment } from './moment'

/** Images of one selection that share lane, primary and verdict, counted by the store. */
export interface CountGroup {
  readonly pair: string
  readonly pool: string
  readonly primarySite: string | null
  readonly verdict: Verdict
  /** Its parent would not come back, so neither would it. */
  readonly orphan: boolean
  readonly images: number
  /** Nothing is known to be held. */
  readonly unheld: number
  /** Of those that are not caught up: the oldest point held, and when the first of them is late. */
  readonly heldUntilAt: number | null
  readonly breachAt: number | null
  readonly late: number
  /** Not followed in the way that a cut link makes by itself (domain/suspension `linkExplains`). */
  readonly connecting: number
  /** Caught up: in the sampled set, and sampled in turn. */
  readonly fast: number
  readonly slow: number
  readonly objectiveSec: number
  readonly grade: Grade
}

type Builder = ExpressionBuilder<Tables, 'images'>

/** One bit a selection: which of them an image belongs to. */
export const maskOf =
  (filters: readonly ImagesFilter[], moment: Moment) =>
  (e: Builder): RawBuilder<number> => {
    const bits = filters.map(
      (filter, bit) => sql`case when ${conditionOf(filter, moment, 'leave')(e)} then ${sql.lit(2 ** bit)} else 0 end`,
    )
    return sql<number>`(${bits.length === 0 ? sql`0` : sql.join(bits, sql` + `)})`
  }

export const inMask = (mask: number, bit: number): boolean => Math.floor(mask / 2 ** bit) % 2 === 1

/** Verdicts that leave nothing to come back to: a clone whose parent is one of them is lost with it. */
const BROKEN = sql.join(['two-primaries', 'split-brain', 'copying', 'hollow', 'no-copy', 'unprotected', 'error'])

const orphan = sql<number>`case
  when parent_mirrored = 0 then 1
  when parent_name is not null and (pair, parent_pool, parent_namespace, parent_name) in
    (select pair, pool, namespace, name from images where verdict in (${BROKEN})) then 1
  else 0 end`

const noSplit = (side: 'left' | 'right') => sql`${sql.ref(`${side}_description`)} not like '%split-brain%'`

/** `linkExplains` of domain/suspension, asked of the side that is the copy. */
const connecting = sql<number>`case
  when verdict <> 'stopped' or primary_site is null then 0
  when pair like primary_site || '~%' then right_up = 1 and right_state = 'starting_replay' and ${noSplit('right')}
  else left_up = 1 and left_state = 'starting_replay' and ${noSplit('left')} end`

const place = (words: readonly string[], column: string) => sql<number>`instr(${words.join(',')}, ${sql.ref(column)})`

/** Where a word stands in the list that `place` looks in. */
const wordAt = <W extends string>(words: readonly W[], at: number, unknown: W): W =>
  words.find((_, index) => words.slice(0, index).join(',').length + (index > 0 ? 1 : 0) + 1 === at) ?? unknown

const LANES = 65_536
const SIDES = 3
const WORDS = 128

/**
 * All selections in one pass over the table, grouped by one number: which selections, which lane, where primary, which
 * verdict, orphan or not. Grouped by the columns themselves SQLite sorts 100,000 texts, which takes twice as long as all
 * the rest. Of a row it is the store that counts; what comes out is some dozens of groups, whatever the number of images.
 */
export async function countSelections(
  store: Store,
  filters: readonly ImagesFilter[],
  moment: Moment,
): Promise<readonly (readonly CountGroup[])[]> {
  const lanes = await lanesOf(store)
  const lane = sql<number>`instr(${lanes.text}, '|' || pair || '/' || pool || '|')`
  const side = sql<number>`case when primary_site is null then 0 when pair like primary_site || '~%' then 1 else 2 end`
  const rows = await store
    .selectFrom('images')
    .select((e) => [
      sql<number>`(((${maskOf(filters, moment)(e)} * ${sql.lit(LANES)} + ${lane}) * ${sql.lit(SIDES)} + ${side}) * ${sql.lit(WORDS)} + ${place(VERDICTS, 'verdict')}) * 2 + ${orphan}`.as(
        'key',
      ),
      e.fn.countAll<number>().as('images'),
      sql<number>`sum(case when held_until_at is null then 1 else 0 end)`.as('unheld'),
      sql<number | null>`min(case when caught_up = 0 then held_until_at end)`.as('heldUntilAt'),
      e.fn.min<number | null>('breach_at').as('breachAt'),
      sql<number>`sum(case when breach_at <= ${moment.now} then 1 else 0 end)`.as('late'),
      sql<number>`sum(${connecting})`.as('connecting'),
      sql<number>`sum(caught_up * sampled)`.as('fast'),
      sql<number>`sum(caught_up)`.as('caughtUp'),
      e.fn.min<number>('objective_sec').as('objectiveSec'),
      sql<number>`max(case when held_until_at is null then 0 else ${place(GRADES, 'held_grade')} end)`.as('grade'),
    ])
    .groupBy('key')
    .execute()
  const groups = rows.map(({ key, caughtUp, grade, ...counts }) => {
    const { mask, ...names } = namesOf(key, lanes)
    const group: CountGroup = {
      ...names,
      ...counts,
      slow: caughtUp - counts.fast,
      grade: wordAt(GRADES, grade, 'unknown'),
    }
    return { mask, group }
  })
  return filters.map((_, bit) => groups.filter(({ mask }) => inMask(mask, bit)).map(({ group }) => group))
}

interface Lanes {
  /** `|a~b/volumes|a~b/images|` */
  readonly text: string
  /** By the place of its first bar. */
  readonly at: ReadonlyMap<number, { readonly pair: string; readonly pool: string }>
}

async function lanesOf(store: Store): Promise<Lanes> {
  const rows = await store
    .selectFrom('pool_readings')
    .select(['pair', 'pool'])
    .distinct()
    .where('pair', 'is not', null)
    .execute()
  let text = '|'
  const at = new Map<number, { readonly pair: string; readonly pool: string }>()
  for (const { pair, pool } of rows) {
    at.set(text.length, { pair: pair ?? '', pool })
    text += `${pair}/${pool}|`
  }
  return { text, at }
}

function namesOf(key: number, lanes: Lanes) {
  const orphaned = key % 2 === 1
  const verdict = Math.floor(key / 2) % WORDS
  const side = Math.floor(key / 2 / WORDS) % SIDES
  const laneAt = Math.floor(key / 2 / WORDS / SIDES) % LANES
  const { pair, pool } = lanes.at.get(laneAt) ?? { pair: '', pool: '' }
  const [left, right] = pair.split('~')
  return {
    mask: Math.floor(key / 2 / WORDS / SIDES / LANES),
    pair,
    pool,
    primarySite: (side === 1 ? left : side === 2 ? right : null) ?? null,
    verdict: wordAt(VERDICTS, verdict, 'unknown'),
    orphan: orphaned,
  }
}
