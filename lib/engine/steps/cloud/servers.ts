import { leadsTo } from '@/lib/domain/attachment'
import type { ServerMember } from '@/lib/domain/cloud-plan'
import { specText } from '@/lib/domain/words'
import { cloudArgv } from '@/lib/ports/cloud'
import {
  blocked,
  done,
  type Look,
  ready,
  type Step,
  type StepContext,
  type Subject,
  stepFor,
  waiting,
} from '../../step'
import { fromService, notPrimaryAt, planned, type SeenServer, serversOf } from './backend'
import { notStopped, stuckThere } from './lost-host'

/** Shut off, or its host was given up: in these it holds no volume open. */
const AT_REST: ReadonlySet<string> = new Set(['SHUTOFF', 'SHELVED', 'SHELVED_OFFLOADED'])

/** Servers are stopped in reverse boot order: what others need goes down last. */
export const stopServers: Step = stepFor('server', {
  name: 'stop-servers',
  observe: (subjects, context) =>
    lookAtServers(subjects, context, ({ member }, seen) => {
      const { server, lostHost } = seen
      if (AT_REST.has(server.status) && server.taskState === null)
        return done(`${server.status} at ${server.host ?? 'no host'}`)
      if (lostHost !== null) return notStopped(seen, lostHost, context.plan)
      if (server.status !== 'ACTIVE')
        return blocked(`it is ${server.status}, which cannot be stopped: bring it to ACTIVE or SHUTOFF`)
      if (server.locked) return blocked('it is locked: unlock it, or nobody but an administrator stops it')
      return ready(member.cloud, cloudArgv.stopServer(member.id))
    }),
  preview: (member) => (member.wasRunning ? [{ site: member.cloud, argv: cloudArgv.stopServer(member.id) }] : []),
  rank: (member) => -member.bootOrder,
  ranksAll: true,
  // Of a site that is lost nothing is shut down in order: what its storage was is gone.
  stoppedHolds: ({ procedure }) => procedure !== 'cinder-forced',
})

/**
 * Data volumes are detached and attached while their server is off, since Nova keeps the monitors that it was given with
 * the attachment, and a hard reboot does not ask again.
 */
export const moveAttachments: Step = stepFor('server', {
  name: 'move-attachments',
  applies: (member) => member.volumes.some(({ root }) => !root),
  observe: (subjects, context) =>
    lookAtMoved(subjects, context, ({ member }, { server, volumes, attachments }) => {
      const monitors = planned.backend(context.plan)?.monitors ?? []
      const data = member.volumes.filter(({ root }) => !root)
      for (const one of data) {
        const { id } = one
        const volume = volumes.get(id)
        if (volume === undefined) return blocked(`its volume ${id} is not there any more`)
        const leads = leadsTo(volume, member.id, attachments, monitors)
        // Nova keeps none of a server whose host it has given up: it gets a new one when it is unshelved.
        if (leads === 'there' || (leads === 'none' && server.status === 'SHELVED_OFFLOADED')) continue
        if (server.status === 'ACTIVE') return blocked('it runs, and its volumes lead to the old site: stop it first')
        if (!AT_REST.has(server.status)) return blocked(`it is ${server.status}: bring it to SHUTOFF`)
        if (leads === 'elsewhere')
          return volume.status === 'in-use'
            ? ready(member.cloud, cloudArgv.detachVolume(member.id, id))
            : waiting(`its volume ${volume.name || id} is ${volume.status}`)
        // Nova forgets it a moment after Cinder does, and refuses it until then.
        if (leads === 'detached' && volume.status === 'available' && server.volumeIds.includes(id))
          return waiting(`Nova has not let go of its volume ${volume.name || id} yet`)
        if (leads === 'detached' && volume.status === 'available')
          return ready(member.cloud, cloudArgv.attachVolume(member.id, one))
        return waiting(`its volume ${volume.name || id} is ${volume.status}`)
      }
      return done(
        `${data.length} ${data.length === 1 ? 'data volume leads' : 'data volumes lead'} to ${monitors.join(', ')}`,
      )
    }),
  preview: (member) =>
    member.volumes
      .filter(({ root }) => !root)
      .flatMap((one) => [
        { site: member.cloud, argv: cloudArgv.detachVolume(member.id, one.id) },
        { site: member.cloud, argv: cloudArgv.attachVolume(member.id, one) },
      ]),
})

/**
 * Servers are started in boot order, each order when the one before is ACTIVE. The disk that a server boots from cannot be
 * detached; shelved and unshelved the server gets a new attachment, at the site that serves now.
 */
export const startServers: Step = stepFor('server', {
  name: 'start-servers',
  observe: (subjects, context) =>
    lookAtMoved(subjects, context, ({ member }, seen) => {
      const { server, volumes, attachments } = seen
      const { id, cloud } = member
      const root = member.volumes.find((one) => one.root)
      const rootVolume = root && volumes.get(root.id)
      if (root !== undefined && rootVolume === undefined)
        return blocked(`its boot volume ${root.id} is not there any more`)
      const monitors = planned.backend(context.plan)?.monitors ?? []
      const leads = rootVolume === undefined ? 'there' : leadsTo(rootVolume, id, attachments, monitors)
      // Of a server whose host was given up Nova keeps no connection; it gets new ones when it is unshelved.
      if (server.status !== 'SHELVED' && server.status !== 'SHELVED_OFFLOADED') {
        if (leads === 'detached')
          return waiting(`its boot volume ${root?.id} is not attached to it: look at it in Cinder`)
        const astray = member.volumes.find(({ id: volumeId, root: isRoot }) => {
          const volume = volumes.get(volumeId)
          return !isRoot && (volume === undefined || leadsTo(volume, id, attachments, monitors) !== 'there')
        })
        if (astray !== undefined)
          return waiting(`its volume ${astray.id} does not lead to ${monitors.join(', ')}: attach it, and it goes on`)
      }
      switch (server.status) {
        case 'SHELVED':
          return ready(cloud, cloudArgv.shelveOffloadServer(id))
        case 'SHELVED_OFFLOADED':
          return ready(cloud, cloudArgv.unshelveServer(id))
        case 'ACTIVE':
          if (leads === 'none') return waiting('its boot volume has no connection yet')
          if (leads === 'elsewhere') return ready(cloud, cloudArgv.shelveServer(id))
          return member.wasRunning ? done(activeText(root?.id, monitors)) : ready(cloud, cloudArgv.stopServer(id))
        case 'SHUTOFF':
          if (leads === 'none') return waiting('its boot volume has no connection')
          if (leads === 'elsewhere') return ready(cloud, cloudArgv.shelveServer(id))
          return member.wasRunning ? ready(cloud, cloudArgv.startServer(id)) : done('shut off, as it was')
        default:
          return blocked(`it is ${server.status}; look at its fault in Nova`)
      }
    }),
  preview: (member) => [
    ...(member.volumes.some(({ root }) => root)
      ? [
          { site: member.cloud, argv: cloudArgv.shelveServer(member.id) },
          { site: member.cloud, argv: cloudArgv.unshelveServer(member.id) },
        ]
      : []),
    ...(member.wasRunning ? [{ site: member.cloud, argv: cloudArgv.startServer(member.id) }] : []),
  ],
  rank: (member) => member.bootOrder,
  ranksAll: true,
  stoppedHolds: () => true,
})

const activeText = (root: string | undefined, monitors: readonly string[]): string =>
  root === undefined ? 'ACTIVE' : `ACTIVE; its boot volume leads to ${monitors.join(', ')}`

/** A look at each server that is there and at rest between two tasks of Nova's. */
export async function lookAtServers(
  subjects: readonly Subject<ServerMember>[],
  context: StepContext,
  decide: (subject: Subject<ServerMember>, seen: SeenServer) => Look,
): Promise<readonly Look[]> {
  const seen = await serversOf(subjects, context)
  return subjects.map((subject, index) => {
    const one = seen[index]
    if (one == null) return blocked(`the cloud of ${subject.member.cloud} has no such server any more`)
    // At a host that is down a task never ends.
    if (one.server.taskState !== null && one.lostHost === null) return waiting(`Nova is at it: ${one.server.taskState}`)
    return decide(subject, one)
  })
}

/**
 * The same once the backend has moved: a server is touched only while Cinder serves from the target, and only where the
 * image of each of its volumes is primary there.
 */
async function lookAtMoved(
  subjects: readonly Subject<ServerMember>[],
  context: StepContext,
  decide: (subject: Subject<ServerMember>, seen: SeenServer) => Look,
): Promise<readonly Look[]> {
  const [unserved, unfit] = await Promise.all([whyUnserved(context), unfitVolumes(subjects, context)])
  if (unserved !== null) return subjects.map(() => unserved)
  return lookAtServers(subjects, context, (subject, seen) => {
    const bad = subject.member.volumes.find(({ id }) => unfit.has(id))
    if (bad !== undefined) return blocked(unfit.get(bad.id) ?? '')
    return seen.lostHost === null ? decide(subject, seen) : stuckThere(seen.server, seen.lostHost)
  })
}

/** Why nothing is done to servers now: Cinder would hand out connections to another site than the one that was chosen. */
async function whyUnserved(context: StepContext): Promise<Look | null> {
  const backend = planned.backend(context.plan)
  if (backend === undefined) return null
  return fromService(backend, context, (_, stand) =>
    stand.kind === 'after' ? null : waiting(`${backend.host} does not serve from ${context.plan.to}`),
  )
}

/** Volumes whose image is not known to be primary at the target, with why. */
async function unfitVolumes(
  subjects: readonly Subject<ServerMember>[],
  context: StepContext,
): Promise<ReadonlyMap<string, string>> {
  const { plan } = context
  const wanted = new Set(subjects.flatMap(({ member }) => member.volumes.map(({ id }) => id)))
  const mine = planned.volumes(plan).filter(({ id }) => wanted.has(id))
  const missing = await notPrimaryAt(
    plan.to,
    mine.map(({ image }) => image),
    context,
  )
  return new Map(
    mine.flatMap(({ id, image }) => {
      const why = missing.get(specText(image))
      if (why === undefined) return []
      return [[id, `${specText(image)} ${why} at ${plan.to}: the server would hang, or write to the wrong history`]]
    }),
  )
}
