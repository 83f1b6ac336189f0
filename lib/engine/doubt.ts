import { isCloudArgv } from '@/lib/ports/cloud'
import type { AttemptRecord, MemberRecord, Memo } from '@/lib/ports/run-journal'
import { actorOf } from './actor'
import { look, lookUndo } from './look'
import { overdueOf } from './registry'
import type { RunScope } from './scope'
import { undoneMemo } from './undo'

/**
 * Attempts that were started and whose end nobody saw: after a crash, or past their deadline. They are resolved by looking,
 * never by doing it again, and not before the process that was started is proven gone, here and behind the exec prefix.
 * Returns how many stay in doubt.
 */
export async function resolveDoubts(scope: RunScope, members: readonly MemberRecord[]): Promise<number> {
  const { deps, lease } = scope
  const open = await deps.journal.openAttempts(lease.runId)
  const resolved = await Promise.all(
    open.map(async (attempt) => {
      const record = members.find(({ idx }) => idx === attempt.memberIdx)
      return record === undefined ? true : resolveOne(attempt, record, scope)
    }),
  )
  return resolved.filter((done) => !done).length
}

async function resolveOne(attempt: AttemptRecord, record: MemberRecord, scope: RunScope): Promise<boolean> {
  const { deps, lease, plan } = scope
  if (isCloudArgv(attempt.argv) && attempt.process === null) {
    const proof = 'the request was never sent'
    const outcome = { exit: null, stdout: '', stderr: '', state: 'failed', proof } as const
    const memo = { ...record.memo, toldAt: null }
    await deps.journal.conclude(lease, attempt.id, outcome, {
      ...{ idx: record.idx, reason: attempt.undo ? proof : '', memo },
      state: attempt.undo ? 'failed' : 'pending',
    })
    return true
  }
  const life = await actorOf(deps, attempt.site, attempt.argv).mayLive(attempt.id, attempt.process)
  if (life !== 'gone') {
    const name = plan.steps[attempt.stepIdx]?.name
    const hint = life === 'lives' && name !== undefined ? overdueOf(name)?.hint(plan) : undefined
    const why =
      life === 'lives'
        ? ['its command still runs', hint].filter(Boolean).join('. ')
        : `whether its command still runs at ${attempt.site} is not known`
    await stayInDoubt(record, attempt.state, why, scope)
    return false
  }
  const step = plan.steps[attempt.stepIdx]
  if (step === undefined)
    throw new Error(`run ${lease.runId} has an attempt at step ${attempt.stepIdx}, which its plan lacks`)
  const [seen] = attempt.undo ? await lookUndo([record], scope.context) : await look(step.name, [record], scope.context)
  if (seen === undefined || seen.kind === 'waiting') {
    await stayInDoubt(record, attempt.state, seen?.reason ?? 'not read', scope)
    return false
  }
  const outcome = { exit: null, stdout: '', stderr: '' }
  if (seen.kind === 'done') {
    const memo: Memo = {
      ...record.memo,
      ...(seen.memo ?? {}),
      ...(attempt.undo ? undoneMemo(record.member) : { [`did:${step.name}`]: true }),
    }
    await deps.journal.conclude(
      lease,
      attempt.id,
      { ...outcome, state: 'done', proof: `found done: ${seen.proof}` },
      {
        idx: record.idx,
        state: !attempt.undo ? 'pending' : memo.aside === true ? 'set-aside' : 'undone',
        reason: attempt.undo ? seen.proof : '',
        memo,
      },
    )
    return true
  }
  const reason = seen.kind === 'blocked' ? seen.reason : 'its command is gone and the look says it is not done'
  await deps.journal.conclude(
    lease,
    attempt.id,
    { ...outcome, state: 'failed', proof: reason },
    { idx: record.idx, state: seen.kind === 'blocked' || attempt.undo ? 'failed' : 'pending', reason },
  )
  return true
}

async function stayInDoubt(
  record: MemberRecord,
  state: AttemptRecord['state'],
  reason: string,
  scope: RunScope,
): Promise<void> {
  if (state === 'in-doubt' && record.state === 'in-doubt' && record.reason === reason) return
  await scope.deps.journal.moveMembers(scope.lease, [{ idx: record.idx, state: 'in-doubt', reason }])
}
