import type { Lineage, MirrorSnapshot } from '@/lib/domain/lineage'
import type { MirrorRow, SiteStatus } from '@/lib/domain/mirror-status'
import { known, type Reading, unknown } from '@/lib/domain/reading'
import { type ImageSpec, REPLAY_STATES, specText } from '@/lib/domain/words'
import type { HelperResult } from '@/lib/ports/helper-protocol'
import type { FoundImage, PoolImage, SnapshotMark } from '@/lib/ports/mirror'
import { statusDetail } from './description'

type RawRow = HelperResult<'mirror.statuses'>['images'][number]
type RawLineage = Extract<HelperResult<'images.lineage'>['images'][number], { ok: unknown }>['ok']
type RawMark = Extract<HelperResult<'snapshots.primary'>['images'][number], { ok: unknown }>['ok']['marks'][number]
type RawPoolImage = HelperResult<'pool.images'>['images'][number]
type RawFound = Extract<HelperResult<'images.found'>['images'][number], { ok: unknown }>['ok']
type Item<T> = { readonly ok: T } | { readonly error: { readonly errno: number; readonly message: string } }

const IMAGE_STATES = ['enabled', 'disabling', 'disabled', 'creating'] as const

/** A state that this release does not know is not "enabled". */
const imageState = (raw: string) => IMAGE_STATES.find((state) => state === raw) ?? 'disabled'

function siteStatus(raw: RawRow['local']): SiteStatus {
  return {
    up: raw.up,
    state: REPLAY_STATES.find((state) => state === raw.state) ?? 'unknown',
    description: raw.description,
    detail: statusDetail(raw.description),
    lastUpdateAt: raw.lastUpdateAt,
  }
}

/** One image of a pool's batch call. */
export const toMirrorRow = (raw: RawRow): MirrorRow => ({
  name: raw.name,
  imageId: raw.id,
  globalId: raw.globalId,
  mode: raw.mode,
  role: raw.primary ? 'primary' : 'non-primary',
  state: imageState(raw.state),
  local: siteStatus(raw.local),
  remote: raw.remote.map((remote) => ({ ...siteStatus(remote), mirrorUuid: remote.mirrorUuid })),
})

/** One image of a whole pool's. */
export const toPoolImage = (pool: { pool: string; namespace: string }, raw: RawPoolImage): PoolImage => ({
  spec: { ...pool, name: raw.name },
  imageId: raw.id,
  sizeBytes: raw.sizeBytes,
  features: raw.features,
  parent: raw.parent,
  children: raw.children,
  mirrored: raw.mirrored && {
    mode: raw.mirrored.mode,
    globalId: raw.mirrored.globalId,
    role: raw.mirrored.primary ? 'primary' : 'non-primary',
    state: imageState(raw.mirrored.state),
  },
})

const ROLES = {
  primary: 'primary',
  primary_demoted: 'primary-demoted',
  non_primary: 'non-primary',
  non_primary_demoted: 'non-primary-demoted',
} as const

const toSnapshot = (raw: RawLineage['snapshots'][number]): MirrorSnapshot => ({
  id: raw.id,
  role: ROLES[raw.state],
  complete: raw.complete,
  primarySnapId: raw.primarySnapId,
  primaryMirrorUuid: raw.primaryMirrorUuid,
  takenAt: raw.takenAt,
  linked: raw.peerUuids.length > 0,
})

/** A copy as it was looked at. An image that is not mirrored has no lineage: that is an unknown, with this reason. */
export function toLineage(spec: ImageSpec, raw: RawLineage, observedAt: number): Reading<Lineage> {
  if (raw.mirroring === null) return unknown(`mirroring is not enabled on ${specText(spec)}`)
  const { globalId, mode, state, primary } = raw.mirroring
  if (state !== 'enabled') return unknown(`mirroring of ${specText(spec)} is ${state}`)
  const lineage: Lineage = {
    spec,
    imageId: raw.id,
    globalId,
    mode,
    role: primary ? 'primary' : 'non-primary',
    sizeBytes: raw.sizeBytes,
    parent: raw.parent,
    snapshots: raw.snapshots.map(toSnapshot),
    journal: mode === 'journal' ? raw.journal : null,
  }
  return known(lineage, observedAt)
}

export const toSnapshotMark = (raw: RawMark): SnapshotMark => ({
  id: raw.id,
  complete: raw.complete,
  primarySnapId: raw.primarySnapId,
  primary: raw.state === 'primary' || raw.state === 'primary_demoted',
  takenAt: raw.takenAt,
})

const ENOENT = 2

/** What has a name. That nothing has it is known; an error of another kind is not. */
export function toFound(item: Item<RawFound>, observedAt: number): Reading<FoundImage> {
  if ('error' in item) {
    return item.error.errno === ENOENT ? known({ kind: 'absent' }, observedAt) : unknown(item.error.message)
  }
  const { id, globalId, snapshots, features } = item.ok
  return known({ kind: 'there', imageId: id, globalId, snapshots, features }, observedAt)
}

/** An item of a batch as a reading; what could not be read is unknown, with what was said. */
export const toReading = <T, R>(item: Item<T>, map: (value: T) => Reading<R>): Reading<R> =>
  'ok' in item ? map(item.ok) : unknown(item.error.message)
