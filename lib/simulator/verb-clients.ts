import { type Desk, wantsJson } from './desk'
import { localDaemon, peerDaemon } from './identity'
import { type ImageState, ownTurn } from './image-state'
import { type Outcome, refused, said } from './outcome'
import { startsOf } from './status-json'
import { blocked } from './watchers'

const json = (value: unknown): Outcome => said(`\n${JSON.stringify(value)}\n`)

function session(entity: string, globalId: number, address: string): object {
  const [addr = '', nonce = '0'] = [address.slice(0, address.indexOf('/')), address.slice(address.indexOf('/') + 1)]
  const place = { type: 'any', addr, nonce: Number(nonce) }
  return {
    name: 'client.?',
    entity_name: entity,
    addrs: { addrvec: [place] },
    socket_addr: place,
    con_type: 'client',
    con_features_hex: '3f01cfbdfffdffff',
    con_features_release: 'luminous',
    open: true,
    caps: { text: 'profile rbd' },
    authenticated: true,
    global_id: globalId,
    global_id_status: 'new_ok',
    osd_epoch: 41,
    remote_host: '',
  }
}

/** `ceph tell mon.* sessions`: the one place where a client's number is tied to who it logged in as. */
export function sessions(desk: Desk): Outcome {
  const { conditions, site, now } = desk
  const found: object[] = []
  if (conditions.valueAt(`daemon ${site}`, now) === 'up') {
    const own = localDaemon(conditions.seed, site, startsOf(desk, site))
    found.push(session(own.entity, own.globalId, own.address))
  }
  for (const { name } of conditions.spec.sites) {
    const paired = conditions.spec.pools.some(
      (p) => (p.sites as readonly string[]).includes(name) && (p.sites as readonly string[]).includes(site),
    )
    if (name === site || !paired || conditions.valueAt(`daemon ${name}`, now) !== 'up') continue
    const peer = peerDaemon(conditions.seed, site, name, startsOf(desk, name))
    found.push(session(peer.entity, peer.globalId, peer.address))
  }
  for (const { client } of desk.images.clients(conditions, site)) {
    if (!blocked(desk, client.address)) found.push(session(client.entity, client.globalId, client.address))
  }
  return json(found)
}

/** Seconds that `ceph osd blocklist add` takes by default. */
const DEFAULT_SEC = 3_600

/** Shuts a client out: its watches are gone and nothing that it writes is taken any more. */
export function blocklistAdd(desk: Desk): Outcome {
  const [address, forSec = String(DEFAULT_SEC)] = desk.rest
  if (address === undefined)
    return refused(22, 'Invalid command: missing required parameter addr\nError EINVAL: invalid command\n')
  if (Number.isNaN(Number(forSec))) return refused(22, `Error EINVAL: unable to parse '${forSec}' as a duration\n`)
  const until = desk.now + Number(forSec) * 1000
  const others = desk.conditions.state.blocklist.filter((b) => b.site !== desk.site || b.address !== address)
  desk.change({ blocklist: [...others, { site: desk.site, address, until }] })
  for (const { client, image } of desk.images.clients(desk.conditions, desk.site)) {
    if (client.address === address) silenced(desk, image)
  }
  return {
    exit: 0,
    stdout: '',
    stderr: `blocklisting ${address} until ${new Date(until).toISOString()} (${forSec} sec)\n`,
    changed: null,
  }
}

/** The image's writer writes no more, from this moment on. */
function silenced(desk: Desk, stored: ImageState): void {
  const pool = desk.pool(stored.pool)
  const image = pool === null ? null : desk.image(pool, stored.name)
  const copy = image?.copies[desk.site]
  if (pool === null || image === null || copy === undefined) return
  const writes = ownTurn(copy, desk.site)?.until === null
  const runs = writes ? [...copy.runs, { from: desk.now, perSec: 0, burst: 0 }] : copy.runs
  desk.commit(pool, { ...image, copies: { ...image.copies, [desk.site]: { ...copy, runs } } })
}

export function blocklistRemove(desk: Desk): Outcome {
  const [address] = desk.rest
  const { blocklist } = desk.conditions.state
  if (!blocklist.some((b) => b.site === desk.site && b.address === address)) {
    return { exit: 0, stdout: '', stderr: `${address} isn't blocklisted\n`, changed: null }
  }
  desk.change({ blocklist: blocklist.filter((b) => b.site !== desk.site || b.address !== address) })
  return { exit: 0, stdout: '', stderr: `un-blocklisting ${address}\n`, changed: null }
}

export function blocklistList(desk: Desk): Outcome {
  const entries = desk.conditions.state.blocklist.filter((b) => b.site === desk.site && b.until > desk.now)
  const rows = entries.map((b) => ({
    addr: b.address,
    until: new Date(b.until).toISOString().replace('Z', '000+0000'),
  }))
  const stderr = `listed ${rows.length} entries\n`
  // Two documents, one after the other, the second for ranges: so the lab's Pacific answers.
  const stdout = wantsJson(desk) ? `\n${JSON.stringify(rows)}[]` : rows.map((r) => `${r.addr} ${r.until}\n`).join('')
  return { exit: 0, stdout, stderr, changed: null }
}
