import { cloudPort } from '@/lib/adapters/openstack/cloud-port'
import { cloudEstate } from '@/lib/adapters/openstack/estate'
import type { CloudLogin } from '@/lib/adapters/openstack/login'
import type { CloudPort } from '@/lib/ports/cloud'
import type { CloudChannel } from '@/lib/ports/cloud-channel'
import type { CloudEstate } from '@/lib/ports/cloud-estate'

/** All that leads to one cloud. */
export interface CloudWays {
  readonly port: CloudPort
  readonly estate: CloudEstate
  readonly controller: CloudChannel['controller']
  close(): Promise<void>
}

export const cloudWays = (channel: CloudChannel, login: () => CloudLogin): CloudWays => ({
  port: cloudPort(channel, login),
  estate: cloudEstate(channel, login),
  controller: channel.controller,
  close: () => channel.close(),
})
