import type { ImageSpec } from '@/lib/domain/words'
import { HELPER_PROTOCOL, type HelperMethod, type HelperParams, type HelperResult } from '@/lib/ports/helper-protocol'
import { mirrorDaemons } from './daemons'
import type { Desk } from './desk'
import { evidenceOf } from './evidence'
import { featuresOf } from './features'
import { poolOf } from './helper-refusal'
import { mirrorUuid, peerUuid } from './identity'
import { type Copy, type ImageState, type MirrorSnap, mirrorStateOf, peerOf, standing } from './image-state'
import { journalOf, keptBytes } from './journal-view'
import { mirrors } from './peering'
import { poolImages } from './pool-images'
import type { Shown } from './publish'
import { reach } from './reach'
import type { PoolSpec } from './spec'
import { bothSides } from './status-json'
import { userSnapsOf } from './user-snaps'
import { users } from './users'
import { watchersOf } from './watchers'

type Methods = {
  [M in HelperMethod]: (desk: HelperDesk, params: HelperParams<M>) => HelperResult<M> | Promise<HelperResult<M>>
}

/** So many images are worked out at a stretch; then whoever else asked has a turn. */
const STRETCH = 500

/** A desk that also knows the processes that changes run as. */
export interface HelperDesk extends Desk {
  pidsOf(attemptId: string): readonly number[]
  /** Lets so much time pass, at the pace of the world's commands. */
  wait(ms: number): Promise<void>
}

/** Methods that ask no cluster: dead OSDs do not hold them up. */
export const ALONE: ReadonlySet<HelperMethod> = new Set(['hello', 'net.reach', 'process.find'])

/** Every method that the simulator answers: all of the protocol's. */
export const simulatedMethods: Methods = {
  hello: (desk) => ({
    protocol: HELPER_PROTOCOL,
    python: '3.11.2',
    librbd: '1.17.0',
    now: Math.round(desk.now),
    pid: 4_242,
  }),
  'mirror.statuses': async (desk, { pool: name }) => {
    const pool = poolOf(desk, name)
    const images: HelperResult<'mirror.statuses'>['images'] = []
    for (const [number, one] of desk.images.names(pool).entries()) {
      if (number % STRETCH === STRETCH - 1) await new Promise<void>((resolve) => setImmediate(resolve))
      const image = desk.image(pool, one)
      const copy = image?.copies[desk.site]
      if (image !== null && copy?.mode != null) images.push(row(desk, pool, image, copy, copy.mode))
    }
    return { observedAt: Math.round(desk.now), images }
  },
  'images.lineage': (desk, { images }) => each(desk, images, (pool, image, copy) => lineage(desk, pool, image, copy)),
  'images.watchers': (desk, { images }) =>
    each(desk, images, (pool, image) =>
      watchersOf(desk, pool, image).map((w) => ({
        clientId: String(w.globalId),
        address: w.address,
        cookie: w.cookie,
      })),
    ),
  'journal.samples': (desk, { pool: name, imageIds }) => {
    const pool = poolOf(desk, name)
    return {
      samples: imageIds.map((imageId) => {
        const image = desk.images.byId(desk.conditions, pool, desk.site, imageId, desk.now)
        const view = image === null ? null : journalOf(desk.conditions, pool, image, desk.site, desk.now)
        if (view === null)
          return { error: { errno: 2, message: `the journal of image ${imageId}: No such file or directory` } }
        const clients = view.clients.map(({ id, position }) => ({ id, position }))
        return { ok: { imageId, at: Math.round(desk.now), tail: view.tail, keptBytes: keptBytes(view), clients } }
      }),
    }
  },
  'snapshots.primary': (desk, { images }) =>
    each(desk, images, (pool, image, copy) => ({
      marks: copy.snaps
        .map((snap) => snapshot(desk, pool, image, snap))
        .map(({ id, complete, primarySnapId, state, takenAt }) => ({ id, complete, primarySnapId, state, takenAt })),
      isClone: copy.parent !== null,
    })),
  'images.found': (desk, { images }) =>
    each(desk, images, (_, __, copy) => ({
      id: copy.id,
      globalId: copy.mode === null ? null : copy.globalId,
      snapshots: userSnapsOf(copy).map((snap) => snap.name),
      features: featuresOf(copy),
    })),
  'pool.images': poolImages,
  'mirror.daemons': mirrorDaemons,
  'mirror.uuid': (desk, { pool }) => ({
    uuid: mirrors(desk, poolOf(desk, pool)) ? mirrorUuid(desk.conditions.seed, desk.site, pool) : '',
  }),
  'cluster.users': users,
  ...evidenceOf,
  'net.reach': reach,
  'process.find': (desk, { attemptId }) => ({ pids: [...desk.pidsOf(attemptId)] }),
}

type Item<T> = { ok: T } | { error: { errno: number; message: string } }

function each<T>(
  desk: Desk,
  specs: readonly ImageSpec[],
  answer: (pool: PoolSpec, image: ImageState, copy: Copy) => T,
): { observedAt: number; images: Item<T>[] } {
  const missing = (what: string) => ({ error: { errno: 2, message: `${what}: No such file or directory` } })
  const images = specs.map((spec): Item<T> => {
    const pool = desk.pool(spec.pool)
    if (pool === null) return missing(`pool ${spec.pool}`)
    const image = spec.namespace === '' ? desk.image(pool, spec.name) : null
    const copy = image?.copies[desk.site]
    if (image === null || copy === undefined) return missing(`image ${spec.pool}/${spec.name}`)
    return { ok: answer(pool, image, copy) }
  })
  return { observedAt: Math.round(desk.now), images }
}

/** `last_update` is kept in seconds. */
const told = ({ up, state, description, at }: Shown) => ({
  up,
  state,
  description,
  lastUpdateAt: at === null ? null : Math.floor(at / 1000) * 1000,
})

function row(desk: Desk, pool: PoolSpec, image: ImageState, copy: Copy, mode: 'journal' | 'snapshot') {
  const { local, remote } = bothSides(desk, pool, image)
  const peer = peerOf(image, desk.site)
  const known = peer !== null && remote !== null && remote.at !== null
  return {
    name: image.name,
    id: copy.id,
    globalId: copy.globalId,
    mode,
    state: mirrorStateOf(copy),
    primary: standing(copy) === 'primary',
    local: told(local),
    remote: known ? [{ ...told(remote), mirrorUuid: mirrorUuid(desk.conditions.seed, peer, pool.name) }] : [],
  }
}

function snapshot(desk: Desk, pool: PoolSpec, image: ImageState, snap: MirrorSnap) {
  const peer = peerOf(image, desk.site)
  const { seed } = desk.conditions
  return {
    id: snap.id,
    state: snap.state === 'orphan' ? ('non_primary' as const) : snap.state,
    complete: snap.complete,
    primarySnapId: snap.primarySnapId,
    primaryMirrorUuid: snap.primarySnapId === null || peer === null ? '' : mirrorUuid(seed, peer, pool.name),
    peerUuids: snap.linked ? [peerUuid(seed, desk.site, pool.name)] : [],
    takenAt: Math.round(snap.takenAt),
  }
}

function lineage(desk: Desk, pool: PoolSpec, image: ImageState, copy: Copy) {
  return {
    name: image.name,
    id: copy.id,
    sizeBytes: copy.sizeBytes,
    features: featuresOf(copy),
    parent: copy.parent === null ? null : { pool: copy.parent.pool, namespace: '', name: copy.parent.name },
    mirroring:
      copy.mode === null
        ? null
        : {
            globalId: copy.globalId,
            mode: copy.mode,
            state: mirrorStateOf(copy),
            primary: standing(copy) === 'primary',
          },
    snapshots: copy.snaps.map((snap) => snapshot(desk, pool, image, snap)),
    journal: copy.mode === 'journal' ? journalOf(desk.conditions, pool, image, desk.site, desk.now) : null,
  }
}
