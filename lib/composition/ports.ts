import { join } from 'node:path'
import { z } from 'zod'
import { ask } from '@/lib/adapters/ceph/ask'
import { clusterPort } from '@/lib/adapters/ceph/cluster-port'
import { localChannel } from '@/lib/adapters/ceph/local-channel'
import { mirrorPort } from '@/lib/adapters/ceph/mirror-port'
import type { Runtime } from '@/lib/config/runtime'
import type { SiteName } from '@/lib/domain/words'
import type { Channel } from '@/lib/ports/channel'
import type { ClusterPort } from '@/lib/ports/cluster'
import type { MirrorPort } from '@/lib/ports/mirror'
import { simulatorChannel } from '@/lib/simulator/channel'

/** The ways to the configured sites. Nothing is reached before it is asked for something. */
export interface Ports {
  mirror(site: SiteName): MirrorPort
  cluster(site: SiteName): ClusterPort
  /** All images of a pool, mirrored or not. */
  imageCount(site: SiteName): (pool: string) => Promise<number>
  close(): Promise<void>
}

const Names = z.array(z.string())

/** One channel a site: processes on this machine for real clusters, the simulator's socket in the demo. `dir` is the data folder. */
export function portsOf({ sites, demo, simulatorSocket }: Runtime, dir: string): Ports {
  const reached = new Map(
    sites.map(({ name, ceph }) => {
      const channel =
        demo && simulatorSocket !== null
          ? simulatorChannel(name, simulatorSocket)
          : localChannel({ name, ...ceph }, { attempts: join(/* turbopackIgnore: true */ dir, 'attempts') })
      return [name, { channel, mirror: mirrorPort(name, channel), cluster: clusterPort(name, channel) }] as const
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
    imageCount: (site) => countIn(at(site).channel),
    async close() {
      await Promise.all([...reached.values()].map(({ channel }) => channel.close()))
    },
  }
}

const countIn = (channel: Channel) => async (pool: string) =>
  (await ask(channel, Names, ['rbd', 'ls', '--pool', pool, '--format', 'json'])).length
