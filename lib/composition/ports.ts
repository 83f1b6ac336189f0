import { join } from 'node:path'
import { z } from 'zod'
import { ask } from '@/lib/adapters/ceph/ask'
import { clusterPort } from '@/lib/adapters/ceph/cluster-port'
import { localChannel } from '@/lib/adapters/ceph/local-channel'
import { mirrorPort } from '@/lib/adapters/ceph/mirror-port'
import { networkProbe } from '@/lib/adapters/network/probe'
import type { Runtime } from '@/lib/config/runtime'
import type { SiteName } from '@/lib/domain/words'
import type { Channel } from '@/lib/ports/channel'
import type { CloudPort } from '@/lib/ports/cloud'
import type { CloudChannel } from '@/lib/ports/cloud-channel'
import type { CloudEstate } from '@/lib/ports/cloud-estate'
import type { ClusterPort } from '@/lib/ports/cluster'
import type { MirrorPort } from '@/lib/ports/mirror'
import type { ProbePort } from '@/lib/ports/probe'
import { simulatorChannel } from '@/lib/simulator/channel'
import { configuredCloud } from './configured-cloud'
import { peerEntities } from './peer-entities'
import { simulatedCloud } from './simulated-cloud'
import { simulatedProbe } from './simulated-probe'

/** The ways to the configured sites. Nothing is reached before it is asked for something. */
export interface Ports {
  mirror(site: SiteName): MirrorPort
  cluster(site: SiteName): ClusterPort
  /** Null where the site has no `openstack`. */
  cloud(site: SiteName): CloudPort | null
  /** What stands around its volumes and servers; null where the site has no `openstack`. */
  estate(site: SiteName): CloudEstate | null
  /** The shell for OpenStack's own tools; null where the configuration grants none. */
  controller(site: SiteName): CloudChannel['controller']
  /** Looks at what runs inside servers. */
  readonly probe: ProbePort
  /** All images of a pool, mirrored or not. */
  imageCount(site: SiteName): (pool: string) => Promise<number>
  close(): Promise<void>
}

const Names = z.array(z.string())

/** One channel a site: processes on this machine for real clusters, the simulator's socket in the demo. `dir` is the data folder. */
export function portsOf({ sites, demo, simulatorSocket }: Runtime, dir: string): Ports {
  const reached = new Map(
    sites.map(({ name, ceph, openstack }) => {
      const attempts = join(/* turbopackIgnore: true */ dir, 'attempts')
      const simulated = demo ? simulatorSocket : null
      const channel =
        simulated !== null ? simulatorChannel(name, simulated) : localChannel({ name, ...ceph }, { attempts })
      const cloud =
        openstack === undefined
          ? null
          : simulated !== null
            ? simulatedCloud(name, simulated)
            : configuredCloud(name, openstack, attempts)
      const mirrorEntities = peerEntities(
        () => at(name).mirror,
        () => sites.filter((other) => other.name !== name).map((other) => at(other.name).mirror),
      )
      const mirror = mirrorPort(name, channel, { mirrorEntities })
      return [name, { channel, mirror, cluster: clusterPort(name, channel), cloud }] as const
    }),
  )
  const at = (site: SiteName) => {
    const found = reached.get(site)
    if (found === undefined) throw new Error(`no site is named ${site}`)
    return found
  }
  return {
    mirror: (site) => at(site).mirror,
    cluster: (site) => at(site).cluster,
    cloud: (site) => at(site).cloud?.port ?? null,
    estate: (site) => at(site).cloud?.estate ?? null,
    controller: (site) => at(site).cloud?.controller ?? null,
    probe: demo ? simulatedProbe([...reached.values()].flatMap(({ cloud }) => cloud?.port ?? [])) : networkProbe(),
    imageCount: (site) => countIn(at(site).channel),
    async close() {
      await Promise.all(
        [...reached.values()].map(({ channel, cloud }) => Promise.all([channel.close(), cloud?.close()])),
      )
    },
  }
}

const countIn = (channel: Channel) => async (pool: string) =>
  (await ask(channel, Names, ['rbd', 'ls', '--pool', pool, '--format', 'json'])).length
