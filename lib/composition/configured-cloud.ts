import { readCloud } from '@/lib/adapters/openstack/clouds'
import { httpChannel } from '@/lib/adapters/openstack/http-channel'
import type { OpenstackConfig } from '@/lib/config/openstack-config'
import type { SiteName } from '@/lib/domain/words'
import { AdapterError } from '@/lib/ports/errors'
import { type CloudWays, cloudWays } from './cloud-ways'

/** The cloud that a site's configuration names. Its clouds.yaml is read when the cloud is first asked for something. */
export function configuredCloud(
  site: SiteName,
  { cloud, clouds, region, controllerExec }: OpenstackConfig,
  attempts: string,
): CloudWays {
  const login = () => {
    const found = readCloud({ cloud: cloud ?? null, clouds: clouds ?? null, region: region ?? null })
    if (found.kind === 'login') return found.login
    throw new AdapterError('unavailable', site, 'clouds.yaml', `${site}: ${found.mistakes.join('; ')}`)
  }
  return cloudWays(
    httpChannel(site, { tls: () => login().tls, controllerExec: controllerExec ?? null, attempts }),
    login,
  )
}
