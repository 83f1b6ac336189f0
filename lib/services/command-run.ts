import type { Transaction } from 'kysely'
import type { Plan } from '@/lib/domain/plan'
import { TRAITS } from '@/lib/domain/procedure-traits'
import { isEnded, type MemberState, type RunState } from '@/lib/domain/run-states'
import { asksSince } from '@/lib/procedures/asks'
import { audit } from '@/lib/store/audit'
import { announce } from '@/lib/store/changes'
import type { Tables } from '@/lib/store/database'
import { agreedOnTheWay, statedNow } from '@/lib/store/stated'
import type { RunCommand } from '@/lib/views/recover'
import { answerGate } from './answer-gate'
import { agreedTo } from './consents'
import type { ServiceContext } from './context'
import { ServiceError } from './errors'
import { timeText } from './statement-checks'

/**
 * Pause, resume, stop, retry, set aside, answer: what the operator wants of a live run. It is written down here; the worker, which
 * alone acts, takes it up at its next turn. What operators have stated since it was approved is asked before it goes on.
 * Throws ServiceError.
 */
export async function commandRun(
  { runId, command, consents = [] }: RunCommand,
  context: ServiceContext,
): Promise<{ readonly runId: string }> {
  const { store, clock, actor } = context
  return store.transaction().execute(async (tx) => {
    const run = await tx.selectFrom('runs').select(['state', 'wish', 'plan']).where('id', '=', runId).executeTakeFirst()
    if (run === undefined) throw new ServiceError('missing', `There is no run ${runId}.`)
    if (isEnded(run.state as RunState))
      throw new ServiceError('refused', `Run ${runId} has ended: ${run.state}. Nothing more can be asked of it.`)
    if (run.wish === 'stop' && command.kind !== 'retry' && command.kind !== 'set-aside') {
      throw new ServiceError('refused', `Run ${runId} is being stopped; that cannot be taken back.`)
    }
    const at = clock.now()
    let agreed: readonly string[] = []
    switch (command.kind) {
      case 'pause':
      case 'stop':
        await tx.updateTable('runs').set({ wish: command.kind }).where('id', '=', runId).execute()
        break
      case 'resume':
        if (run.wish !== 'pause') throw new ServiceError('conflict', `Run ${runId} is not paused.`)
        agreed = await askedSince(tx, runId, run.plan, consents, at)
        await tx.updateTable('runs').set({ wish: 'go' }).where('id', '=', runId).execute()
        break
      case 'retry':
        agreed = await askedSince(tx, runId, run.plan, consents, at)
        await retry(tx, runId, command.members, at)
        break
      case 'set-aside':
        await setAside(tx, runId, command.members, command.reason, at)
        break
      case 'answer':
        await answerGate(tx, runId, command, actor, at)
        break
    }
    await audit(tx, {
      at,
      actor,
      action: `run:${command.kind}`,
      subject: `run:${runId}`,
      outcome: 'done',
      detail: agreed.length === 0 ? command : { ...command, agreedTo: agreed },
    })
    await announce(tx, ['runs', `run:${runId}`], at)
    return { runId }
  })
}

/** What of it is agreed to now. Throws ServiceError where something new is not: hours may have passed since the start. */
async function askedSince(
  tx: Transaction<Tables>,
  runId: string,
  plan: string,
  consents: readonly string[],
  at: number,
): Promise<readonly string[]> {
  const [before, stated] = [await agreedOnTheWay(tx, runId), await statedNow(tx)]
  return agreedTo(asksSince(JSON.parse(plan) as Plan, before, stated, at, timeText), consents, 'go on')
}

interface Row {
  readonly idx: number
  readonly state: MemberState
  readonly family: string
  readonly promoted: boolean
  readonly memo: Record<string, unknown>
}

/** The members that were named, with the clone families of those that are not promoted: a family goes or stays as one. */
async function withFamilies(tx: Transaction<Tables>, runId: string, named: readonly number[]): Promise<readonly Row[]> {
  const all = await tx
    .selectFrom('run_members')
    .select(['idx', 'state', 'family', 'memo'])
    .where('run_id', '=', runId)
    .execute()
  const rows = all.map((row): Row => {
    const memo = JSON.parse(row.memo) as Record<string, unknown>
    return {
      idx: row.idx,
      state: row.state as MemberState,
      family: row.family,
      // Past that step each stands for itself: a family no longer goes or stays as one.
      promoted: Object.values(TRAITS).some(({ pivot }) => memo[`did:${pivot}`] === true),
      memo,
    }
  })
  // Once Cinder was told there is no way back to an earlier step, for nobody.
  if (rows.some(({ family, promoted }) => family === 'backend' && promoted))
    for (const row of rows) Object.assign(row, { promoted: true })
  const wanted = rows.filter(({ idx }) => named.includes(idx))
  if (wanted.length !== new Set(named).size) throw new ServiceError('missing', `Run ${runId} has no such member.`)
  const families = new Set(wanted.filter(({ promoted }) => !promoted).map(({ family }) => family))
  return rows.filter((row) => named.includes(row.idx) || (!row.promoted && families.has(row.family)))
}

async function retry(tx: Transaction<Tables>, runId: string, named: readonly number[], at: number): Promise<void> {
  const rows = (await withFamilies(tx, runId, named)).filter(({ state }) =>
    ['failed', 'held', 'undone'].includes(state),
  )
  if (rows.length === 0) throw new ServiceError('conflict', 'None of them is waiting for a decision any more.')
  for (const row of rows) {
    // What is not promoted yet is looked at from the start; what was taken back begins with an empty memo.
    const memo = row.state === 'undone' ? {} : { ...row.memo, undoBlocked: false, toldAt: null }
    await tx
      .updateTable('run_members')
      .set({
        state: 'pending',
        reason: '',
        updated_at: at,
        memo: JSON.stringify(memo),
        ...(row.promoted ? {} : { step_idx: 0 }),
      })
      .where('run_id', '=', runId)
      .where('idx', '=', row.idx)
      .execute()
  }
}

async function setAside(
  tx: Transaction<Tables>,
  runId: string,
  named: readonly number[],
  reason: string,
  at: number,
): Promise<void> {
  const rows = await withFamilies(tx, runId, named)
  const busy = rows.find(({ state }) => state === 'acting' || state === 'in-doubt')
  if (busy !== undefined)
    throw new ServiceError('conflict', 'One of them is being acted on or in doubt: wait until its outcome is known.')
  if (rows.some(({ family }) => family === 'sites'))
    throw new ServiceError('refused', 'What was found of both sites cannot be set aside: retry it, or stop the run.')
  if (rows.some(({ family }) => family === 'backend'))
    throw new ServiceError('refused', 'Without its backend nothing of it moves: retry it, or stop the run.')
  const open = rows.filter(({ state }) => state !== 'done' && state !== 'set-aside')
  if (open.length === 0) throw new ServiceError('conflict', 'They are done or set aside already.')
  for (const row of open) {
    await tx
      .updateTable('run_members')
      .set({ state: 'set-aside', reason, updated_at: at, memo: JSON.stringify({ ...row.memo, aside: true }) })
      .where('run_id', '=', runId)
      .where('idx', '=', row.idx)
      .execute()
  }
}
