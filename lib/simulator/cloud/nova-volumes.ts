import { accepted, badRequest, notFound, ok, type Said } from './answers'
import { attached, attachmentsOf, guestRuns, guestStops, nextDevice } from './attachments'
import type { Cloud } from './cloud'
import { serverOf } from './nova-servers'
import { volumeAttachmentShown } from './nova-views'
import { type Asked, inside, type Route, textOr } from './requests'
import type { AttachmentRow } from './rows'

const ofVolume = (cloud: Cloud, serverId: string, volumeId: string): AttachmentRow => {
  const one = attachmentsOf(cloud, serverId).find((row) => row.volumeId === volumeId)
  if (one === undefined) throw notFound(`volume_id not found: ${volumeId}`)
  return one
}

/** Asks Cinder for a connection to the cluster that is active, and the guest opens the image there. */
function attach(cloud: Cloud, asked: Asked, serverId: string): Said {
  const server = serverOf(cloud, asked, serverId)
  const body = inside(asked, 'volumeAttachment')
  const volumeId = textOr(body.volumeId, '')
  const volume = cloud.store.get('volumes', volumeId)
  if (volume === null) throw notFound(`Volume ${volumeId} could not be found.`)
  if (volume.status !== 'available') {
    throw badRequest(
      `Invalid input received: Invalid volume: Volume ${volumeId} status must be available or downloading to reserve, but the current status is ${volume.status}. (HTTP 400) (Request-ID: ${asked.requestId})`,
    )
  }
  const device = textOr(body.device, null) ?? nextDevice(cloud, server)
  const id = cloud.newId()
  const tag = textOr(body.tag, null)
  const deleteOnTermination = body.delete_on_termination === true
  const empty = { hostName: null, attachedAt: null, connection: null }
  cloud.store.put([
    {
      table: 'attachments',
      id,
      row: { id, volumeId, serverId, status: 'reserved', device, ...empty, tag, deleteOnTermination },
    },
    { table: 'volumes', id: volumeId, row: { ...volume, status: 'reserved', updatedAt: cloud.now() } },
  ])
  void cloud.sleep(cloud.spec.pace.changeMs * 3).then(() => finishAttach(cloud, id))
  return ok({
    volumeAttachment: {
      id: volumeId,
      serverId,
      volumeId,
      device,
      ...(asked.minor >= 70 ? { tag } : {}),
      ...(asked.minor >= 79 ? { delete_on_termination: deleteOnTermination } : {}),
    },
  })
}

/** Carries a reserved attachment of a server that has a host to its end. */
export function finishAttach(cloud: Cloud, attachmentId: string): void {
  const one = cloud.store.get('attachments', attachmentId)
  const server = one === null ? null : cloud.store.get('servers', one.serverId)
  const volume = one === null ? null : cloud.store.get('volumes', one.volumeId)
  if (one === null || server === null || volume === null || one.status !== 'reserved') return
  if (server.vmState === 'shelved_offloaded') return
  const backend = cloud.backendOf(volume.host)
  if (backend === null || !cloud.reaches(cloud.activeSite(backend))) {
    cloud.store.put([
      { table: 'attachments', id: one.id, row: null },
      { table: 'volumes', id: volume.id, row: { ...volume, status: 'available' } },
    ])
    return
  }
  cloud.store.put(attached(cloud, server, volume, one.device, one.id))
  if (server.vmState === 'active') guestRuns(cloud, server)
}

function detach(cloud: Cloud, asked: Asked, serverId: string, volumeId: string): Said {
  const server = serverOf(cloud, asked, serverId)
  const one = ofVolume(cloud, serverId, volumeId)
  if (one.device === server.rootDevice && server.imageId === null)
    throw badRequest('Cannot detach a root device volume')
  cloud.store.patch('volumes', volumeId, { status: 'detaching', updatedAt: cloud.now() })
  void cloud.sleep(cloud.spec.pace.changeMs).then(() => finishDetach(cloud, one.id))
  return accepted()
}

/** The attachment is gone, its guest has let go, and the volume is free. */
export function finishDetach(cloud: Cloud, attachmentId: string): void {
  const one = cloud.store.get('attachments', attachmentId)
  const volume = one === null ? null : cloud.store.get('volumes', one.volumeId)
  if (one === null || volume?.status !== 'detaching') return
  if (cloud.computeDown(cloud.store.get('servers', one.serverId)?.host ?? null)) return
  guestStops(cloud, one.serverId, one.volumeId)
  cloud.store.put([
    { table: 'attachments', id: one.id, row: null },
    { table: 'volumes', id: volume.id, row: { ...volume, status: 'available', updatedAt: cloud.now() } },
  ])
}

export const NOVA_VOLUMES: readonly Route[] = [
  [
    'GET',
    /^\/servers\/([^/]+)\/os-volume_attachments$/,
    (cloud, asked, [id = '']) => {
      const all = attachmentsOf(cloud, serverOf(cloud, asked, id).id)
      return ok({ volumeAttachments: all.map((one) => volumeAttachmentShown(asked, one)) })
    },
  ],
  [
    'GET',
    /^\/servers\/([^/]+)\/os-volume_attachments\/([^/]+)$/,
    (cloud, asked, [id = '', volumeId = '']) =>
      ok({ volumeAttachment: volumeAttachmentShown(asked, ofVolume(cloud, serverOf(cloud, asked, id).id, volumeId)) }),
  ],
  ['POST', /^\/servers\/([^/]+)\/os-volume_attachments$/, (cloud, asked, [id = '']) => attach(cloud, asked, id)],
  [
    'DELETE',
    /^\/servers\/([^/]+)\/os-volume_attachments\/([^/]+)$/,
    (cloud, asked, [id = '', volumeId = '']) => detach(cloud, asked, id, volumeId),
  ],
]
