import { GROUPS, groupStates, healthOf, POOL_OF_THE_MGR, poolsOf as pools, siteSpec } from './cluster-health'
import { type Desk, wantsJson } from './desk'
import { localDaemon } from './identity'
import { type Outcome, said } from './outcome'
import { fsidOf, osdHostsOf } from './peering'
import { isoStamp } from './stamps'
import { startsOf } from './status-json'

/** `ceph` puts an empty line before its JSON. */
const json = (value: unknown): Outcome => said(`\n${JSON.stringify(value)}\n`)

const RELEASES: Record<string, string> = {
  '16': 'pacific',
  '17': 'quincy',
  '18': 'reef',
  '19': 'squid',
  '20': 'tentacle',
}

export function health(desk: Desk): Outcome {
  const found = healthOf(desk)
  return wantsJson(desk) ? json(found) : said(`${found.status}\n`)
}

export function clusterFsid(desk: Desk): Outcome {
  const id = fsidOf(desk.conditions, desk.site)
  return wantsJson(desk) ? json({ fsid: id }) : said(`${id}\n`)
}

const longVersion = (version: string): string =>
  `ceph version ${version} (618f440892089921c3e944a991122ddc44e60516) ${RELEASES[version.split('.')[0] ?? ''] ?? 'reef'} (stable)`

export function versions(desk: Desk): Outcome {
  const { version, mons, osds } = siteSpec(desk)
  const name = longVersion(version)
  return json({
    mon: { [name]: mons.length },
    mgr: { [name]: 2 },
    osd: { [name]: osds },
    mds: {},
    'rbd-mirror': { [name]: 1 },
    overall: { [name]: mons.length + osds + 3 },
  })
}

function usage(desk: Desk): { used: number; total: number } {
  const { totalBytes } = siteSpec(desk)
  // Grows by some per mille a day, so that a forecast has something to say.
  const days = (desk.now - desk.conditions.state.createdAt) / 86_400_000
  return { used: Math.floor(totalBytes * Math.min(0.9, 0.41 + 0.002 * days)), total: totalBytes }
}

export function df(desk: Desk): Outcome {
  const { used, total } = usage(desk)
  const available = total - used
  const shares = pools(desk)
  const each = Math.floor(used / 3 / Math.max(1, shares.length))
  return json({
    stats: {
      total_bytes: total,
      total_avail_bytes: available,
      total_used_bytes: used,
      total_used_raw_bytes: used,
      total_used_raw_ratio: used / total,
      num_osds: siteSpec(desk).osds,
      num_per_pool_osds: siteSpec(desk).osds,
      num_per_pool_omap_osds: siteSpec(desk).osds,
    },
    stats_by_class: {},
    pools: [POOL_OF_THE_MGR, ...shares.map((p) => p.name)].map((name, index) => ({
      name,
      id: index + 1,
      stats: {
        stored: index === 0 ? 0 : each,
        objects: index === 0 ? 2 : Math.floor(each / 4_194_304),
        kb_used: index === 0 ? 0 : Math.floor((each * 3) / 1024),
        bytes_used: index === 0 ? 0 : each * 3,
        percent_used: index === 0 ? 0 : (each * 3) / total,
        max_avail: Math.floor(available / 3),
      },
    })),
  })
}

export function status(desk: Desk): Outcome {
  const { conditions, now, site } = desk
  const { mons, osds, version, hostname } = siteSpec(desk)
  const { used, total } = usage(desk)
  const daemonUp = conditions.valueAt(`daemon ${site}`, now) === 'up'
  const daemon = localDaemon(conditions.seed, site, startsOf(desk, site))
  const osdsUp = conditions.valueAt(`osd ${site}`, now) === 'up' ? osds : 0
  if (!wantsJson(desk)) {
    return said(
      `  cluster:\n    id:     ${fsidOf(conditions, site)}\n    health: ${healthOf(desk).status}\n \n  services:\n    mon:        ${mons.length} daemons, quorum a\n    osd:        ${osds} osds: ${osdsUp} up, ${osds} in\n    rbd-mirror: ${daemonUp ? 1 : 0} daemon active\n \n`,
    )
  }
  const services = daemonUp
    ? {
        'rbd-mirror': {
          daemons: {
            summary: '',
            [daemon.globalId]: {
              start_epoch: 2,
              start_stamp: isoStamp(conditions.state.zero),
              gid: daemon.globalId,
              addr: daemon.address,
              metadata: {
                ceph_version: longVersion(version),
                ceph_version_short: version,
                hostname,
                id: site,
                instance_id: `${daemon.globalId}`,
              },
              task_status: {},
            },
          },
        },
      }
    : {}
  return json({
    fsid: fsidOf(conditions, site),
    health: healthOf(desk),
    election_epoch: 12,
    quorum: mons.map((_, index) => index),
    quorum_names: mons.map((_, index) => String.fromCharCode(97 + index)),
    quorum_age: Math.floor((now - conditions.state.zero) / 1000),
    monmap: { epoch: 3, min_mon_release_name: RELEASES[version.split('.')[0] ?? ''] ?? 'reef', num_mons: mons.length },
    osdmap: {
      epoch: 1841,
      num_osds: osds,
      num_up_osds: osdsUp,
      osd_up_since: Math.floor(conditions.state.zero / 1000),
      num_in_osds: osds,
      osd_in_since: Math.floor(conditions.state.zero / 1000),
      num_remapped_pgs: 0,
    },
    pgmap: {
      pgs_by_state: groupStates(desk),
      num_pgs: GROUPS,
      num_pools: pools(desk).length + 1,
      num_objects: Math.floor(used / 12_582_912),
      data_bytes: Math.floor(used / 3),
      bytes_used: used,
      bytes_avail: total - used,
      bytes_total: total,
    },
    fsmap: { epoch: 1, by_rank: [], 'up:standby': 0 },
    mgrmap: {
      available: conditions.valueAt(`mgr ${site}`, now) === 'up',
      num_standbys: 1,
      modules: ['iostat', 'nfs', 'restful'],
      services: {},
    },
    servicemap: { epoch: 6, modified: isoStamp(conditions.state.zero), services },
    progress_events: {},
  })
}

export const osdPools = (desk: Desk): Outcome => json([POOL_OF_THE_MGR, ...pools(desk).map((p) => p.name)])

export const osdPoolsDetail = (desk: Desk): Outcome =>
  json(
    [
      { name: POOL_OF_THE_MGR, application: 'mgr' },
      ...pools(desk).map((p) => ({ name: p.name, application: 'rbd' })),
    ].map((pool, index) => ({
      pool_id: index + 1,
      pool_name: pool.name,
      create_time: isoStamp(desk.conditions.state.zero),
      flags_names: 'hashpspool,selfmanaged_snaps',
      type: 1,
      size: 3,
      min_size: 2,
      crush_rule: 0,
      pg_num: 32,
      quota_max_bytes: 0,
      quota_max_objects: 0,
      options: {},
      application_metadata: { [pool.application]: {} },
    })),
  )

export function osdDump(desk: Desk): Outcome {
  const up = desk.conditions.valueAt(`osd ${desk.site}`, desk.now) === 'up' ? 1 : 0
  return json({
    epoch: 1841,
    fsid: fsidOf(desk.conditions, desk.site),
    osds: osdHostsOf(siteSpec(desk)).map((host, osd) => {
      const at = (port: number) => `${host}:${port}`
      return {
        osd,
        up,
        in: 1,
        public_addrs: {
          addrvec: [
            { type: 'v2', addr: at(6800), nonce: 1 },
            { type: 'v1', addr: at(6801), nonce: 1 },
          ],
        },
        public_addr: `${at(6801)}/1`,
        state: up === 1 ? ['exists', 'up'] : ['exists'],
      }
    }),
  })
}

export function monDump(desk: Desk): Outcome {
  const { mons, version } = siteSpec(desk)
  return json({
    epoch: 3,
    fsid: fsidOf(desk.conditions, desk.site),
    min_mon_release_name: RELEASES[version.split('.')[0] ?? ''] ?? 'reef',
    mons: mons.map((host, rank) => ({
      rank,
      name: String.fromCharCode(97 + rank),
      public_addrs: {
        addrvec: [
          { type: 'v2', addr: `${host}:3300`, nonce: 0 },
          { type: 'v1', addr: `${host}:6789`, nonce: 0 },
        ],
      },
      addr: `${host}:6789/0`,
      public_addr: `${host}:6789/0`,
    })),
    quorum: mons.map((_, rank) => rank),
  })
}
