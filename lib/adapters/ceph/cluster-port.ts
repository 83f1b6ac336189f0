import type { SiteName } from '@/lib/domain/words'
import type { Channel } from '@/lib/ports/channel'
import type { ClusterPort } from '@/lib/ports/cluster'
import { ask } from './ask'
import { DiskFree, MonDump, RbdPools, Status, Versions } from './ceph-output'

const json = (...argv: readonly string[]) => ['ceph', ...argv, '--format', 'json']

/** One Ceph cluster over any channel. Throws AdapterError. */
export function clusterPort(site: SiteName, channel: Channel): ClusterPort {
  return {
    site,
    async facts() {
      const [status, free, version, monAddresses] = await Promise.all([
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
        monAddresses,
        osdsUp: status.osdmap.num_up_osds,
        osdsTotal: status.osdmap.num_osds,
      }
    },
    rbdPools: () => ask(channel, RbdPools, json('osd', 'pool', 'ls', 'detail')),
    async clock() {
      // The first question may have to start the helper; that would count as the round trip.
      await channel.call('hello', {})
      const asked = performance.now()
      const { now } = await channel.call('hello', {})
      return { at: now, roundTripMs: Math.round(performance.now() - asked) }
    },
  }
}
