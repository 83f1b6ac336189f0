import type { CloudLogin } from '@/lib/adapters/openstack/login'
import type { SiteName } from '@/lib/domain/words'
import { Secret } from '@/lib/ports/secret'
import { authUrlOf, SIMULATED_PASSWORD } from '@/lib/simulator/cloud/cloud-spec'

/** Logs in at a simulated cloud as one of its users, in the project of its administrators. */
export function simulatedLogin(site: SiteName, user: string): CloudLogin {
  const domain = { id: 'default' }
  return {
    cloud: site,
    authUrl: authUrlOf(site),
    credentials: {
      kind: 'password',
      user: { name: user, domain },
      password: new Secret(SIMULATED_PASSWORD),
      project: { name: 'admin', domain },
    },
    region: null,
    interface: 'public',
    tls: { caFile: null, verify: true },
  }
}
