import { makeImage } from '../make-image'
import { accepted, badRequest, notFound, Refusal, type Said } from './answers'
import { volumeOf } from './cinder-reads'
import { volumeShown } from './cinder-views'
import type { Cloud } from './cloud'
import { type BackendSpec, poolHost } from './cloud-spec'
import { hasImage, librbd, removeImage } from './cluster-acts'
import { type Asked, inside, type Route, textOr } from './requests'
import { imageNameOf, type TypeRow, type VolumeRow } from './rows'
import { stampNow } from './times'
import type { VolumeManager } from './volume-manager'
import { withinQuota } from './volume-quota'

const GIB = 1_073_741_824

export const isReplicated = (type: TypeRow | null): boolean => type?.extraSpecs.replication_enabled === '<is> True'

/** The type that the body names by name or id; without one the first, which is what is made for default here. */
export function typeNamed(cloud: Cloud, name: unknown): TypeRow {
  const all = cloud.store.list('types')
  const type = name == null ? all[0] : all.find((one) => one.name === name || one.id === name)
  if (type === undefined) throw notFound(`Volume type with name ${String(name)} could not be found.`)
  return type
}

/** The backend that a type is for: by `volume_backend_name`, else the first. */
export const backendFor = (cloud: Cloud, type: TypeRow): BackendSpec => {
  const wanted = type.extraSpecs.volume_backend_name
  const backend = cloud.spec.backends.find(({ name }) => wanted === undefined || name === wanted)
  if (backend === undefined) throw new Error(`no backend ${wanted}`)
  return backend
}

function create(cloud: Cloud, manager: VolumeManager, asked: Asked): Said {
  const body = inside(asked, 'volume')
  const source = typeof body.source_volid === 'string' ? volumeOf(cloud, asked, body.source_volid) : null
  const size = body.size ?? source?.sizeGb
  if (!/^\d+$/.test(String(size))) {
    throw badRequest(
      `Invalid input for field/attribute size. Value: ${String(size)}. '${String(size)}' does not match '^[0-9]+$'`,
    )
  }
  const type = typeNamed(cloud, body.volume_type)
  const imageId = textOr(body.imageRef, null)
  const image = imageId === null ? null : cloud.store.get('images', imageId)
  if (imageId !== null && image === null)
    throw badRequest(`Invalid image identifier or unable to access requested image.`)
  withinQuota(cloud, asked.projectId, Number(size))
  const volume: VolumeRow = {
    id: cloud.newId(),
    name: textOr(body.name, ''),
    projectId: asked.projectId,
    userId: cloud.userId(asked.token.user),
    status: 'creating',
    sizeGb: Number(size),
    typeId: type.id,
    host: null,
    replicationStatus: null,
    bootable: false,
    imageMeta: image === null ? null : { image_id: image.id, image_name: image.name, container_format: 'bare' },
    snapshotId: textOr(body.snapshot_id, null),
    sourceVolumeId: source?.id ?? null,
    metadata: (body.metadata ?? {}) as Record<string, string>,
    createdAt: cloud.now(),
    updatedAt: null,
  }
  cloud.store.save('volumes', volume)
  void manager.run((alive) => made(cloud, manager, volume, asked.requestId, alive))
  const shown = volumeShown(cloud, asked, volume)
  return accepted({ volume: { ...shown, created_at: stampNow(volume.createdAt) } })
}

/** Scheduler, then driver. A volume that no backend takes is in error and says why; one whose image fails says nothing. */
async function made(
  cloud: Cloud,
  manager: VolumeManager,
  volume: VolumeRow,
  requestId: string,
  alive: () => void,
): Promise<void> {
  await cloud.sleep(cloud.spec.pace.changeMs)
  alive()
  const { store } = cloud
  const type = typeNamed(cloud, volume.typeId)
  const backend = backendFor(cloud, type)
  const updatedAt = cloud.now()
  if (cloud.service(backend).disabled || !manager.believedUp()) {
    const text = 'schedule allocate volume:Could not find any available weighted backend.'
    const id = cloud.newId()
    return store.put([
      { table: 'volumes', id: volume.id, row: { ...volume, status: 'error', updatedAt } },
      { table: 'messages', id, row: { id, resourceId: volume.id, text, requestId, createdAt: updatedAt } },
    ])
  }
  const host = poolHost(cloud.spec, backend)
  store.patch('volumes', volume.id, { host })
  const image = imageMade(cloud, backend, volume, isReplicated(type))
  store.patch('volumes', volume.id, {
    updatedAt: cloud.now(),
    ...(image === 'failed'
      ? { status: 'error', bootable: false }
      : {
          status: 'available',
          replicationStatus: isReplicated(type) ? 'enabled' : 'disabled',
          bootable: volume.imageMeta !== null,
        }),
  })
}

/** A mirrored clone needs a mirrored parent: without one cinder-volume itself dies of it, and the volume is a ghost. */
function imageMade(cloud: Cloud, backend: BackendSpec, volume: VolumeRow, replicated: boolean): 'made' | 'failed' {
  const site = cloud.activeSite(backend)
  if (!cloud.reaches(site)) return 'failed'
  const { memory } = cloud
  const parent = parentOf(cloud, backend, volume)
  const [pool = '', name = ''] = parent?.split('/') ?? []
  if (parent !== null && !hasImage(memory, site, pool, name)) return 'failed'
  if (replicated && parent !== null && librbd(memory, site, ['mirror', 'image', 'status', parent]).exit !== 0)
    return 'failed'
  makeImage(memory, {
    image: `${backend.pool}/${imageNameOf(volume.id)}`,
    site,
    mode: replicated ? 'journal' : 'none',
    sizeBytes: volume.sizeGb * GIB,
    parent,
  })
  return 'made'
}

function parentOf(cloud: Cloud, backend: BackendSpec, volume: VolumeRow): string | null {
  const glance = volume.imageMeta?.image_id
  if (glance !== undefined) return `${cloud.spec.imagePool}/${glance}`
  const snapshot = volume.snapshotId === null ? null : cloud.store.get('snapshots', volume.snapshotId)
  const source = snapshot?.volumeId ?? volume.sourceVolumeId
  return source === null ? null : `${backend.pool}/${imageNameOf(source)}`
}

const DELETABLE = ['available', 'error', 'error_restoring', 'error_extending', 'error_managing']

function remove(cloud: Cloud, manager: VolumeManager, asked: Asked, id: string): Said {
  const volume = volumeOf(cloud, asked, id)
  frozenRefuses(cloud, volume)
  deletable(cloud, volume)
  cloud.store.patch('volumes', id, { status: 'deleting', updatedAt: cloud.now() })
  void manager.run(async (alive) => {
    await cloud.sleep(cloud.spec.pace.changeMs)
    alive()
    const backend = cloud.backendOf(volume.host)
    if (backend !== null) {
      const site = cloud.activeSite(backend)
      if (!cloud.reaches(site)) return cloud.store.patch('volumes', id, { status: 'error_deleting' })
      removeImage(cloud.memory, site, backend.pool, imageNameOf(id))
    }
    cloud.store.remove('volumes', id)
  })
  return accepted()
}

export function deletable(cloud: Cloud, volume: VolumeRow): void {
  const held = cloud.store.list('snapshots').some(({ volumeId }) => volumeId === volume.id)
  if (held || !DELETABLE.includes(volume.status)) {
    throw badRequest(
      'Invalid volume: Volume status must be available or error or error_restoring or error_extending or error_managing and must not be migrating, attached, belong to a group, have snapshots, awaiting a transfer, or be disassociated from snapshots after volume transfer.',
    )
  }
}

export function frozenRefuses(cloud: Cloud, volume: VolumeRow): void {
  const backend = cloud.backendOf(volume.host)
  if (backend !== null && cloud.service(backend).frozen) {
    throw badRequest('Invalid input received: Modification operations are not allowed on frozen storage backends.')
  }
}

function snapshotted(cloud: Cloud, manager: VolumeManager, asked: Asked): Said {
  const body = inside(asked, 'snapshot')
  const volume = volumeOf(cloud, asked, textOr(body.volume_id, ''))
  frozenRefuses(cloud, volume)
  if (volume.status !== 'available' && body.force !== true && asked.minor < 66) {
    throw badRequest(
      `Invalid volume: Volume ${volume.id} status must be available, but current status is: ${volume.status}.`,
    )
  }
  const snapshot = {
    id: cloud.newId(),
    name: textOr(body.name, ''),
    volumeId: volume.id,
    projectId: volume.projectId,
    userId: cloud.userId(asked.token.user),
    status: 'creating',
    sizeGb: volume.sizeGb,
    createdAt: cloud.now(),
    updatedAt: null,
  }
  cloud.store.save('snapshots', snapshot)
  void manager.run(async (alive) => {
    await cloud.sleep(cloud.spec.pace.changeMs)
    alive()
    const backend = cloud.backendOf(volume.host)
    const spec = backend === null ? '' : `${backend.pool}/${imageNameOf(volume.id)}@snapshot-${snapshot.id}`
    const site = backend === null ? null : cloud.activeSite(backend)
    const done = site !== null && cloud.reaches(site) && librbd(cloud.memory, site, ['snap', 'create', spec]).exit === 0
    cloud.store.patch('snapshots', snapshot.id, { status: done ? 'available' : 'error', updatedAt: cloud.now() })
  })
  const { id, name, volumeId, status, sizeGb } = snapshot
  return accepted({
    snapshot: {
      id,
      created_at: stampNow(snapshot.createdAt),
      updated_at: null,
      name,
      description: null,
      volume_id: volumeId,
      status,
      size: sizeGb,
      metadata: {},
    },
  })
}

function setQuota(cloud: Cloud, asked: Asked, id: string): Said {
  if (!asked.token.roles.includes('admin'))
    throw new Refusal(403, "Policy doesn't allow volume_extension:quotas:update to be performed.")
  const { volumes, gigabytes } = inside(asked, 'quota_set')
  const row = { volumes: Number(volumes ?? 500), gigabytes: Number(gigabytes ?? 5_000) }
  cloud.store.save('quotas', { id, ...row })
  return { status: 200, body: { quota_set: row } }
}

export const cinderVolumes = (manager: VolumeManager): readonly Route[] => [
  ['POST', /^\/volumes$/, (cloud, asked) => create(cloud, manager, asked)],
  ['DELETE', /^\/volumes\/([^/]+)$/, (cloud, asked, [id = '']) => remove(cloud, manager, asked, id)],
  ['POST', /^\/snapshots$/, (cloud, asked) => snapshotted(cloud, manager, asked)],
  ['PUT', /^\/os-quota-sets\/([^/]+)$/, (cloud, asked, [id = '']) => setQuota(cloud, asked, id)],
]
