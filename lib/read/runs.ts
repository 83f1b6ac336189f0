import { sql } from 'kysely'
import { type Actor, actorText } from '@/lib/domain/actor'
import { CLOUD_KEYS } from '@/lib/domain/cloud-plan'
import type { Procedure } from '@/lib/domain/plan'
import { isEnded, type RunState, type Wish } from '@/lib/domain/run-states'
import type { Store } from '@/lib/store/database'
import type { RunsTable } from '@/lib/store/foundation-tables'
import type { RunRow, RunsPage } from '@/lib/views/runs'

export const LIVE_STATES = ['queued', 'running', 'waiting', 'paused'] as const satisfies readonly RunState[]

/** What has ended is asked for by the hundred; what is live is always all there. */
export async function readRuns(store: Store, past: number, now: number): Promise<RunsPage> {
  const [live, ended, total] = await Promise.all([
    store.selectFrom('runs').select(HEAD).where('state', 'in', LIVE_STATES).orderBy('created_at', 'desc').execute(),
    store
      .selectFrom('runs')
      .select(HEAD)
      .where('state', 'not in', LIVE_STATES)
      .orderBy('created_at', 'desc')
      .limit(past)
      .execute(),
    store
      .selectFrom('runs')
      .select((e) => e.fn.countAll<number>().as('runs'))
      .executeTakeFirstOrThrow(),
  ])
  return { now, live: live.length, total: total.runs, rows: await rowsOf(store, [...live, ...ended]) }
}

const HEAD = [
  'id',
  'title',
  'procedure',
  'from_site',
  'to_site',
  'state',
  'wish',
  'reason',
  'actor',
  'created_at',
  'started_at',
  'ended_at',
] as const

export type RunHead = Pick<RunsTable, (typeof HEAD)[number]>

/** Rows with their counts. */
export async function rowsOf(store: Store, heads: readonly RunHead[]): Promise<RunRow[]> {
  const [counts, titles] = await Promise.all([countsOf(store, heads), titlesOf(store, heads)])
  return heads.map((head): RunRow => {
    const { at, ...tally } = counts.get(head.id) ?? NONE
    const steps = titles.get(head.id) ?? []
    const live = !isEnded(head.state as RunState)
    return {
      id: head.id,
      title: head.title,
      procedure: head.procedure as Procedure,
      from: head.from_site,
      to: head.to_site,
      state: head.state as RunState,
      wish: head.wish as Wish,
      reason: head.reason,
      actor: actorText(JSON.parse(head.actor) as Actor),
      createdAt: head.created_at,
      startedAt: head.started_at,
      endedAt: head.ended_at,
      ...tally,
      stepIdx: live && at !== null && at < steps.length ? at : null,
      steps: steps.length,
      stepTitle: live && at !== null ? (steps[at] ?? '') : '',
    }
  })
}

interface Counts {
  readonly images: number
  readonly done: number
  readonly stopped: number
  readonly setAside: number
  /** Lowest step that somebody is still at work in, or else has stopped in. */
  readonly at: number | null
}

const NONE: Counts = { images: 0, done: 0, stopped: 0, setAside: 0, at: null }

const KEY = Symbol.for('antipode.ended-runs')
const shared = globalThis as { [KEY]?: WeakMap<Store, Map<string, Counts>> }

/** Nothing changes in a run that has ended, so its members are counted once: a list of a hundred may be half a million. */
function endedCounts(store: Store): Map<string, Counts> {
  shared[KEY] ??= new WeakMap()
  const known = shared[KEY].get(store) ?? new Map<string, Counts>()
  shared[KEY].set(store, known)
  return known
}

async function countsOf(store: Store, heads: readonly RunHead[]): Promise<ReadonlyMap<string, Counts>> {
  const known = endedCounts(store)
  const ended = new Set(heads.filter(({ state }) => isEnded(state as RunState)).map(({ id }) => id))
  const asked = heads.map(({ id }) => id).filter((id) => !ended.has(id) || !known.has(id))
  const counts = new Map(
    [...ended].flatMap((id) => {
      const one = known.get(id)
      return one === undefined ? [] : [[id, one] as const]
    }),
  )
  for (const [id, one] of await count(store, asked)) {
    counts.set(id, one)
    if (ended.has(id)) known.set(id, one)
  }
  return counts
}

/** A site's name has no colon, so no image's key begins like the key of a schedule, or of a pool. */
const isImage = sql<number>`case when key = 'sites' or ${sql.join(
  ['schedule:', 'pool:', ...CLOUD_KEYS].map((begins) => sql`key like ${`${begins}%`}`),
  sql` or `,
)} then 0 else 1 end`
const inState = (...states: string[]) => sql<number>`case when state in (${sql.join(states)}) then 1 else 0 end`
const sum = (...factors: ReturnType<typeof inState>[]) => sql<number>`sum(${sql.join(factors, sql` * `)})`
const lowest = (...states: string[]) =>
  sql<number | null>`min(case when state in (${sql.join(states)}) then step_idx end)`

async function count(store: Store, ids: readonly string[]): Promise<ReadonlyMap<string, Counts>> {
  if (ids.length === 0) return new Map()
  const rows = await store
    .selectFrom('run_members')
    .select('run_id')
    .select([
      sum(isImage).as('images'),
      sum(isImage, inState('done')).as('done'),
      sum(isImage, inState('failed', 'held', 'undone')).as('stopped'),
      sum(isImage, inState('set-aside')).as('setAside'),
      lowest('pending', 'acting', 'waiting', 'in-doubt').as('active'),
      lowest('failed', 'held', 'undone').as('undecided'),
    ])
    .where('run_id', 'in', ids)
    .groupBy('run_id')
    .execute()
  return new Map(rows.map(({ run_id, active, undecided, ...tally }) => [run_id, { ...tally, at: active ?? undecided }]))
}

async function titlesOf(store: Store, heads: readonly RunHead[]): Promise<ReadonlyMap<string, readonly string[]>> {
  if (heads.length === 0) return new Map()
  const rows = await store
    .selectFrom('run_steps')
    .select(['run_id', 'title'])
    .where(
      'run_id',
      'in',
      heads.map(({ id }) => id),
    )
    .orderBy('run_id')
    .orderBy('idx')
    .execute()
  const titles = new Map<string, string[]>()
  for (const { run_id, title } of rows) {
    const mine = titles.get(run_id)
    if (mine === undefined) titles.set(run_id, [title])
    else mine.push(title)
  }
  return titles
}
