import type { SiteName } from '@/lib/domain/words'
import { asRbdPrints, daemonsOf } from './daemons'
import { demote } from './demote'
import { type Desk, wantsJson } from './desk'
import { mirrorUuid } from './identity'
import { standing } from './image-state'
import { foundPool, poolMode } from './look-up'
import { type Outcome, refused, said } from './outcome'
import { keyOf, peersOf, receives, siteNameOf } from './peering'
import { promote } from './promote'
import type { PoolSpec } from './spec'
import { imageStatus, mgrSilence, type StatusJson } from './status-json'
import { summaryOf } from './summary'

const disabledPool = (): Outcome => refused(22, 'rbd: mirroring not enabled on the pool\n')

const readsHere = (desk: Desk, pool: PoolSpec, site: SiteName): boolean =>
  receives(peersOf(desk.conditions, site, pool), desk.site)

export function poolInfo(desk: Desk): Outcome {
  const found = foundPool(desk)
  if (!('pool' in found)) return found
  const { pool } = found
  if (poolMode(desk, pool) === 'disabled') return said(wantsJson(desk) ? '{"mode":"disabled"}\n' : 'Mode: disabled\n')
  const { seed } = desk.conditions
  const mode = poolMode(desk, pool)
  const siteName = siteNameOf(desk.conditions, desk.site)
  const secret = desk.args.flags.has('all')
  const peers = peersOf(desk.conditions, desk.site, pool).map((peer) => ({
    uuid: peer.uuid,
    direction: peer.direction,
    site_name: peer.siteName,
    // Known once the peer's rbd-mirror has looked at this pool.
    mirror_uuid: peer.site !== null && readsHere(desk, pool, peer.site) ? mirrorUuid(seed, peer.site, pool.name) : '',
    client_name: peer.client,
    ...(secret && peer.direction !== 'tx-only'
      ? { key: peer.site === null ? '' : keyOf(seed, peer.site, peer.client), mon_host: peer.monHost }
      : {}),
  }))
  if (wantsJson(desk)) return said(`${JSON.stringify({ mode, site_name: siteName, peers })}\n`)
  const text = peers.map(
    (p) =>
      `\nUUID: ${p.uuid}\nName: ${p.site_name}\nMirror UUID: ${p.mirror_uuid}\nDirection: ${p.direction}\nClient: ${p.client_name}\n`,
  )
  return said(
    `Mode: ${mode}\nSite Name: ${siteName}\n\nPeer Sites: ${peers.length === 0 ? 'none' : ''}\n${text.join('')}`,
  )
}

export function poolStatus(desk: Desk): Outcome {
  const found = foundPool(desk)
  if (!('pool' in found)) return found
  const { pool } = found
  if (poolMode(desk, pool) === 'disabled') return disabledPool()
  const images: StatusJson[] = []
  for (const name of desk.images.names(pool)) {
    const image = desk.image(pool, name)
    const status = image === null ? null : imageStatus(desk, pool, image, 'listed')
    if (status !== null) images.push(status)
  }
  const daemons = daemonsOf(desk, pool).map(asRbdPrints)
  const summary = summaryOf(images, daemons.length > 0 ? 'OK' : 'UNKNOWN')
  if (wantsJson(desk)) {
    const all = desk.args.flags.has('verbose') ? { summary, daemons, images } : { summary }
    return { ...said(`${JSON.stringify(all)}\n`), stderr: mgrSilence(desk) }
  }
  const states = Object.entries(summary.states).map(([state, n]) => `    ${n} ${state}\n`)
  return said(
    `health: ${summary.health}\ndaemon health: ${summary.daemon_health}\nimage health: ${summary.image_health}\nimages: ${images.length} total\n${states.join('')}`,
  )
}

/** Promotes or demotes every image of the pool that is not so yet; goes on past refusals, and says how many it did. */
function everyImage(desk: Desk, act: 'promote' | 'demote'): Outcome {
  const found = foundPool(desk)
  if (!('pool' in found)) return found
  if (poolMode(desk, found.pool) === 'disabled') return disabledPool()
  let count = 0
  let failed: Outcome | null = null
  for (const name of desk.images.names(found.pool)) {
    const image = desk.image(found.pool, name)
    const copy = image?.copies[desk.site]
    if (image === null || copy?.mode == null) continue
    if ((standing(copy) === 'primary') === (act === 'promote')) continue
    const outcome =
      act === 'demote'
        ? demote(desk.conditions, image, desk.site)
        : promote(
            desk.conditions,
            image,
            desk.site,
            `t${desk.next()}`,
            desk.args.flags.has('force') ? 'force' : 'plain',
          )
    if (outcome.changed !== null) {
      desk.commit(found.pool, outcome.changed)
      count += 1
    } else failed ??= outcome
  }
  const stdout = `${act === 'promote' ? 'Promoted' : 'Demoted'} ${count} mirrored images\n`
  return { exit: failed?.exit ?? 0, stdout, stderr: failed?.stderr ?? '', changed: null }
}

export const poolPromote = (desk: Desk): Outcome => everyImage(desk, 'promote')
export const poolDemote = (desk: Desk): Outcome => everyImage(desk, 'demote')
