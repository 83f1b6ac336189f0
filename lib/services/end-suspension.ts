import { phaseOf } from '@/lib/domain/suspension'
import { audit } from '@/lib/store/audit'
import { announce } from '@/lib/store/changes'
import { suspensionOf } from '@/lib/store/suspensions'
import type { EndSuspension } from '@/lib/views/statement-input'
import type { ServiceContext } from './context'
import { ServiceError } from './errors'
import { noSuchStatement } from './statement-checks'

/**
 * Ends a suspension before its time: from now on nothing is silent, and all has to be proven to have caught up. One that has
 * not begun is taken back, and is history at once. Throws ServiceError.
 */
export async function endSuspension(
  { id, reason }: EndSuspension,
  { store, clock, actor }: ServiceContext,
): Promise<{ readonly id: string }> {
  return store.transaction().execute(async (tx) => {
    const at = clock.now()
    const row = await tx.selectFrom('suspensions').selectAll().where('id', '=', id).executeTakeFirst()
    if (row === undefined) throw noSuchStatement()
    const phase = phaseOf(suspensionOf(row), at)
    if (phase !== 'holding' && phase !== 'planned')
      throw new ServiceError(
        'conflict',
        'It has ended already, by its time or by somebody else: look at the list again.',
      )
    const who = JSON.stringify(actor)
    const closed = phase === 'planned' ? { closed_at: at, closed_by: who, close_reason: 'taken back' } : {}
    await tx
      .updateTable('suspensions')
      .set({ ended_at: at, ended_by: who, end_reason: reason, ...closed })
      .where('id', '=', id)
      .execute()
    const detail = { reason, phase, endsAt: row.ends_at }
    await audit(tx, { at, actor, action: 'suspension:end', subject: `suspension:${id}`, outcome: 'done', detail })
    await announce(tx, ['statements'], at)
    return { id }
  })
}
