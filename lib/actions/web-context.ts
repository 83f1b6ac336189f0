import { clock } from '@/lib/composition/clock'
import { type Ports, portsOf } from '@/lib/composition/ports'
import { siteOfTarget } from '@/lib/config/openstack-config'
import { dataDir, readRuntime } from '@/lib/config/runtime'
import type { Actor, Role } from '@/lib/domain/actor'
import { webStore } from '@/lib/read/web-store'
import type { CloudContext } from '@/lib/services/context'

const KEY = Symbol.for('antipode.web-ports')
const shared = globalThis as { [KEY]?: Ports }

/** What verbs are given in web: the store, and ports to look by. Next's bundles each have their own modules, so one lives here. */
export async function webContext(actor: Actor, role: Role): Promise<CloudContext> {
  const runtime = readRuntime(dataDir())
  shared[KEY] ??= portsOf(runtime, dataDir())
  const ports = shared[KEY]
  return {
    store: webStore(),
    clock,
    actor,
    role,
    mirror: ports.mirror,
    cluster: ports.cluster,
    objectives: {
      defaultSec: runtime.objectives.rpo,
      pools: Object.fromEntries(Object.entries(runtime.pools).map(([name, { rpo }]) => [name, rpo])),
    },
    sites: runtime.sites.map(({ name }) => name),
    cloud: ports.cloud,
    targetSite: (cloud, host, target) => siteOfTarget(runtime.sites, cloud, host, target),
    backendSites: (cloud, host) => ({
      configured: runtime.sites.find(({ name }) => name === cloud)?.openstack?.backends[host]?.targets ?? {},
      others: runtime.sites.map(({ name }) => name).filter((name) => name !== cloud),
    }),
  }
}
