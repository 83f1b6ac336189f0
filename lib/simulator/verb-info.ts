import { type Desk, wantsJson } from './desk'
import { featuresOf } from './features'
import { mirrorUuid, peerUuid } from './identity'
import {
  type Copy,
  type ImageState,
  type MirrorSnap,
  mirrorStateOf,
  peerOf,
  standing,
  type UserSnap,
} from './image-state'
import { foundImage, foundPool, isFound } from './look-up'
import { errno, type Outcome, said } from './outcome'
import type { PoolSpec } from './spec'
import { ctimeStamp } from './stamps'
import { snapName } from './status-json'
import { userSnapsOf } from './user-snaps'
import { watchersOf } from './watchers'

const OBJECT_BYTES = 4_194_304

/** The one that an image began with is protected, as Glance's are; `rbd` prints it as a word. */
const shielded = (copy: Copy, snap: UserSnap): string => String(snap.name === copy.userSnapshot)

const json = (value: unknown): Outcome => said(`${JSON.stringify(value)}\n`)

export function info(desk: Desk): Outcome {
  const found = foundImage(desk)
  if (!isFound(found)) return found
  const { copy, image } = found
  const stamp = ctimeStamp(copy.createdAt)
  const parentPool = copy.parent === null ? null : desk.pool(copy.parent.pool)
  const parent =
    copy.parent === null || parentPool === null ? null : desk.image(parentPool, copy.parent.name)?.copies[desk.site]
  const all = {
    name: image.name,
    id: copy.id,
    size: copy.sizeBytes,
    objects: Math.ceil(copy.sizeBytes / OBJECT_BYTES),
    order: 22,
    object_size: OBJECT_BYTES,
    snapshot_count: copy.snaps.length + userSnapsOf(copy).length,
    block_name_prefix: `rbd_data.${copy.id}`,
    format: 2,
    features: featuresOf(copy),
    op_features: [],
    flags: [],
    create_timestamp: stamp,
    access_timestamp: stamp,
    modify_timestamp: stamp,
    ...(copy.parent === null
      ? {}
      : {
          parent: {
            pool: copy.parent.pool,
            pool_namespace: '',
            image: copy.parent.name,
            id: parent?.id ?? '',
            snapshot: copy.parent.snapshot,
            trash: false,
            overlap: copy.sizeBytes,
          },
        }),
    ...(copy.journaling ? { journal: copy.id } : {}),
    // Of an image with a journal that nobody mirrors it says so, and nothing of others.
    ...(copy.mode === null && copy.journaling ? { mirroring: { mode: 'journal', state: 'disabled' } } : {}),
    ...(copy.mode === null
      ? {}
      : {
          mirroring: {
            mode: copy.mode,
            state: mirrorStateOf(copy) === 'creating' ? 'unknown' : 'enabled',
            global_id: copy.globalId,
            primary: standing(copy) === 'primary',
          },
        }),
  }
  return wantsJson(desk) ? json(all) : said(infoText(all))
}

function infoText(all: {
  readonly name: string
  readonly id: string
  readonly size: number
  readonly objects: number
  readonly features: readonly string[]
  readonly mirroring?: { mode: string; state: string; global_id?: string; primary?: boolean }
}): string {
  const lines = [
    `rbd image '${all.name}':`,
    `\tsize ${Math.round(all.size / 1_048_576)} MiB in ${all.objects} objects`,
    '\torder 22 (4 MiB objects)',
    `\tid: ${all.id}`,
    `\tblock_name_prefix: rbd_data.${all.id}`,
    '\tformat: 2',
    `\tfeatures: ${all.features.join(', ')}`,
    ...(all.mirroring === undefined
      ? []
      : [
          `\tmirroring state: ${all.mirroring.state}`,
          `\tmirroring mode: ${all.mirroring.mode}`,
          `\tmirroring global id: ${all.mirroring.global_id}`,
          `\tmirroring primary: ${all.mirroring.primary}`,
        ]),
  ]
  return `${lines.join('\n')}\n`
}

export function list(desk: Desk): Outcome {
  const found = foundPool(desk)
  if (!('pool' in found))
    return { ...found, stderr: `${found.stderr}rbd: listing images failed: ${errno(found.exit)}\n` }
  const present: { name: string; copy: Copy }[] = []
  for (const name of desk.images.names(found.pool)) {
    const copy = desk.image(found.pool, name)?.copies[desk.site]
    if (copy !== undefined) present.push({ name, copy })
  }
  if (!desk.args.flags.has('long')) {
    const names = present.map(({ name }) => name)
    return wantsJson(desk) ? json(names) : said(names.map((name) => `${name}\n`).join(''))
  }
  const rows = present.flatMap(({ name, copy }) => {
    const base = { image: name, id: copy.id, size: copy.sizeBytes }
    const parent =
      copy.parent === null
        ? {}
        : {
            parent: {
              pool: copy.parent.pool,
              pool_namespace: '',
              image: copy.parent.name,
              snapshot: copy.parent.snapshot,
            },
          }
    const lock = copy.mode !== null && standing(copy) !== 'primary' ? { lock_type: 'exclusive' } : {}
    const row = { ...base, ...parent, format: 2, ...lock }
    const snapshots = userSnapsOf(copy).map((snap) => ({
      image: name,
      id: copy.id,
      snapshot: snap.name,
      snapshot_id: snap.id,
      size: copy.sizeBytes,
      format: 2,
      protected: shielded(copy, snap),
    }))
    return [row, ...snapshots]
  })
  return json(rows)
}

/** A mirror snapshot's namespace as `rbd snap ls --all` prints it. */
function mirrorNamespace(desk: Desk, pool: PoolSpec, image: ImageState, copy: Copy, snap: MirrorSnap): object {
  const { seed } = desk.conditions
  const peer = peerOf(image, desk.site)
  // rbd prints both kinds of demotion by one word; only a copy's names its primary's snapshot.
  const printed = snap.state.endsWith('demoted') ? 'demoted' : snap.state === 'primary' ? 'primary' : 'non-primary'
  const base = {
    type: 'mirror',
    state: printed,
    mirror_peer_uuids: snap.linked ? [peerUuid(seed, desk.site, pool.name)] : [],
    complete: snap.complete,
  }
  if (snap.state.startsWith('primary')) return base
  return {
    ...base,
    primary_mirror_uuid: snap.primarySnapId === null || peer === null ? '' : mirrorUuid(seed, peer, pool.name),
    ...(snap.primarySnapId === null ? {} : { primary_snap_id: snap.primarySnapId }),
    last_copied_object_number: snap.complete ? Math.ceil(copy.sizeBytes / OBJECT_BYTES) : 0,
  }
}

export function snapList(desk: Desk): Outcome {
  const found = foundImage(desk)
  if (!isFound(found)) return found
  const { copy, image, pool } = found
  const all = desk.args.flags.has('all')
  const row = (id: number, name: string, isProtected: string, at: number) => ({
    id,
    name,
    size: copy.sizeBytes,
    protected: isProtected,
    timestamp: ctimeStamp(at),
  })
  const user = userSnapsOf(copy).map((snap) => ({
    ...row(snap.id, snap.name, shielded(copy, snap), snap.takenAt),
    ...(all ? { namespace: { type: 'user' } } : {}),
  }))
  const mirror = all
    ? copy.snaps.map((snap) => ({
        ...row(snap.id, snapName(copy.globalId, snap), 'false', snap.takenAt),
        namespace: mirrorNamespace(desk, pool, image, copy, snap),
      }))
    : []
  return json([...user, ...mirror].sort((one, other) => one.id - other.id))
}

export function imageWatchers(desk: Desk): Outcome {
  const found = foundImage(desk)
  if (!isFound(found)) return found
  const watchers = watchersOf(desk, found.pool, found.image)
  if (wantsJson(desk))
    return json({ watchers: watchers.map((w) => ({ address: w.address, client: w.globalId, cookie: w.cookie })) })
  if (watchers.length === 0) return said('Watchers: none\n')
  return said(
    `Watchers:\n${watchers.map((w) => `\twatcher=${w.address} client.${w.globalId} cookie=${w.cookie}\n`).join('')}`,
  )
}
