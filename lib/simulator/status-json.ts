import type { Desk } from './desk'
import { localDaemon, mirrorUuid, peerUuid } from './identity'
import { type ImageState, type MirrorSnap, peerOf } from './image-state'
import { type Shown, shownAt } from './publish'
import { textBits, uuidAt } from './random'
import type { PoolSpec } from './spec'
import { plainStamp } from './stamps'

export interface StatusJson {
  readonly name: string
  readonly global_id: string
  readonly state: string
  readonly description: string
  readonly daemon_service?: {
    readonly service_id: string
    readonly instance_id: string
    readonly daemon_id: string
    readonly hostname: string
  }
  readonly last_update: string
  readonly peer_sites: readonly {
    readonly site_name: string
    readonly mirror_uuids: string
    readonly state: string
    readonly description: string
    readonly last_update: string
  }[]
  readonly snapshots?: readonly {
    readonly id: number
    readonly name: string
    readonly demoted: boolean
    readonly mirror_peer_uuids: readonly string[]
  }[]
}

/** How often the site's rbd-mirror has been started since the world began. */
export const startsOf = (desk: Pick<Desk, 'conditions' | 'now'>, site: string): number =>
  desk.conditions.line(`daemon ${site}`).filter((shift) => shift.value === 'up' && shift.at <= desk.now).length

/** The map of services, in which the daemons are listed, is the mgr's. */
export const mgrAnswers = (desk: Desk): boolean => desk.conditions.valueAt(`mgr ${desk.site}`, desk.now) === 'up'

/** What `rbd` adds to a status that it could not complete: exit 0 all the same. */
export const mgrSilence = (desk: Desk): string =>
  mgrAnswers(desk) ? '' : 'rbd: failed to query services: (110) Connection timed out\n'

const word = (shown: Shown): string => `${shown.up ? 'up' : 'down'}+${shown.state}`
const updated = (shown: Shown): string => (shown.at === null ? '' : plainStamp(shown.at))

/** What both daemons say of the image, as this site's cluster has it written down. */
export function bothSides(desk: Desk, pool: PoolSpec, image: ImageState): { local: Shown; remote: Shown | null } {
  const record = desk.images.record(desk.conditions, pool, image.name) ?? image
  const peer = peerOf(image, desk.site)
  const shown = (site: string) => shownAt(desk.conditions, record, image, site, desk.site, desk.now)
  return { local: shown(desk.site), remote: peer === null ? null : shown(peer) }
}

/** Name of a mirror snapshot as Ceph makes it. */
export const snapName = (globalId: string, snap: MirrorSnap): string =>
  `.mirror.${snap.state.startsWith('primary') ? 'primary' : 'non_primary'}.${globalId}.${uuidAt(snap.id, textBits(globalId), snap.takenAt % 4294967291)}`

/** One image of `rbd mirror pool status --verbose`; `rbd mirror image status` lists the primary's snapshots too. */
export function imageStatus(
  desk: Desk,
  pool: PoolSpec,
  image: ImageState,
  where: 'alone' | 'listed',
): StatusJson | null {
  const copy = image.copies[desk.site]
  if (copy?.mode == null) return null
  const { seed } = desk.conditions
  const { local, remote } = bothSides(desk, pool, image)
  const peer = peerOf(image, desk.site)
  const daemon = localDaemon(seed, desk.site, startsOf(desk, desk.site))
  const hostname = desk.conditions.spec.sites.find((s) => s.name === desk.site)?.hostname ?? desk.site
  const newest = copy.snaps.at(-1)
  const primarySnaps =
    where === 'alone' && newest?.state === 'primary' ? copy.snaps.filter((s) => s.state.startsWith('primary')) : []
  return {
    name: image.name,
    global_id: copy.globalId,
    state: word(local),
    description: local.description,
    ...(local.up && mgrAnswers(desk)
      ? {
          daemon_service: {
            service_id: `${daemon.globalId}`,
            instance_id: `${daemon.instanceId}`,
            daemon_id: desk.site,
            hostname,
          },
        }
      : {}),
    last_update: updated(local),
    peer_sites:
      peer === null || remote === null
        ? []
        : [
            {
              site_name: peer,
              mirror_uuids: mirrorUuid(seed, peer, pool.name),
              state: word(remote),
              description: remote.description,
              last_update: updated(remote),
            },
          ],
    ...(primarySnaps.length === 0
      ? {}
      : {
          snapshots: primarySnaps.map((snap) => ({
            id: snap.id,
            name: snapName(copy.globalId, snap),
            demoted: snap.state === 'primary_demoted',
            mirror_peer_uuids: snap.linked ? [peerUuid(seed, desk.site, pool.name)] : [],
          })),
        }),
  }
}

/** The same for the eye, as rbd prints it without `--format json`. */
export function statusText(status: StatusJson): string {
  const peers = status.peer_sites.flatMap((peer) => [
    `    name: ${peer.site_name}`,
    `    state: ${peer.state}`,
    `    description: ${peer.description}`,
    `    last_update: ${peer.last_update}`,
  ])
  const lines = [
    `${status.name}:`,
    `  global_id:   ${status.global_id}`,
    `  state:       ${status.state}`,
    `  description: ${status.description}`,
    ...(status.daemon_service === undefined
      ? []
      : [`  service:     ${status.daemon_service.daemon_id} on ${status.daemon_service.hostname}`]),
    `  last_update: ${status.last_update}`,
    ...(peers.length === 0 ? [] : ['  peer_sites:', ...peers]),
    ...(status.snapshots === undefined
      ? []
      : [
          '  snapshots:',
          ...status.snapshots.map((s) => `    ${s.id} ${s.name} (peer_uuids:[${s.mirror_peer_uuids.join(' ')}])`),
        ]),
  ]
  return `${lines.join('\n')}\n`
}
