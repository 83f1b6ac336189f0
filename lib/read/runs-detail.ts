import type { Plan } from '@/lib/domain/plan'
import { isEnded, type MemberState, needsDecision, type RunState, type StepState } from '@/lib/domain/run-states'
import { asksSince } from '@/lib/procedures/asks'
import type { Store } from '@/lib/store/database'
import { agreedOnTheWay, statedNow } from '@/lib/store/stated'
import { plainTime } from '@/lib/views/plain-time'
import type { MemberView, RunDetail, RunStepView } from '@/lib/views/runs'
import { ReadRefusal } from './read-errors'
import { rowsOf } from './runs'
import { plannedOf, readAttempts, type Shown } from './runs-commands'
import { type FrozenRun, frozenRun } from './runs-frozen'
import { questionsOf } from './runs-questions'
import { type LightMember, lightMembers, placeOf, standingOf, stepAt, tallyOf, worstFirst } from './runs-standing'

const MEMBERS = 500
const ASIDE = 200
const LOG = 300

export interface RunAsked {
  readonly runId: string
  /** The step that is looked at; null for the one where the run is. */
  readonly step: number | null
  /** Part of a member's name, '' for all. */
  readonly find: string
}

/** One run as its screen shows it: bounded, however many images it moves. */
export async function readRun(
  store: Store,
  { runId, step, find }: RunAsked,
  rtoSec: number,
  shown: Shown,
  now: number,
): Promise<RunDetail> {
  const frozen = await frozenRun(store, runId)
  const head = await store.selectFrom('runs').selectAll().where('id', '=', runId).executeTakeFirst()
  if (head === undefined) throw new ReadRefusal(404, `there is no run ${runId}`)
  const [[row], light, log, stepRows] = await Promise.all([
    rowsOf(store, [head]),
    lightMembers(store, runId),
    readLog(store, runId),
    store.selectFrom('run_steps').selectAll().where('run_id', '=', runId).orderBy('idx').execute(),
  ])
  if (row === undefined) throw new Error(`run ${runId} was counted to nothing`)
  const { plan } = frozen
  const shownStep = Math.min(step ?? stepAt(light, plan.steps.length), plan.steps.length - 1)
  const ended = isEnded(head.state as RunState)
  const forStep = (index: number) => light.filter(({ idx }) => frozen.members[idx]?.applies[index] === true)
  const mine = forStep(shownStep)
  const [members, attempts, aside, asks] = await Promise.all([
    readMembers(store, runId, mine, shownStep, find, frozen),
    readAttempts(store, runId, shownStep, frozen, shown),
    readAside(store, runId, frozen),
    ended ? [] : readAsks(store, runId, plan, now),
  ])
  const planned = plannedOf(plan, shownStep, mine, frozen, shown)
  return {
    now,
    run: {
      ...row,
      planHash: frozen.planHash,
      rtoSec,
      options: { ...plan.options },
      heldBy: head.lease_owner === null || head.lease_until < now ? null : holderText(head.lease_process),
    },
    steps: stepRows.map((one, index): RunStepView => {
      const here = forStep(index)
      return {
        idx: one.idx,
        name: one.name,
        title: one.title,
        proof: plan.steps[index]?.proof ?? '',
        state: one.state as StepState,
        reason: one.reason,
        startedAt: one.started_at,
        endedAt: one.ended_at,
        members: here.length,
        tally: tallyOf(here, index),
      }
    }),
    shownStep,
    ...members,
    undecided: ended ? [] : light.filter(({ state }) => needsDecision(state)).map(({ idx }) => idx),
    asks,
    questions: ended ? [] : questionsOf(light, frozen),
    aside,
    standing: standingOf(light, frozen),
    ...attempts,
    ...(ended ? { ...planned, planned: [], plannedTotal: 0 } : planned),
    log,
    ledger: frozen.ledger,
  }
}

function holderText(json: string | null): string {
  const { host, pid } = JSON.parse(json ?? '{}') as { readonly host?: string; readonly pid?: number }
  return pid === undefined ? 'a worker' : `worker ${pid} on ${host ?? 'an unnamed host'}`
}

async function readMembers(
  store: Store,
  runId: string,
  mine: readonly LightMember[],
  step: number,
  find: string,
  { members: frozen }: FrozenRun,
): Promise<Pick<RunDetail, 'members' | 'membersTotal'>> {
  const sought = find.trim().toLowerCase()
  const found = sought === '' ? mine : mine.filter(({ idx }) => frozen[idx]?.name.toLowerCase().includes(sought))
  const chosen = worstFirst(found, step).slice(0, MEMBERS)
  if (chosen.length === 0) return { members: [], membersTotal: found.length }
  const rows = await store
    .selectFrom('run_members')
    .select(['idx', 'key', 'state', 'reason', 'step_idx', 'updated_at'])
    .where('run_id', '=', runId)
    .where(
      'idx',
      'in',
      chosen.map(({ idx }) => idx),
    )
    .execute()
  const byIdx = new Map(rows.map((row) => [row.idx, row]))
  const members = chosen.flatMap((one): MemberView[] => {
    const row = byIdx.get(one.idx)
    const known = frozen[one.idx]
    if (row === undefined || known === undefined) return []
    return [
      {
        idx: row.idx,
        key: row.key,
        kind: known.member.kind,
        name: known.name,
        familySize: known.familySize,
        state: row.state as MemberState,
        reason: row.reason,
        stepIdx: row.step_idx,
        place: placeOf(one, step),
        updatedAt: row.updated_at,
      },
    ]
  })
  return { members, membersTotal: found.length }
}

async function readAside(store: Store, runId: string, { members }: FrozenRun): Promise<RunDetail['aside']> {
  const rows = await store
    .selectFrom('run_members')
    .select(['idx', 'reason', 'updated_at'])
    .where('run_id', '=', runId)
    .where('state', '=', 'set-aside')
    .orderBy('updated_at', 'desc')
    .limit(ASIDE)
    .execute()
  return rows.map(({ idx, reason, updated_at }) => ({ idx, name: members[idx]?.name ?? '', reason, at: updated_at }))
}

async function readAsks(store: Store, runId: string, plan: Plan, now: number): Promise<RunDetail['asks']> {
  const [agreed, stated] = await Promise.all([agreedOnTheWay(store, runId), statedNow(store)])
  const asks = asksSince(plan, agreed, stated, now, (at) => plainTime(at, 0))
  return asks.map((finding) => ({ ...finding, keys: [...finding.keys] }))
}

async function readLog(store: Store, runId: string): Promise<RunDetail['log']> {
  return store
    .selectFrom('run_log')
    .select(['seq', 'at', 'level', 'text'])
    .where('run_id', '=', runId)
    .orderBy('seq', 'desc')
    .limit(LOG)
    .execute()
}
