import { fsidOf } from '../peering'
import type { Cloud } from './cloud'
import { guestCloses, guestOpens } from './cluster-acts'
import { type AttachmentRow, type Change, type Connection, imageNameOf, type ServerRow, type VolumeRow } from './rows'

const MON_PORT = '6789'

/** What the driver says of the volume now: the monitors of the cluster that is active. Null where it has no backend. */
export function connectionOf(cloud: Cloud, volume: Pick<VolumeRow, 'id' | 'host'>): Connection | null {
  const backend = cloud.backendOf(volume.host)
  if (backend === null) return null
  const site = cloud.activeSite(backend)
  const mons = cloud.memory.spec.sites.find(({ name }) => name === site)?.mons ?? []
  return {
    site,
    name: `${backend.pool}/${imageNameOf(volume.id)}`,
    hosts: mons,
    ports: mons.map(() => MON_PORT),
    clusterName: cloud.service(backend).activeBackendId || 'ceph',
    user: 'cinder',
    secretUuid: fsidOf(cloud.memory.conditions, site),
  }
}

export const attachmentsOf = (cloud: Cloud, serverId: string): readonly AttachmentRow[] =>
  cloud.store.attachmentsOf('serverId', serverId)

/** An attachment that is whole, and its volume in use. */
export function attached(
  cloud: Cloud,
  server: Pick<ServerRow, 'id' | 'host'>,
  volume: VolumeRow,
  device: string,
  id = cloud.newId(),
): Change[] {
  const connection = connectionOf(cloud, volume)
  const reserved = cloud.store.get('attachments', id)
  const now = cloud.now()
  return [
    {
      table: 'attachments',
      id,
      row: {
        id,
        volumeId: volume.id,
        serverId: server.id,
        status: 'attached',
        device,
        hostName: server.host,
        attachedAt: now,
        connection,
        tag: reserved?.tag ?? null,
        deleteOnTermination: reserved?.deleteOnTermination ?? false,
      },
    },
    { table: 'volumes', id: volume.id, row: { ...volume, status: 'in-use', updatedAt: now } },
  ]
}

/** The first letter behind the devices that the server has. */
export function nextDevice(cloud: Cloud, server: ServerRow): string {
  const taken = new Set(attachmentsOf(cloud, server.id).map(({ device }) => device.slice(-1)))
  taken.add(server.rootDevice.slice(-1))
  const letter = [...'abcdefghijklmnopqrstuvwxyz'].find((one) => !taken.has(one)) ?? 'z'
  return `${server.rootDevice.slice(0, -1)}${letter}`
}

const placeOf = ({ connection }: AttachmentRow): readonly [site: string, pool: string, name: string] | null => {
  const [pool = '', name = ''] = connection?.name.split('/') ?? []
  return connection === null ? null : [connection.site, pool, name]
}

/** The guest opens what its attachments name, where they name it: those of a site that is passive lead nowhere. */
export function guestRuns(cloud: Cloud, server: ServerRow): void {
  for (const one of attachmentsOf(cloud, server.id)) {
    const place = placeOf(one)
    if (place !== null) guestOpens(cloud.memory, ...place, server.host ?? '')
  }
}

export function guestStops(cloud: Cloud, serverId: string, only?: string): void {
  for (const one of attachmentsOf(cloud, serverId)) {
    const place = placeOf(one)
    if (place !== null && (only === undefined || one.volumeId === only)) guestCloses(cloud.memory, ...place)
  }
}
