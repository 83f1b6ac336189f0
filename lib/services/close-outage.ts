import { audit } from '@/lib/store/audit'
import { announce } from '@/lib/store/changes'
import type { CloseStatement, WithdrawAcknowledgement } from '@/lib/views/statement-input'
import type { ServiceContext } from './context'
import { ServiceError } from './errors'
import { noSuchStatement } from './statement-checks'

/** Takes an acknowledgement back while the site is silent: the outage stands there like every other one. Throws ServiceError. */
export const withdrawAcknowledgement = (
  input: WithdrawAcknowledgement,
  context: ServiceContext,
): Promise<{ readonly id: string }> => closeAs('outage:withdraw', input, context)

/** Lets the rest be after the site is back: the record keeps what was proven, and what was not. Throws ServiceError. */
export const closeOutage = (input: CloseStatement, context: ServiceContext): Promise<{ readonly id: string }> =>
  closeAs('outage:close', input, context)

async function closeAs(
  action: 'outage:withdraw' | 'outage:close',
  { id, reason }: CloseStatement,
  { store, clock, actor }: ServiceContext,
): Promise<{ readonly id: string }> {
  return store.transaction().execute(async (tx) => {
    const at = clock.now()
    const row = await tx.selectFrom('outages').selectAll().where('id', '=', id).executeTakeFirst()
    if (row === undefined) throw noSuchStatement()
    if (row.closed_at !== null) throw new ServiceError('conflict', 'It is closed already: look at the list again.')
    if (action === 'outage:withdraw' && row.returned_at !== null) {
      throw new ServiceError(
        'refused',
        `${row.site} is back: what is not proven to have gone on is let be by closing the outage.`,
      )
    }
    if (action === 'outage:close' && row.returned_at === null)
      throw new ServiceError('refused', `${row.site} is not back: withdraw the acknowledgement, or wait.`)
    await tx
      .updateTable('outages')
      .set({ closed_at: at, closed_by: JSON.stringify(actor), close_reason: reason })
      .where('id', '=', id)
      .execute()
    const detail = { site: row.site, reason, progress: row.progress === null ? null : JSON.parse(row.progress) }
    await audit(tx, { at, actor, action, subject: `outage:${id}`, outcome: 'done', detail })
    await announce(tx, ['statements'], at)
    return { id }
  })
}
