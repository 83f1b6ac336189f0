import { phaseOf } from '@/lib/domain/suspension'
import { audit } from '@/lib/store/audit'
import { announce } from '@/lib/store/changes'
import { suspensionOf } from '@/lib/store/suspensions'
import type { CloseStatement } from '@/lib/views/statement-input'
import type { ServiceContext } from './context'
import { ServiceError } from './errors'
import { noSuchStatement } from './statement-checks'

/**
 * Lets the rest be: what has not caught up is somebody's matter, and the record says who took it. Lag is told as ever. Only
 * of a suspension that is over. Throws ServiceError.
 */
export async function closeSuspension(
  { id, reason }: CloseStatement,
  { store, clock, actor }: ServiceContext,
): Promise<{ readonly id: string }> {
  return store.transaction().execute(async (tx) => {
    const at = clock.now()
    const row = await tx.selectFrom('suspensions').selectAll().where('id', '=', id).executeTakeFirst()
    if (row === undefined) throw noSuchStatement()
    const phase = phaseOf(suspensionOf(row), at)
    if (phase === 'closed') throw new ServiceError('conflict', 'It is closed already: look at the list again.')
    if (phase !== 'ended' && phase !== 'overdue')
      throw new ServiceError('refused', 'It is not over: end it first, then see what has caught up.')
    await tx
      .updateTable('suspensions')
      .set({ closed_at: at, closed_by: JSON.stringify(actor), close_reason: reason })
      .where('id', '=', id)
      .execute()
    const detail = { reason, progress: row.progress === null ? null : JSON.parse(row.progress) }
    await audit(tx, { at, actor, action: 'suspension:close', subject: `suspension:${id}`, outcome: 'done', detail })
    await announce(tx, ['statements'], at)
    return { id }
  })
}
