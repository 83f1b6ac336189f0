import type { BackendMember } from '@/lib/domain/cloud-plan'
import { standOf } from '@/lib/domain/host-volumes'
import { cloudArgv } from '@/lib/ports/cloud'
import type { MemberRecord } from '@/lib/ports/run-journal'
import { blocked, done, type Look, ready, type StepContext, waiting } from '../../step'
import { isLook, planned, serviceOf } from './backend'

/** Of a plan with a backend: why its images are not promoted back now; null where Cinder has not been told. */
export async function whyNotBack(context: StepContext): Promise<Look | null> {
  const backend = planned.backend(context.plan)
  if (backend === undefined) return null
  const service = await serviceOf(backend, context)
  if (isLook(service)) return service
  const stand = standOf(service, backend.target, backend.activeBefore)
  if (stand.kind === 'before' || stand.kind === 'cannot') return null
  return stand.kind === 'under-way'
    ? waiting(`not promoted back: ${stand.text}`)
    : blocked(
        `not promoted back: ${stand.kind === 'after' ? `${backend.host} serves from ${backend.target}` : stand.text}`,
      )
}

/** A backend that was frozen for a failover that did not come about. */
export const lookAtThawAgain = (records: readonly MemberRecord[], context: StepContext): Promise<readonly Look[]> =>
  Promise.all(
    records.map(async (record): Promise<Look> => {
      const member = record.member as BackendMember
      const service = await serviceOf(member, context)
      if (isLook(service)) return service
      const stand = standOf(service, member.target, member.activeBefore)
      if (stand.kind === 'under-way' || stand.kind === 'after' || stand.kind === 'stuck')
        return blocked(
          `it is not thawed: ${stand.kind === 'after' ? `${member.host} serves from ${member.target}` : stand.text}`,
        )
      return service.frozen ? ready(member.cloud, cloudArgv.thaw(member.host)) : done(`${member.host} is thawed`)
    }),
  )
