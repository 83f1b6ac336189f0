import { randomBytes } from 'node:crypto'
import { isSingleVerb, memberName, type Plan, type SingleVerb } from '@/lib/domain/plan'
import { planHash } from '@/lib/procedures/plan-hash'
import { audit } from '@/lib/store/audit'
import { insertRun, liveRunsOf } from '@/lib/store/runs-write'
import type { StartRunInput } from '@/lib/views/recover'
import type { ServiceContext } from './context'
import { ServiceError } from './errors'
import { prepareFailover } from './prepare-failover'
import { typedSite } from './preview-failover'

function titleOf({ procedure, from, to }: Plan, count: number): string {
  const images = `${count} ${count === 1 ? 'image' : 'images'}`
  if (isSingleVerb(procedure)) return SINGLE_TITLES[procedure](images, from, to)
  if (procedure === 'reprotect') return `Protect ${images} of ${from} again at ${to}`
  if (procedure === 'resync') return `Resync ${images} at ${to} from ${from}`
  return `Fail over ${images} from ${from} to ${to}${procedure === 'forced-failover' ? ', by force' : ''}`
}

const SINGLE_TITLES: Readonly<Record<SingleVerb, (images: string, from: string, to: string) => string>> = {
  promote: (images, _, to) => `Promote ${images} at ${to}`,
  demote: (images, from) => `Demote ${images} at ${from}`,
  snapshot: (images, from) => `Mirror snapshot of ${images} at ${from}`,
  flatten: (images, from) => `Flatten ${images} at ${from}`,
}

/**
 * Starts a run. Readiness is looked at again on fresh readings; the plan must be the one that was approved, and no image of
 * it may be in another live run. A request id that was seen before gives the run it made: a double click is one run.
 * Throws ServiceError.
 */
export async function startRun(input: StartRunInput, context: ServiceContext): Promise<{ readonly runId: string }> {
  const { store, clock, actor } = context
  const earlier = await store
    .selectFrom('runs')
    .select('id')
    .where('request_id', '=', input.requestId)
    .executeTakeFirst()
  if (earlier !== undefined) return { runId: earlier.id }
  const site = typedSite(input.intent)
  if (input.typed.trim() !== site) {
    throw new ServiceError(
      'invalid',
      site === ''
        ? `Nothing is typed to start this. You typed "${input.typed.trim()}".`
        : `To start, type the name of the site ${site}. You typed "${input.typed.trim()}".`,
    )
  }
  const prepared = await prepareFailover(input.intent, context)
  if (prepared.plan === null) throw new ServiceError('refused', prepared.refusal ?? 'Nothing can be started.')
  const hash = planHash(prepared.plan)
  if (hash !== input.planHash) {
    throw new ServiceError(
      'conflict',
      'What would run has changed since you looked: look at the plan again, then start.',
    )
  }
  const { plan, ledger, findings } = prepared
  const images = plan.members.filter(({ kind }) => kind === 'image')
  const id = `r-${new Date(clock.now()).toISOString().slice(2, 16).replace(/[-T:]/g, '')}-${randomBytes(3).toString('hex')}`
  return store.transaction().execute(async (tx) => {
    const again = await tx.selectFrom('runs').select('id').where('request_id', '=', input.requestId).executeTakeFirst()
    if (again !== undefined) return { runId: again.id }
    const busy = await liveRunsOf(
      tx,
      plan.members.map(({ key }) => key),
    )
    const [taken] = busy
    if (taken !== undefined) {
      const member = plan.members.find(({ key }) => key === taken[0])
      const name = member === undefined ? taken[0] : memberName(member)
      throw new ServiceError(
        'conflict',
        `${name} is in run ${taken[1]}, which has not ended: wait for it, or stop it there.`,
      )
    }
    const at = clock.now()
    const title = titleOf(plan, images.length)
    await insertRun(tx, { id, requestId: input.requestId, title, plan, planHash: hash, ledger, findings, actor, at })
    const detail = {
      title,
      planHash: hash,
      images: images.length,
      options: plan.options,
      setAside: ledger.setAside.length,
    }
    await audit(tx, { at, actor, action: 'run:start', subject: `run:${id}`, outcome: 'done', detail })
    return { runId: id }
  })
}
