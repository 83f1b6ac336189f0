import { cloudPort } from '@/lib/adapters/openstack/cloud-port'
import type { SiteName } from '@/lib/domain/words'
import type { CloudPort } from '@/lib/ports/cloud'
import type { CloudChannel } from '@/lib/ports/cloud-channel'
import { simulatorCloudChannel } from '@/lib/simulator/cloud/channel'
import { simulatedLogin } from './simulated-login'

/** The cloud of a site of the simulator's world. */
export function simulatedCloud(
  site: SiteName,
  socket: string,
): { readonly port: CloudPort; readonly controller: CloudChannel['controller']; close(): Promise<void> } {
  const channel = simulatorCloudChannel(site, socket)
  const login = simulatedLogin(site, 'antipode')
  return { port: cloudPort(channel, () => login), controller: channel.controller, close: () => channel.close() }
}
