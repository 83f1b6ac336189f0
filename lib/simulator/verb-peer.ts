import type { SiteName } from '@/lib/domain/words'
import type { Desk } from './desk'
import { foundPool } from './look-up'
import { librbd, type Outcome, refused, said } from './outcome'
import {
  fsidOf,
  hashOf,
  keyOf,
  mirrors,
  monHostOf,
  newPeerUuid,
  PEER_CAPS,
  PEER_USER,
  type Peer,
  peersOf,
  siteNameOf,
  withPeers,
} from './peering'
import type { PoolSpec } from './spec'
import { usersOf, withUser } from './users'

interface Token {
  readonly fsid: string
  readonly client_id: string
  readonly key: string
  readonly mon_host: string
}

const notEnabled = (): Outcome => refused(22, 'rbd: mirroring not enabled on the pool\n')
const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/

/** The pool that the command names, where it is mirrored. */
function mirroredPool(desk: Desk): { readonly pool: PoolSpec } | Outcome {
  const found = foundPool(desk)
  return 'pool' in found && !mirrors(desk, found.pool) ? notEnabled() : found
}

/** Gives the site the name of `--site-name`, where there is one. */
export function named(desk: Desk): void {
  const name = desk.args.options['site-name']
  if (name === undefined || name === siteNameOf(desk.conditions, desk.site)) return
  desk.change({ siteNames: { ...desk.conditions.state.siteNames, [desk.site]: name } })
}

/** `rbd mirror pool peer bootstrap create`. */
export function tokenCreate(desk: Desk): Outcome {
  const found = mirroredPool(desk)
  if (!('pool' in found)) return found
  named(desk)
  const { conditions, site } = desk
  if (usersOf(desk)[PEER_USER] === undefined) desk.change(withUser(desk, PEER_USER, PEER_CAPS))
  const token: Token = {
    fsid: fsidOf(conditions, site),
    client_id: PEER_USER.slice('client.'.length),
    key: keyOf(conditions.seed, site, PEER_USER),
    mon_host: monHostOf(conditions, site),
  }
  return said(`${Buffer.from(JSON.stringify(token)).toString('base64')}\n`)
}

const noImport = (desk: Desk, why: string): Outcome =>
  refused(
    22,
    `${librbd(desk.now, 'api::Mirror', `peer_bootstrap_import: ${why}`)}\nrbd: failed to import peer bootstrap token\n`,
  )

function tokenOf(text: string): Token | 'base64' | 'json' {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return 'base64'
  try {
    const token = JSON.parse(Buffer.from(text, 'base64').toString()) as Partial<Token>
    const whole = [token.fsid, token.client_id, token.key, token.mon_host].every((part) => typeof part === 'string')
    return whole ? (token as Token) : 'json'
  } catch {
    return 'json'
  }
}

/** `rbd mirror pool peer bootstrap import`: the token from stdin. Enables the pool, names the site, and makes the peers. */
export function tokenImport(desk: Desk): Outcome {
  const found = foundPool(desk)
  if (!('pool' in found)) return found
  const { pool } = found
  if (desk.rest[1] !== '-') return refused(22, 'rbd: the simulator reads tokens from its stdin alone\n')
  const direction = desk.args.options.direction ?? 'rx-tx'
  if (direction !== 'rx-only' && direction !== 'rx-tx') return refused(22, 'rbd: invalid direction\n')
  const token = tokenOf(desk.stdin.trim())
  if (token === 'base64') return noImport(desk, 'failed to decode base64')
  if (token === 'json') return noImport(desk, 'invalid bootstrap token JSON received')
  if (token.fsid === fsidOf(desk.conditions, desk.site)) return noImport(desk, 'cannot import token for local cluster')
  named(desk)
  const from = siteOfKey(desk, `client.${token.client_id}`, hashOf(token.key), token.mon_host)
  if (from === null || desk.conditions.silent(from, desk.now))
    return noImport(desk, 'failed to connect to peer cluster')
  const siteName = siteNameOf(desk.conditions, from)
  if (siteName === siteNameOf(desk.conditions, desk.site)) {
    return noImport(desk, 'cannot import token for duplicate site name')
  }
  if (!mirrors(desk, pool)) desk.change(enabledPool(desk, pool))
  const client = `client.${token.client_id}`
  const peer = { site: from, siteName, client, keyHash: hashOf(token.key), monHost: token.mon_host }
  register(desk, desk.site, pool, { ...peer, direction })
  const here = { site: desk.site, siteName: siteNameOf(desk.conditions, desk.site) }
  if (direction === 'rx-tx') {
    const access = { client, keyHash: hashOf(keyOf(desk.conditions.seed, desk.site, client)) }
    register(desk, from, pool, { ...here, ...access, monHost: monHostOf(desk.conditions, desk.site), direction })
    if (usersOf(desk)[peer.client] === undefined) desk.change(withUser(desk, peer.client, PEER_CAPS))
  } else noticed(desk, pool, from)
  return said('')
}

const enabledPool = (desk: Desk, pool: PoolSpec) => ({
  poolMirroring: { ...desk.conditions.state.poolMirroring, [`${desk.site}/${pool.name}`]: 'image' as const },
})

const typedKey = (desk: Desk): string => hashOf(desk.stdin.split('\n')[0] ?? '')

/** Which site of this world lets somebody in with this key at this address. */
function siteOfKey(desk: Desk, client: string, keyHash: string, monHost: string): SiteName | null {
  const { conditions } = desk
  const site = conditions.spec.sites.find(
    ({ name, mons }) =>
      name !== desk.site &&
      hashOf(keyOf(conditions.seed, name, client)) === keyHash &&
      mons.some((mon) => monHost.includes(mon)),
  )
  return site !== undefined && usersOf({ ...desk, conditions, site: site.name })[client] !== undefined
    ? site.name
    : null
}

/** A peer at a site: one that is there keeps its uuid, and its direction unless it only sends. */
function register(desk: Desk, site: SiteName, pool: PoolSpec, peer: Omit<Peer, 'uuid'>): void {
  const before = peersOf(desk.conditions, site, pool)
  const known = before.find((one) => one.siteName === peer.siteName)
  const direction = known === undefined || known.direction === 'tx-only' ? peer.direction : known.direction
  const next = { ...peer, direction, uuid: known?.uuid ?? newPeerUuid(desk) }
  desk.change(withPeers(desk, site, pool, [...before.filter((one) => one !== known), next]))
}

/** A daemon that begins to receive from another site is written down there as one to send to (ceph-facts 33). */
function noticed(desk: Desk, pool: PoolSpec, from: SiteName): void {
  const siteName = siteNameOf(desk.conditions, desk.site)
  const there = peersOf(desk.conditions, from, pool)
  if (there.some((peer) => peer.siteName === siteName)) return
  const peer = { uuid: newPeerUuid(desk), direction: 'tx-only' as const, site: desk.site, siteName }
  desk.change(withPeers(desk, from, pool, [...there, { ...peer, client: '', keyHash: '', monHost: '' }]))
}

/** `rbd mirror pool peer add`: the key from stdin. */
export function peerAdd(desk: Desk): Outcome {
  const spec = desk.rest[1] ?? ''
  const [client = '', siteName = ''] = spec.includes('@') ? spec.split('@') : ['client.admin', spec]
  if (!/^client\.[^@]+$/.test(client) || siteName === '') return refused(22, `rbd: invalid spec '${spec}'\n`)
  const found = mirroredPool(desk)
  if (!('pool' in found)) return found
  const { pool } = found
  const before = peersOf(desk.conditions, desk.site, pool)
  if (before.some((peer) => peer.direction !== 'tx-only')) {
    return refused(22, 'rbd: multiple RX peers are not currently supported\n')
  }
  if (before.some((peer) => peer.siteName === siteName)) {
    // Such as one that a daemon there wrote down: it is given what it lacks by `peer set` (ceph-facts 33).
    const line = `peer_site_add: failed to add mirror peer '${siteName}': (17) File exists`
    return refused(17, `${librbd(desk.now, 'api::Mirror', line)}\nrbd: mirror peer already exists\n`)
  }
  const monHost = desk.args.options['remote-mon-host'] ?? ''
  const keyHash = desk.args.options['remote-key-file'] === '/dev/stdin' ? typedKey(desk) : ''
  const site = siteOfKey(desk, client, keyHash, monHost)
  const uuid = newPeerUuid(desk)
  const direction = desk.args.options.direction === 'rx-only' ? 'rx-only' : 'rx-tx'
  desk.change(
    withPeers(desk, desk.site, pool, [...before, { uuid, direction, site, siteName, client, keyHash, monHost }]),
  )
  if (site !== null) noticed(desk, pool, site)
  return said(`${uuid}\n`)
}

/** `rbd mirror pool peer remove`: of one that is not there too. */
export function peerRemove(desk: Desk): Outcome {
  const uuid = desk.rest[1] ?? ''
  if (!UUID.test(uuid)) return refused(22, `rbd: invalid uuid '${uuid}'\n`)
  const found = mirroredPool(desk)
  if (!('pool' in found)) return found
  const before = peersOf(desk.conditions, desk.site, found.pool)
  if (before.some((peer) => peer.uuid === uuid)) {
    desk.change(
      withPeers(
        desk,
        desk.site,
        found.pool,
        before.filter((peer) => peer.uuid !== uuid),
      ),
    )
  }
  return said('')
}

const DIRECTIONS = ['rx-only', 'tx-only', 'rx-tx'] as const

/** `rbd mirror pool peer set POOL UUID KEY VALUE`; of `key-file` the key comes from stdin. */
export function peerSet(desk: Desk): Outcome {
  const [, uuid = '', key = '', value = ''] = desk.rest
  if (!UUID.test(uuid)) return refused(22, `rbd: invalid uuid '${uuid}'\n`)
  const direction = DIRECTIONS.find((one) => one === value)
  if (key === 'direction' && direction === undefined) return refused(22, 'rbd: invalid direction\n')
  const found = mirroredPool(desk)
  if (!('pool' in found)) return found
  const before = peersOf(desk.conditions, desk.site, found.pool)
  const peer = before.find((one) => one.uuid === uuid)
  if (peer === undefined) {
    const line = `peer_site_set_${key}: failed to update ${key} '${uuid}': (2) No such file or directory`
    return refused(2, `${librbd(desk.now, 'api::Mirror', line)}\nrbd: mirror peer ${uuid} does not exist\n`)
  }
  const patch = {
    direction: direction === undefined ? {} : { direction },
    client: { client: value },
    'mon-host': { monHost: value },
    'key-file': { keyHash: value === '/dev/stdin' ? typedKey(desk) : '' },
  }[key]
  if (patch === undefined) return refused(22, `rbd: the simulator sets no ${key} of a peer\n`)
  const next = { ...peer, ...patch }
  const site = siteOfKey(desk, next.client, next.keyHash, next.monHost)
  const all = before.map((one) => (one.uuid === uuid ? { ...next, site: site ?? peer.site } : one))
  desk.change(withPeers(desk, desk.site, found.pool, all))
  return said('')
}
