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

/**
 * What a member's key is about: a pool at a site has all images and schedules of that pool under it, so that nobody takes
 * away the peers of what another run moves.
 */
function placeOf(key: string): {
  readonly pool: string
  readonly sites: readonly string[] | null
  readonly whole: boolean
} {
  const [head = '', ...rest] = key.split('/')
  if (head.startsWith('pool:')) return { pool: rest.join('/'), sites: [head.slice(5)], whole: true }
  if (head.startsWith('schedule:')) return { pool: head.slice(9), sites: null, whole: false }
  return { pool: rest[0] ?? '', sites: head.split('~'), whole: false }
}

function collides(one: string, other: string): boolean {
  if (one === other) return true
  const [a, b] = [placeOf(one), placeOf(other)]
  if ((!a.whole && !b.whole) || a.pool !== b.pool) return false
  return a.sites === null || b.sites === null || a.sites.some((site) => b.sites?.includes(site))
}

/** Runs that are not ended and hold one of these members, or the pool that it is in, by its key. */
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
  const taken = new Map(rows.map(({ key, id }) => [key, id]))
  const pools = [...taken].filter(([key]) => key.startsWith('pool:'))
  const wanted = keys.filter((key) => key !== 'sites')
  const busy = new Map<string, string>()
  for (const key of wanted) {
    // Only pools collide with what has another key: images are many, and are compared by theirs alone.
    const others = key.startsWith('pool:') ? [...taken] : pools
    const id = taken.get(key) ?? others.find(([other]) => collides(key, other))?.[1]
    if (id !== undefined) busy.set(key, id)
  }
  return busy
}
