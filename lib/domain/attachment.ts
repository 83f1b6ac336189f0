import type { Volume, VolumeAttachment } from './cloud'

/** `host:port` of an address as Ceph or Cinder writes it: `v1:10.0.0.1:6789/0`, `10.0.0.1:6789`. */
export const bareAddress = (address: string): string => address.replace(/^(v1|v2|any):/, '').replace(/\/\d+$/, '')

/**
 * Where the connection of a server to a volume leads. Nova keeps what it was given until the attachment is made anew, so
 * after a failover it still names the monitors of the old site. `none`: no connection is kept, as of a server that is shelved.
 */
export function leadsTo(
  volume: Volume,
  serverId: string,
  attachments: ReadonlyMap<string, VolumeAttachment>,
  monitors: readonly string[],
): 'there' | 'elsewhere' | 'none' | 'detached' {
  const own = volume.attachedTo.find((one) => one.serverId === serverId)
  if (own === undefined) return 'detached'
  const connection = attachments.get(own.attachmentId)?.connection
  if (connection == null || connection.monitors.length === 0) return 'none'
  const wanted = new Set(monitors.map(bareAddress))
  return connection.monitors.every((address) => wanted.has(bareAddress(address))) ? 'there' : 'elsewhere'
}
