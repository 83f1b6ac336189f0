import type { BackendMember } from '@/lib/domain/cloud-plan'
import { standOf } from '@/lib/domain/host-volumes'
import { cloudArgv } from '@/lib/ports/cloud'
import type { MemberRecord } from '@/lib/ports/run-journal'
import { blocked, done, type Look, ready, type StepContext } from '../../step'
import { isLook, serviceOf } from './backend'

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
