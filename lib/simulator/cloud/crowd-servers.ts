import type { Conditions } from '../conditions'
import { madeAt } from '../genesis'
import { fsidOf } from '../peering'
import { bits, fraction, textBits, uuidAt } from '../random'
import type { Traits } from '../spec'
import type { CloudSpec } from './cloud-spec'
import { wordOf } from './crowd-names'
import { FLAVOR } from './nova-views'
import { type AttachmentRow, imageNameOf, type Seed, type ServerRow, type VolumeRow } from './rows'

/** A volume that a server may have. */
export interface Placeable {
  readonly traits: Traits
  readonly row: VolumeRow
}

type OwnerOf = (number: number) => { readonly projectId: string; readonly userId: string }

/** Most volumes of data belong to a server; this part of them is free. */
const FREE = 0.3
/** This part of the servers is stopped. */
const STOPPED = 0.08

/**
 * Servers of the beginning: one for each disk of Nova's own and one for each volume that boots, and volumes of data
 * spread over those of the same tenant.
 */
export function* crowdServers(
  spec: CloudSpec,
  conditions: Conditions,
  volumes: readonly Placeable[],
  disks: readonly Traits[],
  ownerOf: OwnerOf,
): Generator<Seed> {
  const roots = volumes.filter(({ row }) => row.bootable)
  const servers = [
    ...disks.map((disk) => serverOf(spec, conditions, disk, ownerOf(Math.floor(disk.index / 4)), null)),
    ...roots.map(({ traits, row }) => serverOf(spec, conditions, traits, row, row)),
  ]
  const byTenant = new Map<string, ServerRow[]>()
  for (const server of servers) byTenant.set(server.projectId, [...(byTenant.get(server.projectId) ?? []), server])
  const devices = new Map<string, number>()
  yield* servers.map((row): Seed => ({ table: 'servers', row }))
  yield* stacksOf(spec, conditions, byTenant)
  const rootOf = new Map(roots.map(({ row }, n) => [row.id, servers[disks.length + n]]))
  for (const { traits, row } of volumes) {
    const server = rootOf.get(row.id) ?? dataServer(conditions, traits, byTenant.get(row.projectId) ?? [])
    if (server === undefined) {
      yield { table: 'volumes', row }
      continue
    }
    const at = rootOf.has(row.id) ? 0 : (devices.get(server.id) ?? 0) + 1
    if (at > 0) devices.set(server.id, at)
    const device = `/dev/vd${String.fromCharCode('a'.charCodeAt(0) + at)}`
    yield { table: 'volumes', row: { ...row, status: 'in-use' } }
    yield { table: 'attachments', row: attachmentOf(spec, conditions, row, server, device) }
  }
}

/** So many servers of each tenant are made by Heat. */
const STACKED = 4

/** A stack of each tenant. The first one is being changed. */
function* stacksOf(
  spec: CloudSpec,
  { seed }: Conditions,
  byTenant: ReadonlyMap<string, readonly ServerRow[]>,
): Generator<Seed> {
  let status = 'UPDATE_IN_PROGRESS'
  for (const [projectId, servers] of byTenant) {
    const mine = servers.slice(0, STACKED)
    const [first] = mine
    if (first === undefined) continue
    const resources = mine.map(({ id }, n) => ({
      ...{ name: `server-${n + 1}`, type: 'OS::Nova::Server', physicalId: id, status: 'CREATE_COMPLETE' },
    }))
    const id = uuidAt(seed, textBits(`${spec.site} stack`), textBits(projectId))
    const { createdAt } = first
    const row = { id, name: `${first.name}-stack`, projectId, status, resources, createdAt, updatedAt: createdAt }
    yield { table: 'stacks', row }
    status = 'CREATE_COMPLETE'
  }
}

/** The server of the same tenant that has this volume; none for a free one, and none has more than a dozen. */
function dataServer({ seed }: Conditions, { index }: Traits, servers: readonly ServerRow[]): ServerRow | undefined {
  if (fraction(seed, index, 93) < FREE) return undefined
  return servers[bits(seed, index, 94) % Math.max(1, servers.length)]
}

function serverOf(
  spec: CloudSpec,
  conditions: Conditions,
  traits: Traits,
  owner: { readonly projectId: string; readonly userId: string },
  root: VolumeRow | null,
): ServerRow {
  const { seed } = conditions
  const hosts = spec.computeHosts
  const createdAt = madeAt(conditions, traits.index) + 5_000
  return {
    id: root === null ? traits.name.slice(0, 36) : uuidAt(seed, textBits(`${spec.site} server`), traits.index),
    name: wordOf(seed, traits.index),
    projectId: owner.projectId,
    userId: owner.userId,
    vmState: fraction(seed, traits.index, 95) < STOPPED && traits.client === null ? 'stopped' : 'active',
    taskState: null,
    host: hosts[bits(seed, traits.index, 96) % hosts.length] ?? null,
    flavorId: FLAVOR.id,
    imageId: root === null ? (traits.parent?.name ?? null) : null,
    rootDevice: '/dev/vda',
    metadata: {},
    address: `10.${64 + (bits(seed, traits.index, 97) % 8)}.${bits(seed, traits.index, 98) % 250}.${2 + (traits.index % 250)}`,
    createdAt,
    updatedAt: createdAt + 6_000,
  }
}

function attachmentOf(
  spec: CloudSpec,
  conditions: Conditions,
  volume: VolumeRow,
  server: ServerRow,
  device: string,
): AttachmentRow {
  const { seed } = conditions
  const mons = conditions.spec.sites.find(({ name }) => name === spec.site)?.mons ?? []
  return {
    id: uuidAt(seed, textBits(`${spec.site} attachment`), textBits(volume.id)),
    volumeId: volume.id,
    serverId: server.id,
    status: 'attached',
    device,
    hostName: server.host,
    attachedAt: server.createdAt,
    connection: {
      site: spec.site,
      name: `${spec.backends[0]?.pool ?? ''}/${imageNameOf(volume.id)}`,
      hosts: mons,
      ports: mons.map(() => '6789'),
      clusterName: 'ceph',
      user: 'cinder',
      secretUuid: fsidOf(conditions, spec.site),
    },
  }
}
