import { backendFacts, type SeenConnection, type SiteFacts } from '@/lib/domain/cloud-facts'
import { ghosts, type ImagePresence, type JudgedVolume, spoiledBy, takenAlong } from '@/lib/domain/cloud-ghosts'
import { typeObjective } from '@/lib/domain/cloud-objective'
import { backendOf, placeOf, serviceNotes } from '@/lib/domain/cloud-place'
import { type BackendReport, type CloudReport, listed } from '@/lib/domain/cloud-report'
import { isFresh } from '@/lib/domain/verdict-now'
import { otherSite, type SiteName } from '@/lib/domain/words'
import { breath } from '@/lib/ports/slices'
import type { CloudSnapshotsTable, CloudVolumesTable, StoredAttachment } from '@/lib/store/cloud-tables'
import type { CloudState } from './cloud-state'
import { sideAt } from './image-state'
import { readOf } from './summary-keeper'
import type { World } from './world'

const SLICE = 2_000
/** An image shows in a pool's readings some seconds after its volume was made, and the cloud has a clock of its own. */
const NEW_MS = 120_000

/** What follows from all that is known of a cloud and the clusters. From memory; every long loop breathes. */
export async function reportOf(world: World, cloud: CloudState, nowMs: number): Promise<CloudReport> {
  const byBackend = await volumesByBackend(cloud)
  const backends: BackendReport[] = []
  let withoutImage = 0
  for (const service of cloud.services) {
    const volumes = byBackend.get(service.host) ?? []
    const seen = cloud.pools.filter(({ pool }) => backendOf(pool.host) === service.host)
    const pools = seen.map(({ pool }) => pool)
    const isListed = seen.length > 0 && seen.every(({ seenAt }) => seenAt >= (cloud.readings.pools.observedAt ?? 0))
    const rbdPools = new Set(pools.flatMap(({ location }) => location?.pool ?? []))
    const others = otherSites(world, cloud.site, rbdPools)
    const configured = cloud.backends[service.host]?.targets ?? {}
    const place = placeOf({ service, pools, first: cloud.site, configured, others })
    const presence = await presenceAt(world, place.active, volumes, nowMs)
    const replicatedTypes = new Set(cloud.types.filter(({ replicated }) => replicated).map(({ name }) => name))
    const judged = volumes.map(judgedVolume)
    const presenceOf = ({ id }: JudgedVolume) => presence.get(id) ?? 'unknown'
    const found = ghosts({ volumes: judged, replicatedTypes, presenceOf, active: place.active })
    await breath()
    const spoiled = spoiledBy(judged, [...cloud.snapshots.values()].map(snapshotOf))
    const taken = takenAlong(judged)
    withoutImage += taken.filter((volume) => presenceOf(volume) === 'missing').length
    const users = new Set(pools.flatMap(({ location }) => location?.user ?? []))
    backends.push({
      service,
      place,
      notes: serviceNotes(service),
      pools,
      poolsAre: seen.length === 0 ? 'none' : isListed ? 'listed' : 'remembered',
      volumes: volumes.length,
      taken: taken.length,
      ghosts: listed(found),
      spoiled: { ...listed(spoiled), snapshots: spoiled.reduce((sum, one) => sum + one.snapshotIds.length, 0) },
      facts: backendFacts({
        place,
        pools,
        poolsAre: isListed ? 'listed' : 'remembered',
        sites: [...world.sites.keys()].map((name) => siteFacts(world, cloud, name, users)),
        connections: connectionsOf(volumes),
      }),
    })
    await breath()
  }
  return {
    site: cloud.site,
    backends,
    badTypes: cloud.types.flatMap((type) => {
      const found = typeObjective(type)
      return found.kind === 'bad' ? [found.text] : []
    }),
    orphans: cloud.orphans.length,
    withoutImage,
  }
}

async function volumesByBackend(cloud: CloudState): Promise<Map<string, CloudVolumesTable[]>> {
  const found = new Map<string, CloudVolumesTable[]>()
  let count = 0
  for (const volume of cloud.volumes.values()) {
    if (++count % SLICE === 0) await breath()
    if (volume.backend === null) continue
    const list = found.get(volume.backend)
    if (list === undefined) found.set(volume.backend, [volume])
    else list.push(volume)
  }
  return found
}

const judgedVolume = (row: CloudVolumesTable): JudgedVolume => ({
  id: row.id,
  name: row.name,
  projectId: row.project_id,
  status: row.status,
  typeName: row.type_name,
  replicationStatus: row.replication_status,
  nameId: row.name_id,
})

const snapshotOf = ({ id, volume_id: volumeId }: CloudSnapshotsTable) => ({ id, volumeId })

/** Sites that a pool of the backend is mirrored with, seen from the site of the cloud. */
function otherSites(world: World, site: SiteName, pools: ReadonlySet<string>): SiteName[] {
  const others = [...world.pairPools.values()].flatMap(({ pair, pool }) =>
    pools.has(pool) && pair.split('~').includes(site) ? [otherSite(pair, site)] : [],
  )
  return [...new Set(others)].sort()
}

/** Where each volume's image is, at one site: by the list of mirrored images, which is all that is read of a pool. */
async function presenceAt(
  world: World,
  site: SiteName | null,
  volumes: readonly CloudVolumesTable[],
  nowMs: number,
): Promise<ReadonlyMap<string, ImagePresence>> {
  const found = new Map<string, ImagePresence>()
  if (site === null) return found
  const images = await imagesAt(world, site, new Set(volumes.flatMap((volume) => volume.rbd_pool ?? [])))
  let count = 0
  for (const volume of volumes) {
    if (++count % SLICE === 0) await breath()
    found.set(volume.id, presenceOf(world, site, volume, images, nowMs))
  }
  return found
}

function presenceOf(
  world: World,
  site: SiteName,
  volume: CloudVolumesTable,
  images: ReadonlySet<string>,
  nowMs: number,
): ImagePresence {
  const { rbd_pool: pool, rbd_image: image, created_at: createdAt } = volume
  if (pool === null) return 'unknown'
  if (images.has(`${pool}/${image}`)) return 'there'
  const state = world.poolStates.get(`${site}/${pool}`)
  if (state === undefined || state.mode === 'unknown' || !isFresh(readOf(world, site, pool), nowMs)) return 'unknown'
  return (state.observedAt ?? 0) - createdAt > NEW_MS ? 'missing' : 'unknown'
}

async function imagesAt(world: World, site: SiteName, pools: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const names = new Set<string>()
  let count = 0
  for (const pool of world.pairPools.values()) {
    if (!pools.has(pool.pool) || !pool.pair.split('~').includes(site)) continue
    for (const image of pool.images.values()) {
      if (++count % SLICE === 0) await breath()
      const side = sideAt(image, site)
      // Not read since the start is as it was: a site that is silent at a start is no proof that its images are gone.
      if (side.role !== 'absent') names.add(`${pool.pool}/${side.name || (image.row?.name ?? '')}`)
    }
  }
  return names
}

/** What is known of a site's cluster; nothing where it does not answer: what a fact rests on must be of now. */
function siteFacts(world: World, cloud: CloudState, name: SiteName, users: ReadonlySet<string>): SiteFacts {
  const site = world.sites.get(name)
  const facts = site?.facts ?? null
  const states = [...world.poolStates.values()].filter((state) => state.site === name && state.mode !== 'unknown')
  const seen = cloud.users.filter((one) => one.site === name && users.has(one.user))
  const alive = site?.condition === 'ok' || site?.condition === 'failing'
  return {
    name,
    // Which cluster it is and where its monitors are does not change while it is silent.
    fsid: facts?.fsid ?? null,
    monitors: facts?.monEndpoints ?? facts?.monAddresses ?? null,
    pools: facts === null || !alive ? null : facts.pools.map((pool) => pool.name),
    mirroredWith:
      states.length === 0 || !alive ? null : Object.fromEntries(states.map(({ pool, peerSite }) => [pool, peerSite])),
    user: seen.length === 0 ? null : seen.every(({ known }) => known) ? 'known' : 'not known',
  }
}

/** Those of servers, which is what a failover leaves behind at the wrong site. */
const connectionsOf = (volumes: readonly CloudVolumesTable[]): SeenConnection[] =>
  volumes.flatMap(({ attachments }) => {
    if (attachments === '[]') return []
    return (JSON.parse(attachments) as StoredAttachment[]).flatMap(({ connection }) => connection ?? [])
  })
