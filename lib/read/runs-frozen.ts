import { type Ledger, memberName, type Plan, type PlanMember, type Procedure } from '@/lib/domain/plan'
import { specText } from '@/lib/domain/words'
import { appliesTo } from '@/lib/engine/progress'
import type { Store } from '@/lib/store/database'
import type { LedgerRowOf } from '@/lib/views/run-ledger'
import type { RunDetail } from '@/lib/views/runs'
import { ReadRefusal } from './read-errors'

/** What never changes in a run: its plan and ledger, taken apart once. With 5,000 members they are megabytes of JSON. */
export interface FrozenRun {
  readonly plan: Plan
  readonly planHash: string
  readonly ledger: RunDetail['ledger']
  /** All rows of the ledger, worst first, and where their members are. */
  readonly rows: readonly FrozenRow[]
  readonly members: readonly FrozenMember[]
}

/** A row of the ledger with the place of its member in the plan; null where the plan has none for it. */
export interface FrozenRow {
  readonly memberIdx: number | null
  readonly row: LedgerRowOf
}

interface FrozenMember {
  readonly member: PlanMember
  readonly name: string
  readonly familySize: number
  /** By step: is it for this member? */
  readonly applies: readonly boolean[]
}

const WORST = 20
const ASIDE = 200
/** Runs kept in memory: those that somebody looks at now. */
const KEPT = 4

const KEY = Symbol.for('antipode.frozen-runs')
const shared = globalThis as { [KEY]?: WeakMap<Store, Map<string, FrozenRun>> }

export async function frozenRun(store: Store, runId: string): Promise<FrozenRun> {
  shared[KEY] ??= new WeakMap()
  const kept = shared[KEY].get(store) ?? new Map<string, FrozenRun>()
  shared[KEY].set(store, kept)
  const known = kept.get(runId) ?? (await thaw(store, runId))
  // What was asked for last goes last; the first goes when room is needed.
  kept.delete(runId)
  kept.set(runId, known)
  for (const id of kept.keys()) if (kept.size > KEPT) kept.delete(id)
  return known
}

async function thaw(store: Store, runId: string): Promise<FrozenRun> {
  const row = await store
    .selectFrom('runs')
    .select(['plan', 'plan_hash', 'ledger'])
    .where('id', '=', runId)
    .executeTakeFirst()
  if (row === undefined) throw new ReadRefusal(404, `there is no run ${runId}`, 'the list of runs has all there are')
  const plan = JSON.parse(row.plan) as Plan
  const families = new Map<string, number>()
  for (const { family } of plan.members) families.set(family, (families.get(family) ?? 0) + 1)
  const ledger = JSON.parse(row.ledger) as Ledger
  return {
    plan,
    planHash: row.plan_hash,
    ledger: digest(ledger),
    rows: rowsOf(plan, ledger),
    members: plan.members.map((member, idx) => ({
      member,
      name: memberName(member),
      familySize: families.get(member.family) ?? 1,
      applies: plan.steps.map((_, step) => appliesTo(plan, step, recordOf(member, idx))),
    })),
  }
}

/** What is deleted first, what is so already last. */
const EFFECTS = { deletes: 0, changes: 1, done: 2 } as const

/** What becomes of a copy stands in the text alone: what it holds is no question there. */
const TOLD: readonly Procedure[] = ['reprotect', 'resync', 'disable']

function rowsOf(plan: Plan, { rows, changes }: Ledger): readonly FrozenRow[] {
  const places = new Map(plan.members.map(({ key }, idx) => [key, idx]))
  // A peer is told in a row of its own and is part of its pool.
  const placed = (row: LedgerRowOf): FrozenRow => ({
    memberIdx: places.get(row.key) ?? places.get(row.key.replace(/\/peer$/, '')) ?? null,
    row,
  })
  // By force what may be lost is asked for; what changes with it stands in the steps.
  if (changes !== undefined && plan.outage === undefined)
    return [...changes]
      .sort((a, b) => EFFECTS[a.effect] - EFFECTS[b.effect])
      .map((change) => placed({ kind: 'change', ...change }))
  const kind = TOLD.includes(plan.procedure) ? 'told' : 'held'
  return rows.map(({ key, image, heldUntilAt, grade, text, volume }) =>
    placed({ kind, key, name: specText(image), heldUntilAt, grade, text, ...(volume && { volume }) }),
  )
}

const recordOf = (member: PlanMember, idx: number) => ({
  idx,
  member,
  family: member.family,
  state: 'pending' as const,
  reason: '',
  stepIdx: 0,
  memo: {},
})

/** The ledger is kept worst first; most of the screen needs its head alone, the rest is asked for by the page. */
const digest = ({ at, rows, setAside, outage }: Ledger): RunDetail['ledger'] => ({
  ...(outage && { outage }),
  at,
  images: rows.length,
  worst: rows.slice(0, WORST).map(({ key, image, heldUntilAt, grade, text }) => ({
    key,
    name: specText(image),
    heldUntilAt,
    grade,
    text,
  })),
  setAsideTotal: setAside.length,
  setAside: setAside.slice(0, ASIDE).map((one) => ({ ...one })),
})
