import { randomBytes } from 'node:crypto'
import { type Finding, type Ledger, memberName, type Plan } from '@/lib/domain/plan'
import { planHash } from '@/lib/procedures/plan-hash'
import { audit } from '@/lib/store/audit'
import { insertRun, liveRunsOf } from '@/lib/store/runs-write'
import { agreedTo } from './consents'
import type { ServiceContext } from './context'
import { ServiceError } from './errors'

/** What was approved: the hash of the plan that was shown, and the name that was typed. */
export interface Approval {
  readonly requestId: string
  readonly planHash: string
  readonly typed: string
  /** What was agreed to, by the names that the findings gave. */
  readonly consents?: readonly string[] | undefined
}

/** What was found just now, right before the start. */
export interface Ready {
  readonly plan: Plan | null
  readonly refusal: string | null
  readonly ledger: Ledger
  readonly findings: readonly Finding[]
}

interface Beginning {
  /** The name that is to be typed; '' where none is. */
  readonly typedSite: string
  prepare(): Promise<Ready>
  title(plan: Plan, images: number): string
}

/**
 * Starts a run. Readiness is looked at again on fresh readings; the plan must be the one that was approved, and nothing of
 * it may be in another live run. A request id that was seen before gives the run it made: a double click is one run.
 * Throws ServiceError.
 */
export async function beginRun(
  approval: Approval,
  { typedSite: site, prepare, title: titleOf }: Beginning,
  { store, clock, actor }: ServiceContext,
): Promise<{ readonly runId: string }> {
  const { requestId, typed } = approval
  const earlier = await store.selectFrom('runs').select('id').where('request_id', '=', requestId).executeTakeFirst()
  if (earlier !== undefined) return { runId: earlier.id }
  if (typed.trim() !== site) {
    throw new ServiceError(
      'invalid',
      site === ''
        ? `Nothing is typed to start this. You typed "${typed.trim()}".`
        : `To start, type the name of the site ${site}. You typed "${typed.trim()}".`,
    )
  }
  const { plan, refusal, ledger, findings } = await prepare()
  if (plan === null) throw new ServiceError('refused', refusal ?? 'Nothing can be started.')
  const hash = planHash(plan)
  if (hash !== approval.planHash) {
    throw new ServiceError(
      'conflict',
      'What would run has changed since you looked: look at the plan again, then start.',
    )
  }
  agreedTo(findings, approval.consents ?? [], 'start')
  const images = plan.members.filter(({ kind }) => kind === 'image')
  const id = `r-${new Date(clock.now()).toISOString().slice(2, 16).replace(/[-T:]/g, '')}-${randomBytes(3).toString('hex')}`
  return store.transaction().execute(async (tx) => {
    const again = await tx.selectFrom('runs').select('id').where('request_id', '=', requestId).executeTakeFirst()
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
    await insertRun(tx, { id, requestId, title, plan, planHash: hash, ledger, findings, actor, at })
    const detail = {
      title,
      planHash: hash,
      images: images.length,
      options: plan.options,
      setAside: ledger.setAside.length,
      ...(plan.asks === undefined ? {} : { agreedTo: plan.asks }),
    }
    await audit(tx, { at, actor, action: 'run:start', subject: `run:${id}`, outcome: 'done', detail })
    return { runId: id }
  })
}
