import { textBits } from '../random'
import { attachmentsOf } from './attachments'
import type { Cloud } from './cloud'
import { originOf } from './cloud-spec'
import { type Asked, isAdmin } from './requests'
import type { AttachmentRow, ServerRow } from './rows'
import { stamp, zulu } from './times'

export const FLAVOR = { id: '1f6d50d5-ed0d-4a51-a30f-42949d2614ce', name: 'm1.small', vcpus: 1, ram: 2048, disk: 20 }

const STATUS: Readonly<Record<ServerRow['vmState'], string>> = {
  building: 'BUILD',
  active: 'ACTIVE',
  stopped: 'SHUTOFF',
  shelved_offloaded: 'SHELVED_OFFLOADED',
  error: 'ERROR',
}

export const computeOrigin = (cloud: Cloud): string => originOf(cloud.site, 'compute')

export const linksOf = (cloud: Cloud, path: string) => [
  { rel: 'self', href: `${computeOrigin(cloud)}/v2.1/${path}` },
  { rel: 'bookmark', href: `${computeOrigin(cloud)}/${path}` },
]

/** A server as `GET /servers/detail` shows it at the asked microversion. */
export function serverShown(cloud: Cloud, asked: Asked, server: ServerRow): object {
  const since = (minor: number, fields: object): object => (asked.minor >= minor ? fields : {})
  const { name, vcpus, ram, disk } = FLAVOR
  const flavor =
    asked.minor >= 47
      ? { vcpus, ram, disk, ephemeral: 0, swap: 0, original_name: name, extra_specs: {} }
      : { id: server.flavorId, links: linksOf(cloud, `flavors/${server.flavorId}`).slice(1) }
  const image = server.imageId === null ? '' : { id: server.imageId, links: linksOf(cloud, `images/${server.imageId}`) }
  const hostId = server.host === null ? '' : textBits(server.host).toString(16).padStart(56, '0')
  return {
    id: server.id,
    name: server.name,
    status: server.taskState === 'rebooting_hard' ? 'HARD_REBOOT' : STATUS[server.vmState],
    tenant_id: server.projectId,
    user_id: server.userId,
    metadata: server.metadata,
    hostId,
    image,
    flavor,
    created: zulu(server.createdAt),
    updated: zulu(server.updatedAt),
    addresses: server.address === null ? {} : { private: [addressShown(server.address)] },
    accessIPv4: '',
    accessIPv6: '',
    links: linksOf(cloud, `servers/${server.id}`),
    'OS-DCF:diskConfig': 'MANUAL',
    ...(server.vmState === 'active' ? { progress: 0 } : {}),
    'OS-EXT-AZ:availability_zone': server.host === null ? '' : 'nova',
    config_drive: '',
    key_name: null,
    'OS-SRV-USG:launched_at': server.vmState === 'building' ? null : stamp(server.createdAt),
    'OS-SRV-USG:terminated_at': null,
    ...(isAdmin(asked) ? hostFields(asked, server) : {}),
    'OS-EXT-STS:task_state': server.taskState,
    'OS-EXT-STS:vm_state': server.vmState,
    'OS-EXT-STS:power_state': server.vmState === 'active' ? 1 : server.vmState === 'building' ? 0 : 4,
    'os-extended-volumes:volumes_attached': attachmentsOf(cloud, server.id).map((one) => ({
      id: one.volumeId,
      ...since(3, { delete_on_termination: one.deleteOnTermination ?? false }),
    })),
    ...since(9, { locked: false }),
    ...since(16, isAdmin(asked) ? { host_status: server.host === null ? '' : 'UP' } : {}),
    ...since(19, { description: null }),
    ...since(26, { tags: [] }),
    ...since(63, { trusted_image_certificates: null }),
    ...since(73, { locked_reason: null }),
  }
}

const addressShown = (addr: string): object => ({
  version: 4,
  addr,
  'OS-EXT-IPS:type': 'fixed',
  'OS-EXT-IPS-MAC:mac_addr': 'fa:16:3e:00:00:01',
})

const hostFields = (asked: Asked, server: ServerRow): object => ({
  'OS-EXT-SRV-ATTR:host': server.host,
  'OS-EXT-SRV-ATTR:instance_name': `instance-${server.id.slice(0, 8)}`,
  'OS-EXT-SRV-ATTR:hypervisor_hostname': server.host,
  ...(asked.minor >= 3
    ? {
        'OS-EXT-SRV-ATTR:hostname': server.name,
        'OS-EXT-SRV-ATTR:root_device_name': server.rootDevice,
        'OS-EXT-SRV-ATTR:user_data': null,
      }
    : {}),
})

/** Of `os-volume_attachments`: at 2.89 the id that was the volume's gave way to the attachment's. */
export const volumeAttachmentShown = (asked: Asked, one: AttachmentRow): object => ({
  ...(asked.minor < 89 ? { id: one.volumeId } : {}),
  volumeId: one.volumeId,
  serverId: one.serverId,
  device: one.device,
  ...(asked.minor >= 70 ? { tag: one.tag ?? null } : {}),
  ...(asked.minor >= 79 ? { delete_on_termination: one.deleteOnTermination ?? false } : {}),
  ...(asked.minor >= 89 ? { attachment_id: one.id, bdm_uuid: one.id } : {}),
})
