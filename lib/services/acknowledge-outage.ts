import { EXPECTED_AT_MOST_MS } from '@/lib/domain/acknowledged-outage'
import { audit } from '@/lib/store/audit'
import { announce } from '@/lib/store/changes'
import { openOutages } from '@/lib/store/outages'
import type { AcknowledgeOutage } from '@/lib/views/statement-input'
import type { ServiceContext } from './context'
import { ServiceError } from './errors'
import { refuseUnknownSite, timeText } from './statement-checks'

/**
 * A silent site is waited for, on purpose: it is not failed over. The clock and the exposure run on, and when it is back the
 * worker looks whether replication has gone on. Refused while the site answers. Throws ServiceError.
 */
export async function acknowledgeOutage(
  { requestId, site, reason, expectedAt }: AcknowledgeOutage,
  { store, clock, actor, sites }: ServiceContext,
): Promise<{ readonly id: string }> {
  refuseUnknownSite(site, sites)
  const id = `o-${requestId}`
  return store.transaction().execute(async (tx) => {
    const at = clock.now()
    const before = await tx.selectFrom('outages').select('id').where('id', '=', id).executeTakeFirst()
    if (before !== undefined) return { id }
    if (expectedAt !== null && expectedAt <= at)
      throw new ServiceError('invalid', 'Expected back: this time has passed; leave it empty where nobody can say.')
    if (expectedAt !== null && expectedAt > at + EXPECTED_AT_MOST_MS)
      throw new ServiceError('invalid', 'Expected back: more than 30 days ahead is no expectation; leave it empty.')
    const now = await tx.selectFrom('sites').select(['state', 'last_ok_at']).where('name', '=', site).executeTakeFirst()
    if (now?.state !== 'silent')
      throw new ServiceError('refused', `${site} is not silent: an outage is acknowledged where nothing answers.`)
    const other = (await openOutages(tx)).find((one) => one.site === site)
    if (other !== undefined) {
      throw new ServiceError(
        'conflict',
        `${other.by} acknowledged an outage of ${site} at ${timeText(other.acknowledgedAt)} (${other.reason}), and it is not closed: withdraw or close that one first.`,
      )
    }
    await tx
      .insertInto('outages')
      .values({
        ...{ id, site, reason, last_heard_at: now.last_ok_at, expected_at: expectedAt },
        ...{ by: JSON.stringify(actor), acknowledged_at: at, returned_at: null, progress: null },
        ...{ closed_at: null, closed_by: null, close_reason: '' },
      })
      .execute()
    const detail = { site, reason, expectedAt, lastHeardAt: now.last_ok_at }
    await audit(tx, { at, actor, action: 'outage:acknowledge', subject: `outage:${id}`, outcome: 'done', detail })
    await announce(tx, ['statements'], at)
    return { id }
  })
}
