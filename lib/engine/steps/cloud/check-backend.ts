import { blocked, done, type Look, type Step, type StepContext, stepFor, waiting } from '../../step'
import { fromService, planned, volumesInTheWay } from './backend'

/**
 * Can Cinder be told to fail over, and does the plan hold all that it would take? failover_host takes every volume of the
 * host: one that was left out would be promoted by force while it is primary.
 */
export const checkBackend: Step = stepFor('backend', {
  name: 'check-backend',
  observe: (subjects, context) =>
    Promise.all(
      subjects.map(({ member, memo }) =>
        fromService(member, context, async (service, stand): Promise<Look> => {
          if (stand.kind === 'after') return blocked(`${member.host} serves from ${member.target} already`)
          if (stand.kind === 'cannot') return waiting(stand.text)
          if (stand.kind !== 'before') return blocked(stand.text)
          if (service.frozen && memo['did:freeze'] !== true)
            return blocked(`${member.host} is frozen already: whoever froze it has a reason. Thaw it, then start again`)
          return (await volumesInTheWay(member, service, context)) ?? done(wholeText(member.host, context))
        }),
      ),
    ),
})

const wholeText = (host: string, { plan }: StepContext): string => {
  const volumes = planned.volumes(plan)
  const replicated = volumes.filter((one) => one.replicated).length
  return `${host} is up and its replication is on; the plan holds all of its ${volumes.length} volumes, ${replicated} of them replicated`
}
