import { clock } from '@/lib/composition/clock'
import type { Ports } from '@/lib/composition/ports'
import { grantOf, siteOfTarget } from '@/lib/config/openstack-config'
import type { Runtime } from '@/lib/config/runtime'
import type { CloudContext } from '@/lib/services/context'

/** What verbs are given, of what is configured and of the ways to it. */
export function contextOf(
  runtime: Runtime,
  ports: Pick<Ports, 'mirror' | 'cluster' | 'cloud'>,
  who: Pick<CloudContext, 'store' | 'actor' | 'role'>,
): CloudContext {
  return {
    ...who,
    clock,
    mirror: ports.mirror,
    cluster: ports.cluster,
    objectives: {
      defaultSec: runtime.objectives.rpo,
      pools: Object.fromEntries(Object.entries(runtime.pools).map(([name, { rpo }]) => [name, rpo])),
    },
    sites: runtime.sites.map(({ name }) => name),
    cloud: ports.cloud,
    targetSite: (cloud, host, target) => siteOfTarget(runtime.sites, cloud, host, target),
    controllerGrant: (cloud) => grantOf(runtime.sites.find(({ name }) => name === cloud)?.openstack),
    backendSites: (cloud, host) => ({
      configured: runtime.sites.find(({ name }) => name === cloud)?.openstack?.backends[host]?.targets ?? {},
      others: runtime.sites.map(({ name }) => name).filter((name) => name !== cloud),
    }),
  }
}
