import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConfigSchema } from '@/lib/config/config'
import type { Runtime } from '@/lib/config/runtime'
import { backendHost, type CloudSpec } from '@/lib/simulator/cloud/cloud-spec'
import { demoConfig } from '@/lib/simulator/demo-config'
import { type WorldName, worldNamed } from '@/lib/simulator/worlds'

/** The sites of the simulator's world, as antipode.yaml would name them. */
export function demoRuntime(data: string, world: WorldName): Runtime {
  const { name, objectives } = demoConfig
  const { sites, clouds = [] } = worldNamed(world, 1)
  const openstackOf = (site: string) => clouds.filter((cloud) => cloud.site === site).map(openstackConfig)[0]
  return {
    ...ConfigSchema.parse({
      name,
      sites: sites.map(({ name: site }) => {
        const openstack = openstackOf(site)
        const ceph = { conf: `/etc/ceph/${site}.conf` }
        return { name: site, ceph, ...(openstack === undefined ? {} : { openstack }) }
      }),
    }),
    objectives,
    demo: true,
    simulatorSocket: socketIn(data),
  }
}

/** As antipode.yaml would name the cloud, and the site behind each target of its backends. */
const openstackConfig = (cloud: CloudSpec): object => ({
  cloud: cloud.site,
  region: cloud.region,
  backends: Object.fromEntries(
    cloud.backends.map((backend) => [backendHost(cloud, backend), { targets: backend.targets }]),
  ),
})

/** A path of a unix socket has room for 107 letters. */
const SOCKET_LETTERS = 107

function socketIn(data: string): string {
  const near = join(data, 'simulator.sock')
  if (Buffer.byteLength(near) <= SOCKET_LETTERS) return near
  return join(tmpdir(), `antipode-${createHash('sha256').update(data).digest('hex').slice(0, 16)}.sock`)
}
