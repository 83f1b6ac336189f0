import { createHash } from 'node:crypto'
import type { SiteName } from '@/lib/domain/words'
import { type Conditions, receiving, type WorldState } from './conditions'
import type { Desk } from './desk'
import { fsid, peerUuid } from './identity'
import { poolMode } from './look-up'
import { uuidAt } from './random'
import type { PoolSpec, SiteSpec } from './spec'

/** What a site has written down of a peer of a pool. */
export interface Peer {
  readonly uuid: string
  readonly direction: 'rx-only' | 'tx-only' | 'rx-tx'
  /** The site of this world that it reaches; null where key or address lead nowhere. */
  readonly site: SiteName | null
  readonly siteName: string
  readonly client: string
  /** Of the key that it was given, so that none is kept; '' of one without. */
  readonly keyHash: string
  readonly monHost: string
}

export const PEER_USER = 'client.rbd-mirror-peer'
export const PEER_CAPS = { mon: 'profile rbd-mirror-peer', osd: 'profile rbd' } as const

export const fsidOf = (conditions: Conditions, site: SiteName): string =>
  fsid(conditions.seed, conditions.spec.sites.find((one) => one.name === site)?.fsidOf ?? site)

/** A key of this world: 28 bytes that open nothing. Never stored, worked out when it is asked for. */
export function keyOf(seed: number, site: SiteName, entity: string): string {
  const bytes = createHash('sha256').update(`${seed} ${site} ${entity}`).digest().subarray(0, 26)
  return Buffer.concat([Buffer.from([1, 0]), bytes]).toString('base64')
}

/** What is kept of a key. */
export const hashOf = (key: string): string => (key === '' ? '' : createHash('sha256').update(key).digest('hex'))

/** What the site calls itself to its peers: its fsid until somebody gave it a name. */
export const siteNameOf = (conditions: Conditions, site: SiteName): string =>
  conditions.state.siteNames?.[site] ?? (conditions.spec.pools.every((p) => p.bare) ? fsidOf(conditions, site) : site)

/** Each OSD of a site has a host of its own, in the monitors' network. */
export const osdHostsOf = ({ mons, osds }: Pick<SiteSpec, 'mons' | 'osds'>): readonly string[] => {
  const network = (mons[0] ?? '10.0.0.1').split('.').slice(0, 3).join('.')
  const first = 100 + Number((mons[0] ?? '0').split('.')[3] ?? 0)
  return Array.from({ length: osds }, (_, osd) => `${network}.${first + osd}`)
}

export const monHostOf = (conditions: Conditions, site: SiteName): string =>
  (conditions.spec.sites.find((one) => one.name === site)?.mons ?? [])
    .map((mon) => `[v2:${mon}:3300/0,v1:${mon}:6789/0]`)
    .join(',')

const placeOf = (site: SiteName, pool: string): string => `${site}/${pool}`

/** The peers of the pool at the site. A pool that was paired from the beginning has one, both ways. */
export function peersOf(conditions: Conditions, site: SiteName, pool: PoolSpec): readonly Peer[] {
  const told = conditions.state.peers?.[placeOf(site, pool.name)]
  if (told !== undefined) return told
  const other = pool.sites.find((name) => name !== site)
  if (other === undefined || pool.bare === true) return []
  return [
    {
      uuid: peerUuid(conditions.seed, site, pool.name),
      direction: 'rx-tx',
      site: other,
      siteName: siteNameOf(conditions, other),
      client: PEER_USER,
      keyHash: hashOf(keyOf(conditions.seed, other, PEER_USER)),
      monHost: monHostOf(conditions, other),
    },
  ]
}

/** Does the site's rbd-mirror read this pool from the other site? */
export const receives = (peers: readonly Peer[], from: SiteName): boolean =>
  peers.some((peer) => peer.site === from && peer.direction !== 'tx-only')

/** The state of the world with these peers of a pool; what is copied from now on follows from them. */
export function withPeers(desk: Desk, site: SiteName, pool: PoolSpec, peers: readonly Peer[]): Partial<WorldState> {
  const { state } = desk.conditions
  const name = receiving(site, pool.name)
  const before = desk.conditions.valueAt(name, desk.now)
  const from = pool.sites.find((one) => one !== site)
  const now = from !== undefined && receives(peers, from) ? 'up' : 'none'
  const lines =
    before === now
      ? state.lines
      : { ...state.lines, [name]: [...desk.conditions.line(name), { at: desk.now, value: now }] }
  return { peers: { ...state.peers, [placeOf(site, pool.name)]: peers }, lines }
}

export const newPeerUuid = (desk: Desk): string => uuidAt(desk.conditions.seed, 47, desk.next())

/** Is mirroring enabled on the pool, in whatever mode? */
export const mirrors = (desk: Desk, pool: PoolSpec): boolean => poolMode(desk, pool) !== 'disabled'
