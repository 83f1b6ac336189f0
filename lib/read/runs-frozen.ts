import { type Ledger, memberName, type Plan, type PlanMember } from '@/lib/domain/plan'
import { specText } from '@/lib/domain/words'
import { appliesTo } from '@/lib/engine/progress'
import type { Store } from '@/lib/store/database'
import type { RunDetail } from '@/lib/views/runs'
import { ReadRefusal } from './read-errors'

/** What never changes in a run: its plan and ledger, taken apart once. With 5,000 members they are megabytes of JSON. */
export interface FrozenRun {
  readonly plan: Plan
  readonly planHash: string
  readonly ledger: RunDetail['ledger']
  readonly members: readonly FrozenMember[]
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
  return {
    plan,
    planHash: row.plan_hash,
    ledger: digest(JSON.parse(row.ledger) as Ledger),
    members: plan.members.map((member, idx) => ({
      member,
      name: memberName(member),
      familySize: families.get(member.family) ?? 1,
      applies: plan.steps.map((_, step) => appliesTo(plan, step, recordOf(member, idx))),
    })),
  }
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

/** The ledger is kept worst first; the screen of a run needs its head alone. */
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
