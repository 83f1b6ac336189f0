import type { Volume, VolumeSnapshot } from './cloud'
import type { SiteName } from './words'

/** The RBD image of a volume. After a migration it carries another id than the volume. */
export const rbdImageOf = ({ nameId }: Pick<Volume, 'nameId'>): string => `volume-${nameId}`

/**
 * Is the image of a volume there, mirrored, at the site where its backend is active? Unknown where nobody has looked
 * since the volume was made, or the site cannot be read.
 */
export type ImagePresence = 'there' | 'missing' | 'unknown'

/** What these rules need to know of a volume. */
export type JudgedVolume = Pick<
  Volume,
  'id' | 'name' | 'projectId' | 'status' | 'typeName' | 'replicationStatus' | 'nameId'
>

export interface BackendVolumes {
  /** Of one backend; failover_host takes all of them, of all tenants. */
  readonly volumes: readonly JudgedVolume[]
  /** Names of types that ask for replication. */
  readonly replicatedTypes: ReadonlySet<string>
  readonly presenceOf: (volume: JudgedVolume) => ImagePresence
  /** Where the backend is active; null where that is not known. */
  readonly active: SiteName | null
}

export interface Ghost {
  readonly volumeId: string
  readonly name: string
  readonly projectId: string
  readonly status: string
  readonly replicationStatus: string | null
  readonly reasons: readonly string[]
  readonly waysOut: readonly string[]
}

/** Cinder leaves these out of a failover, and puts them in `error` instead: see `spoiledBy`. */
const NOT_TAKEN: readonly (string | null)[] = ['disabled', 'not-capable']

/** In these the image is not there yet, or may not be any more. */
const UNSETTLED = [
  'creating',
  'downloading',
  'deleting',
  'managing',
  'unmanaging',
  'retyping',
  'error',
  'error_deleting',
  'error_managing',
]

/**
 * Volumes that endanger their neighbours in a `failover_host`. Cinder demotes one volume after the other and stops at the
 * first that it cannot demote; all that come after it are promoted by force while they are primary, and it reports
 * success (seen on Zed with a volume whose creation had failed). So one is enough.
 */
export function ghosts(backend: BackendVolumes): Ghost[] {
  return backend.volumes.flatMap((volume): Ghost[] => {
    if (!isTakenAlong(volume)) return []
    const found = faultsOf(volume, backend)
    if (found.length === 0) return []
    const { id, name, projectId, status, replicationStatus } = volume
    return [
      {
        volumeId: id,
        name,
        projectId,
        status,
        replicationStatus,
        reasons: found.map(({ reason }) => reason),
        waysOut: [...new Set(found.flatMap(({ waysOut }) => waysOut))],
      },
    ]
  })
}

interface Fault {
  readonly reason: string
  readonly waysOut: readonly string[]
}

function faultsOf(volume: JudgedVolume, backend: BackendVolumes): Fault[] {
  const presence = backend.presenceOf(volume)
  const faults: Fault[] = []
  const replication = replicationFault(volume, presence)
  if (replication !== null) faults.push(replication)
  const isReplicated = volume.typeName !== null && backend.replicatedTypes.has(volume.typeName)
  if (UNSETTLED.includes(volume.status) && (isReplicated || volume.replicationStatus !== null)) {
    faults.push(unsettledFault(volume))
  }
  if (presence === 'missing' && volume.replicationStatus !== null) {
    const where = backend.active === null ? 'where its backend is active' : `at ${backend.active}`
    faults.push({
      reason: `No mirrored image ${rbdImageOf(volume)} is ${where}: Cinder cannot demote what is not there`,
      waysOut: [
        `Delete the volume, if its data is not wanted: openstack volume delete ${volume.id}`,
        'Bring its image back under that name, mirrored, if it was renamed or its mirroring was ended',
      ],
    })
  }
  return faults
}

function replicationFault({ id, replicationStatus }: JudgedVolume, presence: ImagePresence): Fault | null {
  if (replicationStatus === null) {
    return {
      reason:
        'Its replication status is empty: its creation has failed, or it was adopted. Cinder counts it as replicated',
      waysOut:
        presence === 'there'
          ? [
              'Retype it to a type that is replicated: then Cinder knows its replication',
              `Or take it out of Cinder; its image stays: cinder unmanage ${id}`,
            ]
          : [`Delete it: openstack volume delete ${id} (refused while the backend is frozen)`],
    }
  }
  if (replicationStatus === 'enabling') {
    return {
      reason: 'Its replication status is enabling, for ever: the RBD driver has no replication of groups',
      waysOut: [
        `Take it out of Cinder and in again; its image stays: cinder unmanage ${id}`,
        "Or set replication_status to enabled in Cinder's database, once its image is seen to be mirrored: no API does",
      ],
    }
  }
  if (replicationStatus === 'failover-error' || replicationStatus === 'error') {
    return {
      reason: `Its replication status is ${replicationStatus}: an earlier failover left it, and its image may be primary at either site`,
      waysOut: [
        'Look at both sides of its image, repair what is in split-brain',
        `Then put it right in Cinder: cinder unmanage ${id} and manage it again, or its row in the database; no API sets a replication status`,
      ],
    }
  }
  return null
}

function unsettledFault({ id, status, replicationStatus }: JudgedVolume): Fault {
  const reason = `Its status is ${status}: its image is not there yet, or may be gone, when Cinder wants to demote it`
  // What helps against an empty replication status helps here too, and its status put back would not.
  if (replicationStatus === null) return { reason, waysOut: [] }
  if (status.startsWith('error')) {
    const back = `If its image is whole: openstack volume set --state available ${id}`
    return { reason, waysOut: [back, `If it is not wanted: openstack volume delete ${id}`] }
  }
  return { reason, waysOut: ['Wait until Cinder is done with it', `If it is stuck: cinder reset-state ${id}`] }
}

export interface Spoiled {
  readonly volumeId: string
  readonly name: string
  readonly projectId: string
  readonly status: string
  readonly snapshotIds: readonly string[]
}

/**
 * Volumes without replication on a backend that has it: a failover puts them and their snapshots in `error`, and the way
 * back does not put them right. Those that are in `error` already have nothing to lose.
 */
export function spoiledBy(
  volumes: readonly JudgedVolume[],
  snapshots: readonly Pick<VolumeSnapshot, 'id' | 'volumeId'>[],
): Spoiled[] {
  const plain = volumes.filter((volume) => !isTakenAlong(volume) && volume.status !== 'error')
  const byVolume = new Map<string, string[]>(plain.map(({ id }) => [id, []]))
  for (const { id, volumeId } of snapshots) byVolume.get(volumeId)?.push(id)
  return plain.map(({ id, name, projectId, status }) => ({
    volumeId: id,
    name,
    projectId,
    status,
    snapshotIds: byVolume.get(id) ?? [],
  }))
}

/** Does Cinder take it for replicated? So it does one whose replication status is null (cinder, volume/manager.py). */
export const isTakenAlong = ({ replicationStatus }: Pick<Volume, 'replicationStatus'>): boolean =>
  !NOT_TAKEN.includes(replicationStatus)

/** Volumes that `failover_host` takes along: all of the backend that are not left out. */
export const takenAlong = <T extends Pick<Volume, 'replicationStatus'>>(volumes: readonly T[]): T[] =>
  volumes.filter(isTakenAlong)
