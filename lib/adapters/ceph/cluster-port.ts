import type { SiteName } from '@/lib/domain/words'
import type { Channel } from '@/lib/ports/channel'
import type { ClusterPort } from '@/lib/ports/cluster'
import { ask } from './ask'
import { DiskFree, MonDump, OsdAddresses, Pools, Status, Versions } from './ceph-output'

const json = (...argv: readonly string[]) => ['ceph', ...argv, '--format', 'json']

const USERS_DEADLINE_MS = 20_000

/** One Ceph cluster over any channel. Throws AdapterError. */
export function clusterPort(site: SiteName, channel: Channel): ClusterPort {
  const pools = () => ask(channel, Pools, json('osd', 'pool', 'ls', 'detail'))
  return {
    site,
    async facts() {
      const [status, free, version, monitors] = await Promise.all([
        ask(channel, Status, json('status')),
        ask(channel, DiskFree, json('df')),
        ask(channel, Versions, json('versions')),
        ask(channel, MonDump, json('mon', 'dump')),
      ])
      return {
        fsid: status.fsid,
        health: status.health,
        version,
        totalBytes: free.stats.total_bytes,
        usedBytes: free.stats.total_used_bytes,
        availableBytes: free.stats.total_avail_bytes,
        pools: free.pools,
        ...monitors,
        osdsUp: status.osdmap.num_up_osds,
        osdsTotal: status.osdmap.num_osds,
      }
    },
    pools,
    rbdPools: async () => (await pools()).filter((pool) => pool.applications.includes('rbd')).map((pool) => pool.name),
    osdAddresses: () => ask(channel, OsdAddresses, json('osd', 'dump')),
    // By helper: `ceph auth ls` prints every key, and what it prints would have to cross the network to be dropped here.
    users: async () => (await channel.call('cluster.users', {}, { deadlineMs: USERS_DEADLINE_MS })).users,
    async clock() {
      // The first question may have to start the helper; that would count as the round trip.
      await channel.call('hello', {})
      const asked = performance.now()
      const { now } = await channel.call('hello', {})
      return { at: now, roundTripMs: Math.round(performance.now() - asked) }
    },
  }
}
