import type { Server, ServerDisk, Volume, VolumeAttachment, VolumeService, VolumeSnapshot } from '@/lib/domain/cloud'
import { isTakenAlong, rbdImageOf } from '@/lib/domain/cloud-ghosts'
import type { ServerMember, ServerVolume, VolumeMember } from '@/lib/domain/cloud-plan'
import { isOnBackend } from '@/lib/domain/host-volumes'
import type { SiteName } from '@/lib/domain/words'
import type { CloudPort } from '@/lib/ports/cloud'
import type { Candidate } from './prepare-parts'

/** What a cloud says of one backend and of all that hangs on it, read just now. */
export interface CinderGround {
  readonly service: VolumeService
  /** All volumes of the backend, of all tenants. */
  readonly volumes: readonly Volume[]
  readonly snapshots: readonly VolumeSnapshot[]
  /** Servers that have one of them attached. */
  readonly servers: readonly Server[]
  readonly attachments: readonly VolumeAttachment[]
  /** The volumes on these servers as Nova has them. */
  readonly disks: readonly ServerDisk[]
}

export interface ReadGround extends CinderGround {
  /** Of every backend. */
  readonly everywhere: readonly Volume[]
}

/** Null where the cloud has no such backend. Throws AdapterError. */
export async function readGround(cloud: CloudPort, host: string): Promise<ReadGround | null> {
  const [services, all, snapshots] = await Promise.all([
    cloud.volumeServices(),
    cloud.volumes('all'),
    cloud.snapshots('all'),
  ])
  const service = services.find((one) => one.host === host)
  if (service === undefined) return null
  const volumes = all.filter((volume) => isOnBackend(volume, host))
  const ids = new Set(volumes.map(({ id }) => id))
  const attached = volumes.flatMap(({ attachedTo }) => attachedTo)
  const serverIds = [...new Set(attached.map(({ serverId }) => serverId))]
  const [servers, attachments, disks] = await Promise.all([
    cloud.servers(serverIds),
    cloud.attachments(attached.map(({ attachmentId }) => attachmentId)),
    cloud.serverDisks(serverIds),
  ])
  return {
    ...{ service, volumes, servers, attachments, disks, everywhere: all },
    snapshots: snapshots.filter(({ volumeId }) => ids.has(volumeId)),
  }
}

/** Statuses that volumes had before the backend was failed over, by id: Cinder forgets them. */
export type Former = ReadonlyMap<string, Pick<VolumeMember, 'status' | 'snapshots'>>

/** The volumes as members. `imageOf`: the mirrored image of a volume, as the store knows it; null where it knows none. */
export function volumeMembers(
  ground: CinderGround,
  site: SiteName,
  imageOf: (volume: Volume) => Candidate | null,
  pool: string,
  former: Former,
): readonly VolumeMember[] {
  return ground.volumes.map((volume): VolumeMember => {
    const { id, name, status } = volume
    const key = `volume:${site}/${id}`
    const now = ground.snapshots
      .filter(({ volumeId }) => volumeId === id)
      .map((one) => ({ id: one.id, status: one.status }))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
    const was = former.get(id)
    return {
      ...{ kind: 'volume', key, family: key, generation: 0, cloud: site, id, name },
      image: imageOf(volume)?.image ?? { pool, namespace: '', name: rbdImageOf(volume) },
      replicated: isTakenAlong(volume),
      // What somebody did to it since is not undone: only what Cinder spoiled is put back.
      status: status === 'error' ? (was?.status ?? status) : status,
      snapshots: now.map((one) => ({
        id: one.id,
        status:
          one.status === 'error' ? (was?.snapshots.find(({ id }) => id === one.id)?.status ?? 'error') : one.status,
      })),
    }
  })
}

/** Nova's key for where a server stands in the boot order: a whole number, started in ascending order. */
export const BOOT_ORDER_KEY = 'antipode:boot-order'

export interface ServerProblem {
  readonly server: Server
  readonly reason: string
}

const MOVABLE: ReadonlySet<string> = new Set(['ACTIVE', 'SHUTOFF'])

/**
 * Servers with replicated volumes of the backend as members, and those that could not be brought along. `stages`: of a
 * group, by id, in place of what their metadata says.
 */
export function serverMembers(
  { servers, volumes, disks }: CinderGround,
  site: SiteName,
  stages: ReadonlyMap<string, number> | null = null,
): { readonly members: readonly ServerMember[]; readonly problems: readonly ServerProblem[] } {
  const problems: ServerProblem[] = []
  const members = servers.flatMap((server): readonly ServerMember[] => {
    const mine = volumes.flatMap((volume) =>
      volume.attachedTo.filter(({ serverId }) => serverId === server.id).map(({ device }) => ({ volume, device })),
    )
    const moving = mine.filter(({ volume }) => isTakenAlong(volume))
    if (moving.length === 0) return []
    const isRoot = (device: string) => server.glanceImageId === null && device === server.rootDevice
    const plain = mine.filter(({ volume }) => !isTakenAlong(volume))
    const [stays] = plain
    const stage = stages?.get(server.id)
    const order = stage === undefined ? server.metadata[BOOT_ORDER_KEY] : String(stage)
    if (server.glanceImageId === null && !mine.some(({ device }) => isRoot(device)) && server.rootDevice === null) {
      problems.push({
        server,
        reason: 'it boots from a volume, and Nova does not say which of them: it cannot be told apart',
      })
    } else if (!MOVABLE.has(server.status)) {
      problems.push({ server, reason: `it is ${server.status}: bring it to ACTIVE or SHUTOFF` })
    } else if (server.locked) {
      problems.push({ server, reason: 'it is locked: unlock it' })
    } else if (stays !== undefined && moving.some(({ device }) => isRoot(device))) {
      const name = stays.volume.name || stays.volume.id
      problems.push({
        server,
        reason: `it boots from a replicated volume, so it has to be shelved, and its volume ${name} is not replicated: it would come back without. Detach that, or retype it to a replicated type`,
      })
    } else if (order !== undefined && !/^-?\d{1,6}$/.test(order)) {
      problems.push({ server, reason: `its ${BOOT_ORDER_KEY} is "${order}", which is no whole number` })
    }
    return [
      {
        ...{ kind: 'server', key: `server:${site}/${server.id}`, generation: 0, cloud: site },
        family: `server:${site}/${server.id}`,
        ...{ id: server.id, name: server.name },
        bootOrder: order !== undefined && /^-?\d{1,6}$/.test(order) ? Number(order) : 0,
        wasRunning: server.status === 'ACTIVE',
        volumes: moving
          .map(({ volume, device }): ServerVolume => {
            const disk = disks.find(({ serverId, volumeId }) => serverId === server.id && volumeId === volume.id)
            return {
              ...{ id: volume.id, device: device || null, root: isRoot(device) },
              ...{ tag: disk?.tag ?? null, deleteOnTermination: disk?.deleteOnTermination ?? false },
            }
          })
          .sort((a, b) => ((a.device ?? a.id) < (b.device ?? b.id) ? -1 : 1)),
      },
    ]
  })
  return { members, problems }
}
