import type { BackendMember } from '@/lib/domain/cloud-plan'
import type { ServiceStand } from '@/lib/domain/host-volumes'
import { cloudArgv } from '@/lib/ports/cloud'
import type { MemberRecord } from '@/lib/ports/run-journal'
import { blocked, done, type Look, ready, type StepContext, waiting } from '../../step'
import { fromService, planned } from './backend'

/** Of a plan with a backend: why its images are not promoted back now; null where Cinder has not been told. */
export async function whyNotBack(context: StepContext): Promise<Look | null> {
  const backend = planned.backend(context.plan)
  if (backend === undefined) return null
  return fromService(backend, context, (_, stand) => {
    const told = toldText(backend, stand)
    if (told === null) return null
    const text = `not promoted back: ${told}`
    return stand.kind === 'under-way' ? waiting(text) : blocked(text)
  })
}

/** That Cinder was told, or does what nobody here told it; null where it stands as before. */
function toldText({ host, target }: BackendMember, stand: ServiceStand): string | null {
  if (stand.kind === 'before' || stand.kind === 'cannot') return null
  return stand.kind === 'after' ? `${host} serves from ${target}` : stand.text
}

/** A backend that was frozen for a failover that did not come about. */
export const lookAtThawAgain = (records: readonly MemberRecord[], context: StepContext): Promise<readonly Look[]> =>
  Promise.all(
    records.map((record) => {
      const member = record.member as BackendMember
      return fromService(member, context, (service, stand): Look => {
        const told = toldText(member, stand)
        if (told !== null) return blocked(`it is not thawed: ${told}`)
        return service.frozen ? ready(member.cloud, cloudArgv.thaw(member.host)) : done(`${member.host} is thawed`)
      })
    }),
  )
