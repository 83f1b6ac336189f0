import type { BackendPool } from './cloud'
import type { BackendPlace } from './cloud-place'
import type { SiteName } from './words'

/** Something that must hold for the replication of a backend. `note`: it holds, and there is something to know. */
export interface CloudFact {
  readonly title: string
  readonly state: 'pass' | 'note' | 'fail' | 'unknown'
  /** What was read, in a line. */
  readonly evidence: string
  /** Why it matters, or what to do. */
  readonly why: string
}

/** What is known of a site's cluster; null where it was not read, or is too old. */
export interface SiteFacts {
  readonly name: SiteName
  readonly fsid: string | null
  /** Every address of every monitor, `host:port`. */
  readonly monitors: readonly string[] | null
  readonly pools: readonly string[] | null
  /** Pools that it mirrors, by the site that they are mirrored with; null where not read. */
  readonly mirroredWith: Readonly<Record<string, SiteName | null>> | null
  /** Is the backend's user known there? */
  readonly user: 'known' | 'not known' | null
}

/** How attachments of a backend reach its volumes. */
export interface SeenConnection {
  readonly monitors: readonly string[]
  readonly secretUuid: string
  readonly user: string
}

export interface BackendFactsInput {
  readonly place: BackendPlace
  readonly pools: readonly BackendPool[]
  /** When the pools were last listed; a backend that was failed over is in no list. */
  readonly poolsAre: 'listed' | 'remembered'
  readonly sites: readonly SiteFacts[]
  readonly connections: readonly SeenConnection[]
}

const fact = (title: string, state: CloudFact['state'], evidence: string, why: string): CloudFact => ({
  title,
  state,
  evidence,
  why,
})

/** What must hold for the replication of a backend, as far as Cinder's API and the clusters show it. */
export function backendFacts(input: BackendFactsInput): CloudFact[] {
  return [
    replicates(input),
    targetsKnown(input),
    samePool(input),
    sameUser(input),
    rightCluster(input),
    attachmentsLead(input),
    secrets(input),
  ]
}

function replicates({ pools, poolsAre, place }: BackendFactsInput): CloudFact {
  const title = 'It replicates'
  const why = 'Without replication_device in cinder.conf failover_host has nowhere to go.'
  if (pools.length === 0) {
    return fact(title, 'unknown', 'the scheduler lists no pool of it', `${why} A disabled backend is in no list.`)
  }
  const on = pools.every(({ replicationEnabled }) => replicationEnabled) && place.targets.length > 0
  const said = on ? `to ${place.targets.map(({ name }) => name).join(', ')}` : 'replication_enabled is false'
  return fact(title, on ? 'pass' : 'fail', poolsAre === 'listed' ? said : `${said}, when last listed`, why)
}

function targetsKnown({ place }: BackendFactsInput): CloudFact {
  const title = 'Its targets are sites'
  const why = `Cinder knows its targets by names of its own: say under openstack.backends of ${place.first} which site each one is.`
  if (place.targets.length === 0) return fact(title, 'unknown', 'no target is known', why)
  const lost = place.targets.filter(({ site }) => site === null)
  if (lost.length > 0) return fact(title, 'fail', `not known: ${lost.map(({ name }) => name).join(', ')}`, why)
  const guessed = place.targets.some(({ by }) => by !== 'configuration')
  const evidence = place.targets.map(({ name, site }) => `${name} is ${site}`).join(', ')
  if (!guessed) return fact(title, 'pass', evidence, why)
  return fact(title, 'pass', `${evidence}, the only other site`, why)
}

/** Sites that the backend may be at. */
const sitesOfPlace = ({ place, sites }: BackendFactsInput): SiteFacts[] => {
  const names = [place.first, ...place.targets.flatMap(({ site }) => site ?? [])]
  return sites.filter(({ name }) => names.includes(name))
}

const poolNames = ({ pools }: BackendFactsInput): string[] => [
  ...new Set(pools.flatMap(({ location }) => location?.pool ?? [])),
]

function samePool(input: BackendFactsInput): CloudFact {
  const title = 'The same pool at each site'
  const why = "The RBD driver uses its own pool's name at the target too; pool: in replication_device is ignored."
  const names = poolNames(input)
  if (names.length === 0) return fact(title, 'unknown', 'location_info names no pool', why)
  const sites = sitesOfPlace(input)
  const lacking = sites.flatMap(({ name, pools }) =>
    names.filter((pool) => pools !== null && !pools.includes(pool)).map((pool) => `no ${pool} at ${name}`),
  )
  if (lacking.length > 0) return fact(title, 'fail', lacking.join(', '), why)
  const apart = sites.flatMap(({ name, mirroredWith }) =>
    names
      .filter((pool) => mirroredWith !== null && (mirroredWith[pool] ?? null) === null)
      .map((pool) => `${pool} at ${name}`),
  )
  if (apart.length > 0) return fact(title, 'fail', `not mirrored: ${apart.join(', ')}`, why)
  const unread = sites.filter(({ pools, mirroredWith }) => pools === null || mirroredWith === null)
  if (sites.length < 2 || unread.length > 0) {
    const where = unread.map(({ name }) => name).join(' and ')
    return fact(title, 'unknown', where === '' ? 'the target is not known' : `pools of ${where} not read`, why)
  }
  return fact(title, 'pass', `${names.join(', ')}, mirrored`, why)
}

function sameUser(input: BackendFactsInput): CloudFact {
  const title = 'Its user at each site'
  const why = 'cinder-volume opens both clusters under one user name.'
  const users = [...new Set(input.pools.flatMap(({ location }) => location?.user ?? []))]
  const sites = sitesOfPlace(input)
  if (users.length === 0 || sites.length < 2) return fact(title, 'unknown', 'user or target not known', why)
  const who = users.map((user) => `client.${user}`).join(', ')
  const lacking = sites.filter(({ user }) => user === 'not known').map(({ name }) => name)
  if (lacking.length > 0) return fact(title, 'fail', `${who} is not known at ${lacking.join(' and ')}`, why)
  const unread = sites.filter(({ user }) => user === null).map(({ name }) => name)
  if (unread.length > 0) {
    const look = `ceph auth get ${who}, at ${unread.join(' and ')}, shows it; this console may not, or has not looked yet.`
    return fact(title, 'unknown', `${who}: users of ${unread.join(' and ')} not read`, `${why} ${look}`)
  }
  return fact(title, 'pass', who, why)
}

function rightCluster({ place, pools, poolsAre, sites }: BackendFactsInput): CloudFact {
  const title = 'It writes where it should'
  const why = 'The cluster id in location_info must be that of the site which the backend is said to be at.'
  const fsids = [...new Set(pools.flatMap(({ location }) => location?.fsid ?? []))]
  const active = sites.find(({ name }) => name === place.active)
  if (poolsAre === 'remembered' || fsids.length === 0) {
    return fact(title, 'unknown', 'the scheduler does not list it now; it does after a thaw', why)
  }
  if (active === undefined || active.fsid === null) {
    return fact(title, 'unknown', `${place.active ?? 'its site'}: cluster id not read`, why)
  }
  const strange = fsids.filter((fsid) => fsid !== active.fsid)
  if (strange.length === 0) return fact(title, 'pass', `${active.name}, ${active.fsid}`, why)
  const other = sites.find(({ fsid }) => fsid !== null && strange.includes(fsid))
  const where = other === undefined ? `an unknown cluster, ${strange.join(', ')}` : other.name
  return fact(title, 'fail', `said to be at ${active.name}, and writes to ${where}`, why)
}

/** Which sites have one of these monitors; several where both are reached through the same addresses. */
export const sitesByMonitors = (
  monitors: readonly string[],
  sites: readonly Pick<SiteFacts, 'name' | 'monitors'>[],
): SiteName[] =>
  sites.filter((site) => site.monitors?.some((address) => monitors.includes(address)) ?? false).map(({ name }) => name)

function attachmentsLead({ place, sites, connections }: BackendFactsInput): CloudFact {
  const title = 'Attachments lead to its site'
  const why =
    'Nova keeps what it was given: after a failover a data volume is detached and attached, a server with such a root shelved and unshelved.'
  if (connections.length === 0) return fact(title, 'pass', 'nothing is attached', why)
  if (place.active === null) return fact(title, 'unknown', 'the active site is not known', why)
  const active = sites.find(({ name }) => name === place.active)
  if (active === undefined || active.monitors === null) {
    return fact(title, 'unknown', `monitors of ${place.active} not read`, why)
  }
  const led = connections.map(({ monitors }) => sitesByMonitors(monitors, sites))
  const elsewhere = led.filter((names) => names.length > 0 && !names.includes(active.name)).length
  if (elsewhere > 0) return fact(title, 'fail', `${elsewhere} of ${connections.length} lead to another site`, why)
  const strange = led.filter((names) => names.length === 0).length
  if (strange > 0) return fact(title, 'unknown', `${strange} of ${connections.length} name monitors of no site`, why)
  return fact(title, 'pass', `${connections.length} to ${active.name}`, why)
}

function secrets({ sites, connections }: BackendFactsInput): CloudFact {
  const title = 'Secrets of attachments'
  const why =
    'Set rbd_secret_uuid and secret_uuid: of replication_device: without them an attachment may carry the other cluster’s id after a failback, and the hypervisor finds no key.'
  const told = connections.filter(({ secretUuid }) => secretUuid !== '')
  if (told.length === 0) return fact(title, 'unknown', 'no attachment shows one', why)
  const foreign = told.filter(({ secretUuid, monitors }) => {
    const owners = sites.filter(({ fsid }) => fsid === secretUuid).map(({ name }) => name)
    const led = sitesByMonitors(monitors, sites)
    return owners.length > 0 && led.length > 0 && !owners.some((name) => led.includes(name))
  })
  if (foreign.length > 0) {
    return fact(title, 'fail', `${foreign.length} of ${told.length} carry the id of another cluster`, why)
  }
  const uuids = new Set(told.map(({ secretUuid }) => secretUuid)).size
  return fact(title, 'pass', `${uuids === 1 ? 'one' : uuids} among ${told.length} attachments`, why)
}
