import { withAsks } from '@/lib/procedures/asks'
import type { Prepared } from '@/lib/procedures/prepare-parts'
import { openOutages } from '@/lib/store/outages'
import { openSuspensions } from '@/lib/store/suspensions'
import type { FailoverIntent } from '@/lib/views/recover'
import type { ServiceContext } from './context'
import { prepareFailover } from './prepare-failover'
import { timeText } from './statement-checks'

/** What this choice would find, lose and run, and what has to be agreed to before. Throws ServiceError. */
export async function prepareAsked(intent: FailoverIntent, context: ServiceContext): Promise<Prepared> {
  const prepared = await prepareFailover(intent, context)
  const [suspensions, outages] = await Promise.all([openSuspensions(context.store), openOutages(context.store)])
  return withAsks(prepared, intent, { suspensions, outages }, timeText)
}
