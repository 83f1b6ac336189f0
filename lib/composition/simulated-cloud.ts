import type { SiteName } from '@/lib/domain/words'
import { simulatorCloudChannel } from '@/lib/simulator/cloud/channel'
import { type CloudWays, cloudWays } from './cloud-ways'
import { simulatedLogin } from './simulated-login'

/** The cloud of a site of the simulator's world. */
export function simulatedCloud(site: SiteName, socket: string): CloudWays {
  const login = simulatedLogin(site, 'antipode')
  return cloudWays(simulatorCloudChannel(site, socket), () => login)
}
