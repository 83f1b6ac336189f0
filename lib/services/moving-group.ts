import { backendStanza, STANZA_WORDS } from '@/lib/domain/backend-stanza'
import type { BootGate } from '@/lib/domain/boot-order'
import type { Project, Server, Volume } from '@/lib/domain/cloud'
import { isTakenAlong } from '@/lib/domain/cloud-ghosts'
import { backendOf } from '@/lib/domain/cloud-place'
import type { CloudReport } from '@/lib/domain/cloud-report'
import type { GroupSpec } from '@/lib/domain/group'
import type { BackendShare } from '@/lib/domain/group-backends'
import { type CloudPicture, PictureMaker } from '@/lib/domain/group-picture'
import type { SiteName } from '@/lib/domain/words'
import type { CloudPort } from '@/lib/ports/cloud'
import { breath } from '@/lib/ports/slices'
import type { MovingGroup } from '@/lib/procedures/group-findings'
import type { Store } from '@/lib/store/database'
import { groupConflicts, resolveGroups } from '@/lib/store/group-resolve'
import { loadGroups } from '@/lib/store/groups'
import { ServiceError } from './errors'

const SLICE = 2_000
/** So many of the rest are named. */
const NAMED = 5

export interface MovingNow extends MovingGroup {
  /** Ids of its volumes, on whatever backend. */
  readonly volumes: ReadonlySet<string>
  readonly gates: readonly BootGate[]
}

/**
 * A group and its neighbours, found afresh in what the cloud says just now: `volumes` are all of the cloud. Throws
 * ServiceError where there is no such group, and AdapterError.
 */
export async function movingGroup(
  store: Store,
  { name, cloud, host }: { readonly name: string; readonly cloud: SiteName; readonly host: string },
  port: CloudPort,
  volumes: readonly Volume[],
): Promise<MovingNow> {
  const groups = await loadGroups(store, cloud)
  const index = groups.findIndex(({ spec }) => spec.name.toLowerCase() === name.toLowerCase())
  if (index < 0) throw new ServiceError('missing', `There is no group ${name} in the cloud of ${cloud}.`)
  const servers = await port.servers('all')
  const picture = await pictureOf(cloud, volumes, servers, await tenantNames(store, cloud))
  const resolved = await resolveGroups(
    groups.map(({ spec }) => spec),
    picture,
  )
  const own = resolved[index]
  if (own === undefined) throw new ServiceError('missing', `There is no group ${name} in the cloud of ${cloud}.`)
  const { spec, found } = own
  const ids = new Set(found.members.filter(({ kind }) => kind === 'volume').map(({ id }) => id))
  return {
    ...{ name: spec.name, members: found.members, cuts: found.cuts, volumes: ids },
    conflicts: groupConflicts(resolved).filter((one) => one.groups.includes(spec.name)),
    shares: sharesOf(volumes, ids),
    stanza: await stanzaOf(store, spec.name, cloud, host),
    stanzaWords: STANZA_WORDS,
    stages: stagesOf(spec, found.members),
    gates: spec.stages.flatMap(({ gates }, after) => gates.map((gate) => ({ after, gate }))),
  }
}

const stagesOf = (spec: GroupSpec, members: MovingGroup['members']): ReadonlyMap<string, number> | null =>
  spec.stages.length === 0 ? null : new Map(members.flatMap(({ id, stage }) => (stage === null ? [] : [[id, stage]])))

async function pictureOf(
  cloud: SiteName,
  volumes: readonly Volume[],
  servers: readonly Server[],
  tenants: ReadonlyMap<string, string>,
): Promise<CloudPicture> {
  const maker = new PictureMaker(cloud)
  const tenantOf = (projectId: string) => tenants.get(projectId) ?? projectId
  let count = 0
  for (const volume of volumes) {
    if (++count % SLICE === 0) await breath()
    const { id, name, projectId, host, typeName: type, replicationStatus, metadata } = volume
    const backend = host === null ? null : backendOf(host)
    maker.volume({ id, name, projectId, tenant: tenantOf(projectId), type, backend, replicationStatus, metadata })
    for (const { serverId } of volume.attachedTo) maker.link(id, serverId)
  }
  for (const { id, name, projectId, metadata, volumeIds } of servers) {
    if (++count % SLICE === 0) await breath()
    maker.server({ id, name, projectId, tenant: tenantOf(projectId), metadata })
    for (const volume of volumeIds) maker.link(volume, id)
  }
  return maker.picture()
}

function sharesOf(volumes: readonly Volume[], ids: ReadonlySet<string>): readonly BackendShare[] {
  const shares = new Map<string, { taken: number; inGroup: number; rest: { id: string; name: string }[] }>()
  for (const volume of volumes) {
    if (volume.host === null || !isTakenAlong(volume)) continue
    const host = backendOf(volume.host)
    const share = shares.get(host) ?? { taken: 0, inGroup: 0, rest: [] }
    shares.set(host, share)
    share.taken++
    if (ids.has(volume.id)) share.inGroup++
    else if (share.rest.length < NAMED) share.rest.push({ id: volume.id, name: volume.name })
  }
  return [...shares].map(([host, share]) => ({ host, ...share }))
}

/** Names of tenants by id, as they were last read. */
async function tenantNames(store: Store, cloud: SiteName): Promise<ReadonlyMap<string, string>> {
  const row = await store
    .selectFrom('cloud_readings')
    .select('json')
    .where('site', '=', cloud)
    .where('kind', '=', 'projects')
    .executeTakeFirst()
  const projects = row?.json == null ? [] : (JSON.parse(row.json) as Project[])
  return new Map(projects.map(({ id, name }) => [id, name]))
}

async function stanzaOf(store: Store, name: string, cloud: SiteName, host: string): Promise<readonly string[] | null> {
  const row = await store.selectFrom('clouds').select('report').where('site', '=', cloud).executeTakeFirst()
  if (row?.report == null) return null
  const { backends } = JSON.parse(row.report) as CloudReport
  const pools = backends.find(({ service }) => service.host === host)?.pools ?? []
  return backendStanza(name, { host, hosts: backends.map(({ service }) => service.host), pools })
}
