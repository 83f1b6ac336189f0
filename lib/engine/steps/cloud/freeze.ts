import { isScheduled } from '@/lib/domain/host-volumes'
import { cloudArgv } from '@/lib/ports/cloud'
import { blocked, done, type Look, ready, type Step, stepFor, waiting } from '../../step'
import { fromService } from './backend'

/** No volume is made or deleted on the backend from here on: what is deleted at the primary is deleted at the copy too. */
export const freeze: Step = stepFor('backend', {
  name: 'freeze',
  observe: (subjects, context) =>
    Promise.all(
      subjects.map(({ member }) =>
        fromService(member, context, (service): Look => {
          if (service.frozen) return done(`${member.host} is frozen`)
          return ready(member.cloud, cloudArgv.freeze(member.host))
        }),
      ),
    ),
  preview: (member) => [{ site: member.cloud, argv: cloudArgv.freeze(member.host) }],
})

/** Volumes can be made again; a thaw also enables a service that the failover left disabled. */
export const thaw: Step = stepFor('backend', {
  name: 'thaw',
  observe: (subjects, context) =>
    Promise.all(
      subjects.map(({ member }) =>
        fromService(member, context, async (service): Promise<Look> => {
          if (service.frozen) return ready(member.cloud, cloudArgv.thaw(member.host))
          if (service.status === 'disabled')
            return blocked(
              `${member.host} is disabled (${service.disabledReason}) and not frozen, so a thaw would be refused: freeze it and thaw it, or enable it`,
            )
          if (!isScheduled(await context.cloud(member.cloud).backendPools(), member.host))
            return waiting(`the scheduler does not list ${member.host} yet`)
          return done(`${member.host} is enabled, not frozen, and the scheduler places new volumes on it`)
        }),
      ),
    ),
  preview: (member) => [{ site: member.cloud, argv: cloudArgv.thaw(member.host) }],
})
