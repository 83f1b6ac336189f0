import type { Transaction } from 'kysely'
import type { MemberState } from '@/lib/domain/run-states'
import type { MemberChange } from '@/lib/ports/run-journal'
import type { Tables } from './database'

type Tx = Transaction<Tables>

/**
 * One change of one member, in the caller's transaction. `from`: only where it is in one of these states; null: wherever it
 * is, but what somebody set aside stays so.
 */
export async function moveMember(
  tx: Tx,
  runId: string,
  change: MemberChange,
  now: number,
  from: readonly MemberState[] | null,
) {
  const { idx, state, reason, stepIdx, memo } = change
  let query = tx
    .updateTable('run_members')
    .set({
      updated_at: now,
      ...(state === undefined ? {} : { state }),
      ...(reason === undefined ? {} : { reason }),
      ...(stepIdx === undefined ? {} : { step_idx: stepIdx }),
      ...(memo === undefined ? {} : { memo: JSON.stringify(memo) }),
    })
    .where('run_id', '=', runId)
    .where('idx', '=', idx)
  query = from === null ? query.where('state', '!=', 'set-aside') : query.where('state', 'in', from)
  await query.execute()
}
