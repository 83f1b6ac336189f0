import type { ServerMember } from '@/lib/domain/cloud-plan'
import { specText } from '@/lib/domain/words'
import { cloudArgv } from '@/lib/ports/cloud'
import type { MemberRecord } from '@/lib/ports/run-journal'
import { blocked, done, type Look, ready, type StepContext, type Subject } from '../../step'
import { notPrimaryAt, planned } from './backend'
import { lookAtServers } from './servers'

/** A server that was stopped for a failover that did not come about: started only where its images can be written again. */
export async function lookAtStartAgain(
  records: readonly MemberRecord[],
  context: StepContext,
): Promise<readonly Look[]> {
  const { plan } = context
  const subjects = records as readonly (MemberRecord & Subject<ServerMember>)[]
  const images = new Map(
    planned.volumes(plan).flatMap(({ id, image, replicated }) => (replicated ? [[id, image] as const] : [])),
  )
  const mine = subjects.flatMap(({ member }) => member.volumes.flatMap(({ id }) => images.get(id) ?? []))
  const demoted = await notPrimaryAt(plan.from, mine, context)
  return lookAtServers(subjects, context, ({ member }, { server, lostHost }) => {
    if (lostHost !== null) return blocked(`it is not started: its host ${lostHost.host} is down by Nova's word`)
    if (server.status === 'ACTIVE' || !member.wasRunning) return done(`${server.status}, as it was`)
    const stuck = member.volumes.flatMap(({ id }) => images.get(id) ?? []).find((image) => demoted.has(specText(image)))
    if (stuck !== undefined)
      return blocked(`it is not started: ${specText(stuck)} is not known to be primary at ${plan.from}`)
    return ready(member.cloud, cloudArgv.startServer(member.id))
  })
}
