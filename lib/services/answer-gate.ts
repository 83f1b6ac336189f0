import type { Transaction } from 'kysely'
import { type Actor, actorText } from '@/lib/domain/actor'
import { memberName, type PlanMember } from '@/lib/domain/plan'
import { isActive, type MemberState } from '@/lib/domain/run-states'
import type { Tables } from '@/lib/store/database'
import type { RunCommand } from '@/lib/views/recover'
import { ServiceError } from './errors'

type Answer = Extract<RunCommand['command'], { kind: 'answer' }>

/**
 * What somebody says of a gate that asks a person: written down here, and taken up by the worker at its next look. A no stays
 * until somebody says yes, or goes on without it. Nobody says yes before they are asked: it would be yes to something that
 * is not so yet. Throws ServiceError.
 */
export async function answerGate(
  tx: Transaction<Tables>,
  runId: string,
  { member: idx, answer }: Answer,
  actor: Actor,
  at: number,
): Promise<void> {
  const row = await tx
    .selectFrom('run_members')
    .select(['member', 'state', 'memo'])
    .where('run_id', '=', runId)
    .where('idx', '=', idx)
    .executeTakeFirst()
  if (row === undefined) throw new ServiceError('missing', `Run ${runId} has no such member.`)
  const member = JSON.parse(row.member) as PlanMember
  if (member.kind !== 'gate' || member.gate.kind !== 'human')
    throw new ServiceError('invalid', `${memberName(member)} asks nobody.`)
  if (!isActive(row.state as MemberState))
    throw new ServiceError('conflict', `The ${memberName(member)} needs no answer any more.`)
  const memo = JSON.parse(row.memo) as Record<string, unknown>
  if (typeof memo.askedAt !== 'number')
    throw new ServiceError(
      'conflict',
      `The ${memberName(member)} is not asked yet: the servers of boot order ${member.after} are started first.`,
    )
  await tx
    .updateTable('run_members')
    .set({ memo: JSON.stringify({ ...memo, answer, answeredBy: actorText(actor), answeredAt: at }), updated_at: at })
    .where('run_id', '=', runId)
    .where('idx', '=', idx)
    .execute()
}
