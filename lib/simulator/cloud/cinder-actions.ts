import { accepted, badRequest, notFound, type Said } from './answers'
import { volumeOf, volumePolicy } from './cinder-reads'
import { volumeShown } from './cinder-views'
import { deletable, frozenRefuses, typeNamed } from './cinder-volumes'
import type { Cloud } from './cloud'
import { type BackendSpec, poolHost } from './cloud-spec'
import { isWritable, librbd, renameImage, sizeAt } from './cluster-acts'
import { type Asked, actionOf, inside, type Route, textOr } from './requests'
import { imageNameOf, type VolumeRow } from './rows'
import { stampNow } from './times'
import type { VolumeManager } from './volume-manager'

const GIB = 1_073_741_824

const VOLUME_STATES = [
  'creating',
  'available',
  'deleting',
  'error',
  'error_deleting',
  'error_managing',
  'managing',
  'attaching',
  'in-use',
  'detaching',
  'maintenance',
  'restoring-backup',
  'error_restoring',
  'reserved',
  'awaiting-transfer',
  'backing-up',
  'error_backing-up',
  'error_extending',
  'downloading',
  'uploading',
  'retyping',
  'extending',
]
const SNAPSHOT_STATES = ['creating', 'available', 'deleting', 'error', 'error_deleting']

const listed = (states: readonly string[]): string => `(${states.map((state) => `'${state}'`).join(', ')})`

/** `os-reset_status` says what a status is and touches nothing. It takes no replication_status. */
function newStatus(asked: Asked, kind: 'Volume' | 'Snapshot'): string | null {
  const rule = kind === 'Volume' ? 'volume' : 'snapshot'
  volumePolicy(asked, `volume_extension:${rule}_admin_actions:reset_status`)
  const body = inside(asked, 'os-reset_status')
  if (kind === 'Volume' && !['status', 'attach_status', 'migration_status'].some((key) => key in body)) {
    throw badRequest("Must specify 'status', 'attach_status' or 'migration_status' for update.")
  }
  const status = textOr(body.status, null)
  const known = kind === 'Volume' ? VOLUME_STATES : SNAPSHOT_STATES
  if (status !== null && !known.includes(status)) {
    throw badRequest(`${kind} status: ${status} is invalid, valid statuses are: ${listed(known)}.`)
  }
  return status
}

function volumeAction(cloud: Cloud, manager: VolumeManager, asked: Asked, id: string): Said {
  const volume = volumeOf(cloud, asked, id)
  switch (actionOf(asked)) {
    case 'os-reset_status': {
      const status = newStatus(asked, 'Volume')
      if (status !== null) cloud.store.patch('volumes', id, { status, updatedAt: cloud.now() })
      const migration = textOr(inside(asked, 'os-reset_status').migration_status, null)
      if (migration !== null)
        cloud.store.patch('volumes', id, { migrationStatus: migration === 'none' ? null : migration })
      return accepted()
    }
    case 'os-unmanage':
      return unmanage(cloud, manager, asked, volume)
    case 'os-force_delete':
      volumePolicy(asked, 'volume_extension:volume_admin_actions:force_delete')
      cloud.store.remove('volumes', id)
      return accepted()
    case 'os-set_bootable':
      cloud.store.patch('volumes', id, { bootable: inside(asked, 'os-set_bootable').bootable === true })
      return { status: 200 }
    case 'os-extend':
      return extend(cloud, manager, asked, volume)
    default:
      throw badRequest(`There is no such action: ${actionOf(asked)}`)
  }
}

/** On a frozen backend the answer is the same and nothing happens. */
function extend(cloud: Cloud, manager: VolumeManager, asked: Asked, volume: VolumeRow): Said {
  const size = Number(inside(asked, 'os-extend').new_size)
  if (!(size > volume.sizeGb)) {
    throw badRequest(
      `Invalid input received: New size for extend must be greater than current size. (current: ${volume.sizeGb}, extended: ${size}).`,
    )
  }
  const backend = cloud.backendOf(volume.host)
  if (backend === null || cloud.service(backend).frozen) return accepted()
  void manager.run(async (alive) => {
    await cloud.sleep(cloud.spec.pace.changeMs)
    alive()
    cloud.store.patch('volumes', volume.id, { sizeGb: size, updatedAt: cloud.now() })
  })
  return accepted()
}

/** Cinder forgets the volume; its image stays. */
function unmanage(cloud: Cloud, manager: VolumeManager, asked: Asked, volume: VolumeRow): Said {
  volumePolicy(asked, 'volume_extension:volume_unmanage')
  frozenRefuses(cloud, volume)
  deletable(cloud, volume)
  cloud.store.patch('volumes', volume.id, { status: 'unmanaging', updatedAt: cloud.now() })
  void manager.run(async (alive) => {
    await cloud.sleep(cloud.spec.pace.changeMs)
    alive()
    cloud.store.remove('volumes', volume.id)
  })
  return accepted()
}

/** Adoption: the image gets the name of a new volume, here and at its copy; the volume's replication_status is null. */
function manage(cloud: Cloud, manager: VolumeManager, asked: Asked): Said {
  volumePolicy(asked, 'volume_extension:volume_manage')
  const body = inside(asked, 'volume')
  const host = textOr(body.host, '')
  const backend = cloud.spec.backends.find((one) => poolHost(cloud.spec, one) === host)
  if (backend === undefined) throw badRequest(`Service cinder-volume could not be found on host ${host}.`)
  const source = textOr((body.ref as Record<string, unknown> | undefined)?.['source-name'], null)
  if (source === null) throw badRequest("Invalid input for field/attribute ref. 'source-name' is missing.")
  const volume: VolumeRow = {
    id: cloud.newId(),
    name: textOr(body.name, ''),
    projectId: asked.projectId,
    userId: cloud.userId(asked.token.user),
    status: 'creating',
    sizeGb: 0,
    typeId: typeNamed(cloud, body.volume_type).id,
    host,
    replicationStatus: null,
    bootable: body.bootable === true,
    imageMeta: null,
    snapshotId: null,
    sourceVolumeId: null,
    metadata: (body.metadata ?? {}) as Record<string, string>,
    createdAt: cloud.now(),
    updatedAt: null,
  }
  cloud.store.save('volumes', volume)
  void manager.run(async (alive) => {
    await cloud.sleep(cloud.spec.pace.changeMs)
    alive()
    adopt(cloud, backend, volume, source)
  })
  const shown = volumeShown(cloud, asked, volume)
  return accepted({ volume: { ...shown, created_at: stampNow(volume.createdAt) } })
}

/** Only an image that is there, is primary and that nobody has open; of anything else the volume is in error. */
function adopt(cloud: Cloud, backend: BackendSpec, volume: VolumeRow, source: string): void {
  const site = cloud.activeSite(backend)
  const { memory, store } = cloud
  const usable =
    cloud.reaches(site) && isWritable(memory, site, backend.pool, source) && !isOpen(cloud, site, backend, source)
  if (!usable) {
    store.patch('volumes', volume.id, { status: 'error', updatedAt: cloud.now() })
    return
  }
  const sizeGb = Math.ceil(sizeAt(memory, site, backend.pool, source) / GIB)
  const to = imageNameOf(volume.id)
  if (source !== to) renameImage(memory, site, backend.pool, source, to)
  store.patch('volumes', volume.id, { status: 'available', sizeGb, updatedAt: cloud.now() })
}

function isOpen(cloud: Cloud, site: string, backend: BackendSpec, name: string): boolean {
  const said = librbd(cloud.memory, site, ['status', `${backend.pool}/${name}`, '--format', 'json'])
  const { watchers } = JSON.parse(said.stdout || '{}') as { watchers?: readonly unknown[] }
  return (watchers ?? []).length > 0
}

export const cinderActions = (manager: VolumeManager): readonly Route[] => [
  ['POST', /^\/volumes\/([^/]+)\/action$/, (cloud, asked, [id = '']) => volumeAction(cloud, manager, asked, id)],
  [
    'POST',
    /^\/snapshots\/([^/]+)\/action$/,
    (cloud, asked, [id = '']) => {
      if (cloud.store.get('snapshots', id) === null) throw notFound(`Snapshot ${id} could not be found.`)
      const status = newStatus(asked, 'Snapshot')
      if (status !== null) cloud.store.patch('snapshots', id, { status, updatedAt: cloud.now() })
      return accepted()
    },
  ],
  ['POST', /^\/(?:os-volume-manage|manageable_volumes)$/, (cloud, asked) => manage(cloud, manager, asked)],
  [
    'PUT',
    /^\/volumes\/([^/]+)\/metadata$/,
    (cloud, asked, [id = '']) => {
      const metadata = inside(asked, 'metadata') as Record<string, string>
      volumeOf(cloud, asked, id)
      cloud.store.patch('volumes', id, { metadata, updatedAt: cloud.now() })
      return { status: 200, body: { metadata } }
    },
  ],
]
