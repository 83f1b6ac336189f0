import { statedAsks, withAsks } from '@/lib/procedures/asks'
import type { Prepared } from '@/lib/procedures/prepare-parts'
import { tornAsks } from '@/lib/procedures/torn-clones'
import { statedNow } from '@/lib/store/stated'
import type { FailoverIntent } from '@/lib/views/recover'
import type { ServiceContext } from './context'
import { ownWriteFindings } from './own-writes'
import { prepareFailover } from './prepare-failover'
import { timeText } from './statement-checks'

/** What this choice would find, lose and run, and what has to be agreed to before. Throws ServiceError. */
export async function prepareAsked(intent: FailoverIntent, context: ServiceContext): Promise<Prepared> {
  const { procedure, from, to } = intent
  const prepared = await prepareFailover(intent, context)
  const pools = new Set(prepared.ledger.rows.map(({ image }) => image.pool))
  const stated = await statedNow(context.store)
  const asks = statedAsks({ procedure, from, to, pools }, stated, prepared.at, timeText)
  const own = await ownWriteFindings(prepared.plan, context)
  return withAsks({ ...prepared, findings: [...own, ...prepared.findings] }, [...asks, ...tornAsks(prepared.plan)])
}
