import type { Transaction } from 'kysely'
import type { Actor } from '@/lib/domain/actor'
import type { Finding, Ledger, Plan } from '@/lib/domain/plan'
import { announce } from './changes'
import type { Tables } from './database'

export interface NewRun {
  readonly id: string
  readonly requestId: string
  readonly title: string
  readonly plan: Plan
  readonly planHash: string
  readonly ledger: Ledger
  readonly findings: readonly Finding[]
  readonly actor: Actor
  readonly at: number
}

/** Run, steps and members in the caller's transaction. The worker takes it up from there. */
export async function insertRun(tx: Transaction<Tables>, run: NewRun): Promise<void> {
  await tx
    .insertInto('runs')
    .values({
      id: run.id,
      request_id: run.requestId,
      procedure: run.plan.procedure,
      title: run.title,
      from_site: run.plan.from,
      to_site: run.plan.to,
      state: 'queued',
      reason: 'waits for the worker',
      wish: 'go',
      plan: JSON.stringify(run.plan),
      plan_hash: run.planHash,
      ledger: JSON.stringify(run.ledger),
      findings: JSON.stringify(run.findings),
      actor: JSON.stringify(run.actor),
      created_at: run.at,
      lease_until: 0,
      fence: 0,
    })
    .execute()
  const steps = run.plan.steps.map(({ name, title }, idx) => ({
    run_id: run.id,
    idx,
    name,
    title,
    state: 'pending',
    reason: '',
  }))
  await tx.insertInto('run_steps').values(steps).execute()
  const members = run.plan.members.map((member, idx) => ({
    run_id: run.id,
    idx,
    key: member.key,
    member: JSON.stringify(member),
    family: member.family,
    state: 'pending',
    reason: '',
    step_idx: 0,
    memo: '{}',
    updated_at: run.at,
  }))
  // SQLite takes 32,766 parameters a statement.
  for (let from = 0; from < members.length; from += 500) {
    await tx
      .insertInto('run_members')
      .values(members.slice(from, from + 500))
      .execute()
  }
  await announce(tx, ['runs', `run:${run.id}`], run.at)
}

/** Runs that are not ended and hold one of these images, by image key. */
export async function liveRunsOf(
  tx: Transaction<Tables>,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx
    .selectFrom('run_members')
    .innerJoin('runs', 'runs.id', 'run_members.run_id')
    .select(['run_members.key', 'runs.id'])
    .where('runs.state', 'in', ['queued', 'running', 'waiting', 'paused'])
    .where('run_members.state', '!=', 'set-aside')
    .where('run_members.key', '!=', 'sites')
    .execute()
  const wanted = new Set(keys)
  return new Map(rows.filter(({ key }) => wanted.has(key)).map(({ key, id }) => [key, id]))
}
