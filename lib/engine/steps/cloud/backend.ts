import type { ComputeService, Server, Volume, VolumeAttachment, VolumeService } from '@/lib/domain/cloud'
import type { BackendMember, ServerMember, VolumeMember } from '@/lib/domain/cloud-plan'
import { inTheWay, type ServiceStand, standOf, volumeText } from '@/lib/domain/host-volumes'
import type { ImageMember, Plan } from '@/lib/domain/plan'
import { type ImageSpec, type SiteName, specText } from '@/lib/domain/words'
import { blocked, type Look, type StepContext, type Subject, waiting } from '../../step'

export const planned = {
  images: (plan: Plan) => plan.members.filter((member): member is ImageMember => member.kind === 'image'),
  volumes: (plan: Plan) => plan.members.filter((member): member is VolumeMember => member.kind === 'volume'),
  backend: (plan: Plan) => plan.members.find((member): member is BackendMember => member.kind === 'backend'),
} as const

/** What is made of a backend's service as its cloud tells it now, and of where it stands on its way to the target. */
export async function fromService<T>(
  { host, cloud, target, activeBefore }: BackendMember,
  context: StepContext,
  decide: (service: VolumeService, stand: ServiceStand) => T | Promise<T>,
): Promise<T | Look> {
  const services = await context.cloud(cloud).volumeServices()
  const service = services.find((one) => one.host === host)
  if (service === undefined) return blocked(`the cloud of ${cloud} has no cinder-volume ${host}`)
  return decide(service, standOf(service, target, activeBefore))
}

/** Images that are not known to be primary at a site, by `pool/name`, with what is known. */
export async function notPrimaryAt(
  site: SiteName,
  images: readonly ImageSpec[],
  context: StepContext,
): Promise<ReadonlyMap<string, 'is not primary' | 'is not known'>> {
  const readings = await context.mirror(site).lineages(images)
  return new Map(
    images.flatMap((image, index) => {
      const read = readings[index]
      if (read?.kind === 'known' && read.value.role === 'primary') return []
      return [[specText(image), read?.kind === 'known' ? 'is not primary' : 'is not known'] as const]
    }),
  )
}

/** What of the backend's volumes forbids failover_host now; null where nothing does. */
export async function volumesInTheWay(
  { cloud }: BackendMember,
  service: VolumeService,
  context: StepContext,
): Promise<Look | null> {
  const plans = new Map(planned.volumes(context.plan).map(({ id, replicated }) => [id, replicated]))
  const way = context.plan.procedure === 'cinder-forced' ? 'forced' : 'planned'
  const volumes = await context.cloud(cloud).volumes('all')
  const moved = attachedElsewhere(volumes, context.plan)
  if (moved !== null) return moved
  const found = inTheWay(volumes, service, plans, way)
  const [first] = [...found].sort((a, b) => Number(a.passes) - Number(b.passes))
  if (first === undefined) return null
  const { volume, reason, passes } = first
  const more = found.length > 1 ? ` (and ${found.length - 1} more)` : ''
  const text = `volume ${volumeText(volume)}: ${reason}${more}`
  return passes ? waiting(text) : blocked(text)
}

/** A volume that hangs on another server than the plan says: that one would keep its connection to the old site. */
function attachedElsewhere(volumes: readonly Volume[], plan: Plan): Look | null {
  const pairs = new Set(
    plan.members.flatMap((member) =>
      member.kind === 'server' ? member.volumes.map(({ id }) => `${id} ${member.id}`) : [],
    ),
  )
  const mine = new Set(planned.volumes(plan).flatMap(({ id, replicated }) => (replicated ? [id] : [])))
  for (const volume of volumes) {
    const { id, attachedTo } = volume
    if (!mine.has(id)) continue
    const stranger = attachedTo.find(({ serverId }) => !pairs.has(`${id} ${serverId}`))
    if (stranger !== undefined)
      return blocked(
        `volume ${volumeText(volume)} was attached to server ${stranger.serverId} since the plan was made: stop this run and look again`,
      )
  }
  return null
}

/** A server with its volumes, as their services tell them now. */
export interface SeenServer {
  readonly server: Server
  readonly volumes: ReadonlyMap<string, Volume>
  readonly attachments: ReadonlyMap<string, VolumeAttachment>
  /** Its host, where Nova says that it is down: what Nova tells it waits there for ever. Null where it is up, or has none. */
  readonly lostHost: ComputeService | null
}

/** In the order asked, by four calls; null where there is no such server any more. */
export async function serversOf(
  subjects: readonly Subject<ServerMember>[],
  context: StepContext,
): Promise<readonly (SeenServer | null)[]> {
  const [first] = subjects
  if (first === undefined) return []
  const cloud = context.cloud(first.member.cloud)
  const [servers, volumes, computes] = await Promise.all([
    cloud.servers(subjects.map(({ member }) => member.id)),
    cloud.volumes(subjects.flatMap(({ member }) => member.volumes.map(({ id }) => id))),
    cloud.computeServices(),
  ])
  const attachments = await cloud.attachments(
    volumes.flatMap(({ attachedTo }) => attachedTo.map(({ attachmentId }) => attachmentId)),
  )
  const byId = new Map(servers.map((one) => [one.id, one]))
  const volumeById = new Map(volumes.map((one) => [one.id, one]))
  const attachmentById = new Map(attachments.map((one) => [one.id, one]))
  return subjects.map(({ member }) => {
    const server = byId.get(member.id)
    if (server === undefined) return null
    const lostHost = computes.find(({ host, state }) => host === server.host && state === 'down') ?? null
    return { server, volumes: volumeById, attachments: attachmentById, lostHost }
  })
}
