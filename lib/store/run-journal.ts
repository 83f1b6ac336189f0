import { sql, type Transaction } from 'kysely'
import type { Plan, StepName } from '@/lib/domain/plan'
import type { AttemptState, MemberState, RunState, StepState, Wish } from '@/lib/domain/run-states'
import type { ProcessHandle } from '@/lib/ports/channel'
import type { Clock } from '@/lib/ports/clock'
import {
  type AttemptRecord,
  type Lease,
  LeaseLost,
  type MemberRecord,
  type RunJournal,
  type WorkerIdentity,
} from '@/lib/ports/run-journal'
import { announce } from './changes'
import type { Store, Tables } from './database'
import { claimRun } from './run-lease'
import { moveMember } from './run-member'

type Tx = Transaction<Tables>

/** The run journal on the store. Each verb is one transaction; every write checks the fence of its lease. */
export function runJournal(store: Store, clock: Clock): RunJournal {
  /** Runs `work` while the lease still holds, and tells the browsers. */
  async function fenced<T>(lease: Lease, work: (tx: Tx, now: number) => Promise<T>): Promise<T> {
    return store.transaction().execute(async (tx) => {
      const held = await tx.selectFrom('runs').select('fence').where('id', '=', lease.runId).executeTakeFirst()
      if (held?.fence !== lease.fence) throw new LeaseLost(lease.runId)
      const now = clock.now()
      const value = await work(tx, now)
      await announce(tx, ['runs', `run:${lease.runId}`], now)
      return value
    })
  }

  return {
    claim: (worker: WorkerIdentity, leaseMs, isGone) => claimRun(store, worker, clock.now(), leaseMs, isGone),
    async renew(lease, leaseMs) {
      const result = await store
        .updateTable('runs')
        .set({ lease_until: clock.now() + leaseMs })
        .where('id', '=', lease.runId)
        .where('fence', '=', lease.fence)
        .executeTakeFirst()
      if (result.numUpdatedRows !== 1n && Number(result.numUpdatedRows) !== 1) throw new LeaseLost(lease.runId)
    },
    async release(lease) {
      await store
        .updateTable('runs')
        .set({ lease_owner: null, lease_process: null, lease_until: 0 })
        .where('id', '=', lease.runId)
        .where('fence', '=', lease.fence)
        .execute()
    },
    async run(runId) {
      const row = await store
        .selectFrom('runs')
        .select(['id', 'state', 'wish', 'plan', 'ledger'])
        .where('id', '=', runId)
        .executeTakeFirstOrThrow()
      return {
        id: row.id,
        state: row.state as RunState,
        wish: row.wish as Wish,
        plan: JSON.parse(row.plan) as Plan,
        ledger: JSON.parse(row.ledger),
      }
    },
    async wish(runId) {
      const { wish } = await store.selectFrom('runs').select('wish').where('id', '=', runId).executeTakeFirstOrThrow()
      return wish as Wish
    },
    async members(runId) {
      const rows = await store
        .selectFrom('run_members')
        .selectAll()
        .where('run_id', '=', runId)
        .orderBy('idx')
        .execute()
      return rows.map(
        (row): MemberRecord => ({
          idx: row.idx,
          member: JSON.parse(row.member),
          family: row.family,
          state: row.state as MemberState,
          reason: row.reason,
          stepIdx: row.step_idx,
          memo: JSON.parse(row.memo),
        }),
      )
    },
    async openAttempts(runId) {
      const rows = await store
        .selectFrom('attempts')
        .selectAll()
        .where('run_id', '=', runId)
        .where('state', 'in', ['started', 'in-doubt'])
        .orderBy('intent_at')
        .execute()
      return rows.map(
        (row): AttemptRecord => ({
          id: row.id,
          stepIdx: row.step_idx,
          memberIdx: row.member_idx,
          number: row.number,
          state: row.state as AttemptState,
          argv: JSON.parse(row.argv),
          site: row.site,
          undo: row.undo === 1,
          process: row.pid === null || row.start_ticks === null ? null : { pid: row.pid, startTicks: row.start_ticks },
          intentAt: row.intent_at,
        }),
      )
    },
    async attemptsOf(runId, stepIdx, memberIdx) {
      const row = await store
        .selectFrom('attempts')
        .select((e) => e.fn.countAll<number>().as('n'))
        .where('run_id', '=', runId)
        .where('step_idx', '=', stepIdx)
        .where('member_idx', '=', memberIdx)
        .executeTakeFirstOrThrow()
      return Number(row.n)
    },
    intend: (lease, intent) =>
      fenced(lease, async (tx, now) => {
        const open = await tx
          .selectFrom('attempts')
          .select('id')
          .where('run_id', '=', lease.runId)
          .where('member_idx', '=', intent.memberIdx)
          .where('state', 'in', ['started', 'in-doubt'])
          .executeTakeFirst()
        if (open !== undefined) return false
        const moved = await tx
          .updateTable('run_members')
          .set({
            state: 'acting',
            reason: '',
            updated_at: now,
            ...(intent.memo === null ? {} : { memo: JSON.stringify(intent.memo) }),
          })
          .where('run_id', '=', lease.runId)
          .where('idx', '=', intent.memberIdx)
          // A member that somebody set aside meanwhile is no longer the engine's to act on.
          .where(
            'state',
            'in',
            intent.undo ? ['failed', 'held', 'set-aside', 'pending', 'waiting'] : ['pending', 'waiting'],
          )
          .executeTakeFirst()
        if (Number(moved.numUpdatedRows) !== 1) return false
        const { number } = await tx
          .selectFrom('attempts')
          .select(sql<number>`coalesce(max(number), 0) + 1`.as('number'))
          .where('run_id', '=', lease.runId)
          .where('step_idx', '=', intent.stepIdx)
          .where('member_idx', '=', intent.memberIdx)
          .executeTakeFirstOrThrow()
        await tx
          .insertInto('attempts')
          .values({
            id: intent.attemptId,
            run_id: lease.runId,
            step_idx: intent.stepIdx,
            member_idx: intent.memberIdx,
            number: Number(number),
            state: 'started',
            argv: JSON.stringify(intent.argv),
            site: intent.site,
            undo: intent.undo ? 1 : 0,
            intent_at: now,
            stdout: '',
            stderr: '',
            proof: '',
          })
          .execute()
        return true
      }),
    started: (lease, attemptId, process: ProcessHandle) =>
      fenced(lease, async (tx) => {
        await tx
          .updateTable('attempts')
          .set({ pid: process.pid, start_ticks: process.startTicks })
          .where('id', '=', attemptId)
          .execute()
      }),
    conclude: (lease, attemptId, outcome, change) =>
      fenced(lease, async (tx, now) => {
        await tx
          .updateTable('attempts')
          .set({ ...outcome, ended_at: outcome.state === 'in-doubt' ? null : now })
          .where('id', '=', attemptId)
          .execute()
        if (change !== null) await moveMember(tx, lease.runId, change, now, ['acting', 'in-doubt'])
      }),
    moveMembers: (lease, changes) =>
      fenced(lease, async (tx, now) => {
        for (const change of changes) await moveMember(tx, lease.runId, change, now, null)
      }),
    setRun: (lease, state: RunState, reason) =>
      fenced(lease, async (tx, now) => {
        const ended = ['succeeded', 'incomplete', 'failed', 'cancelled'].includes(state)
        await tx
          .updateTable('runs')
          .set({ state, reason, ...(ended ? { ended_at: now } : {}) })
          .where('id', '=', lease.runId)
          .execute()
        if (state === 'running') {
          await tx
            .updateTable('runs')
            .set({ started_at: now })
            .where('id', '=', lease.runId)
            .where('started_at', 'is', null)
            .execute()
        }
      }),
    setStep: (lease, idx, state: StepState, reason) =>
      fenced(lease, async (tx, now) => {
        const rows = tx.updateTable('run_steps').where('run_id', '=', lease.runId).where('idx', '=', idx)
        await rows.set({ state, reason, ended_at: state === 'done' || state === 'skipped' ? now : null }).execute()
        if (state === 'running') await rows.set({ started_at: now }).where('started_at', 'is', null).execute()
      }),
    log: (lease, level, text, at) =>
      fenced(lease, async (tx, now) => {
        await tx
          .insertInto('run_log')
          .values({
            run_id: lease.runId,
            at: now,
            step_idx: null,
            member_idx: at?.memberIdx ?? null,
            level,
            text: at?.step === undefined ? text : `${at.step satisfies StepName}: ${text}`,
          })
          .execute()
      }),
  }
}
