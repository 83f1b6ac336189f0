import type { Attention, IfLost, Stream, Summaries } from '@/lib/domain/summary'
import type { Verdict } from '@/lib/domain/verdict-words'
import { pairOf } from '@/lib/domain/words'
import type { ClusterFacts } from '@/lib/ports/cluster'
import type { MirrorDaemon, PoolMirroring, SnapshotSchedule } from '@/lib/ports/mirror'
import type { ImagesTable, PoolReadingsTable, RollupsTable, SitesTable } from '@/lib/store/inventory-tables'
import { RPO_SEC, random, type SeedPool, SITES } from './seed-world'

export const SILENT = 'eu-south'
export const SILENT_FOR_MS = 48_000

const FSIDS: Record<string, string> = {
  'eu-west': '5bf2d0c1-77e4-4f0e-9a15-2f6d4bd091c0',
  'eu-north': '77a0e1aa-0a1f-4a5b-8c3d-6a2f0f7704de',
  'eu-south': '11d1cf6b-8b0c-4c7c-a0b9-9c6e7e0b1a2c',
}

export function siteRows(pools: readonly SeedPool[], now: number): SitesTable[] {
  return SITES.filter((site) => pools.some((pool) => pool.from === site || pool.to === site)).map((name, n) => {
    const silent = name === SILENT
    return {
      name,
      state: silent ? 'silent' : 'ok',
      last_ok_at: silent ? now - SILENT_FOR_MS : now - 900 * (n + 1),
      silent_since: silent ? now - SILENT_FOR_MS : null,
      error: silent ? 'rbd mirror pool status: timed out after 5 s, 9 tries' : '',
      failures: silent ? 9 : 0,
      facts_json: JSON.stringify(facts(name, n)),
      facts_at: silent ? now - 62_000 : now - 14_000,
      clock_skew_ms: [12, -41, 3][n] ?? 0,
      clock_bound_ms: 4,
      round_ms: 380,
    }
  })
}

function facts(site: string, n: number): ClusterFacts {
  const total = (180 + 40 * n) * 2 ** 40
  const used = total * (0.52 + 0.13 * n)
  const warn = site === 'eu-north'
  return {
    fsid: FSIDS[site] ?? '',
    health: {
      status: warn ? 'HEALTH_WARN' : 'HEALTH_OK',
      checks: warn
        ? [
            { code: 'OSD_NEARFULL', severity: 'HEALTH_WARN', summary: '2 nearfull osd(s)' },
            { code: 'POOL_NEARFULL', severity: 'HEALTH_WARN', summary: "1 pool(s) nearfull: 'volumes'" },
          ]
        : [],
    },
    version: warn ? '18.2.4' : '18.2.7',
    totalBytes: total,
    usedBytes: used,
    availableBytes: total - used,
    pools: [
      { name: 'volumes', id: 3, usedBytes: used * 0.7, availableBytes: (total - used) / 3 },
      { name: 'images', id: 4, usedBytes: used * 0.05, availableBytes: (total - used) / 3 },
      { name: 'vms', id: 5, usedBytes: used * 0.2, availableBytes: (total - used) / 3 },
    ],
    monAddresses: [`10.${n + 1}.0.11:6789`, `10.${n + 1}.0.12:6789`, `10.${n + 1}.0.13:6789`],
    osdsUp: warn ? 71 : 72,
    osdsTotal: 72,
  }
}

export function poolReadings(
  pools: readonly SeedPool[],
  rows: readonly ImagesTable[],
  now: number,
): PoolReadingsTable[] {
  const places = new Map<string, { site: string; peer: string; pool: string }>()
  for (const pool of pools) {
    places.set(`${pool.from}/${pool.pool}`, { site: pool.from, peer: pool.to, pool: pool.pool })
    places.set(`${pool.to}/${pool.pool}`, { site: pool.to, peer: pool.from, pool: pool.pool })
  }
  return [...places.values()].map(({ site, peer, pool }) => {
    const pair = pairOf(site, peer)
    const readAt = site === SILENT ? now - SILENT_FOR_MS : now - 1000
    return {
      site,
      pool,
      pair,
      peer_site: peer,
      mode: 'image',
      observed_at: readAt,
      error: site === SILENT ? 'timed out after 5 s' : '',
      images: rows.filter((row) => row.pair === pair && row.pool === pool).length,
      mirroring_json: JSON.stringify(mirroring(site, peer, pool)),
      daemons_json: JSON.stringify(daemons(site)),
      schedules_json: JSON.stringify(schedules(pool)),
      slow_at: readAt - 9000,
      sampled_at: readAt - 1200,
      fast_sampled_at: readAt - 1200,
      unmirrored: pool === 'volumes' ? 3 : 0,
    }
  })
}

const mirroring = (site: string, peer: string, pool: string): PoolMirroring => ({
  pool,
  mode: 'image',
  siteName: site,
  peers: [
    {
      uuid: `c1d7${site.length}f7-2a50-4c5f-9d53-0b7a1d2f${peer.length}e00`,
      direction: 'rx-tx',
      siteName: peer,
      mirrorUuid: `9a3e-${peer}`,
      clientName: 'client.rbd-mirror-peer',
    },
  ],
})

function daemons(site: string): MirrorDaemon[] {
  const one = (n: number): MirrorDaemon => ({
    serviceId: `4${n}137`,
    instanceId: `4${n}173`,
    clientId: `rbd-mirror.${site}-${n}`,
    hostname: `${site}-mir-${n}`,
    version: '18.2.7',
    leader: n === 1,
    health: site === 'eu-north' && n === 2 ? 'WARNING' : 'OK',
    callouts: site === 'eu-north' && n === 2 ? ['unable to reach remote cluster eu-west: connection timed out'] : [],
  })
  return [one(1), one(2)]
}

const schedules = (pool: string): SnapshotSchedule[] =>
  pool === 'vms' ? [] : [{ pool, namespace: null, image: null, interval: '1m', startTime: null }]

export function summariesOf(
  ifLost: readonly IfLost[],
  streams: readonly Stream[],
  poolStreams: readonly Stream[],
  rows: readonly ImagesTable[],
  now: number,
): Summaries {
  const byVerdict: Partial<Record<Verdict, number>> = {}
  const verdictOf = (row: ImagesTable) => (row.primary_site === SILENT ? 'unknown' : (row.verdict as Verdict))
  for (const row of rows) byVerdict[verdictOf(row)] = (byVerdict[verdictOf(row)] ?? 0) + 1
  const behindObjective = streams.reduce((sum, stream) => sum + stream.behindObjective, 0)
  return {
    'if-lost': ifLost,
    streams,
    'pool-streams': poolStreams,
    attention: attention(behindObjective, now),
    counts: { images: rows.length, byVerdict, behindObjective },
  }
}

const attention = (behind: number, now: number): Attention[] => [
  {
    key: 'split-brain',
    severity: 'critical',
    title: '4 images in split-brain',
    detail: 'volumes · both sites were primary; replication has stopped',
    since: now - 1_380_000,
    action: { label: 'Compare', href: '/images?verdict=split-brain,two-primaries' },
  },
  {
    key: 'parent',
    severity: 'critical',
    title: '2 volumes depend on a parent that is not mirrored',
    detail: 'images/9f0c…ubuntu-24.04 · cloned volumes cannot be opened at eu-north',
    since: now - 86_400_000 * 2,
    action: { label: 'Show', href: '/images?parent=not-mirrored' },
  },
  {
    key: 'late',
    severity: 'warning',
    title: `${behind} images behind their objective of ${RPO_SEC} s`,
    detail: 'eu-west → eu-north · volumes: snapshots are taken, the copy does not keep up',
    since: now - 540_000,
    action: { label: `Show ${behind}`, href: '/images?behind=yes&sort=exposure' },
  },
  {
    key: 'daemon',
    severity: 'warning',
    title: '1 of 2 rbd-mirror daemons at eu-north is not well',
    detail: 'eu-north-mir-2: unable to reach remote cluster eu-west',
    since: now - 300_000,
    action: { label: 'Open eu-north', href: '/sites/eu-north' },
  },
  {
    key: 'silent',
    severity: 'unknown',
    title: 'eu-south does not answer',
    detail: 'timed out after 5 s, 9 tries · figures are from before',
    since: now - SILENT_FOR_MS,
    action: { label: 'Diagnose', href: '/sites/eu-south' },
  },
]

/** An hour and a day of minutes. */
export function rollups(pools: readonly SeedPool[], now: number): RollupsTable[] {
  const end = Math.floor(now / 60_000)
  return pools.flatMap((pool) => {
    const roll = random(pool.images)
    const scope = `pool:${pairOf(pool.from, pool.to)}/${pool.pool}/${pool.from}`
    return Array.from({ length: 1440 }, (_, n): RollupsTable => {
      const minute = end - 1440 + n
      const rising = pool.pool === 'volumes' && pool.from === 'eu-west' && n > 1415 ? (n - 1415) * 4 : 0
      const worst = Math.round(pool.lagSec * (0.7 + 0.5 * roll()) + rising)
      const silent = pool.from === SILENT && n > 1438
      return {
        scope,
        minute: minute * 60_000,
        worst_sec: silent ? null : worst,
        p95_sec: silent ? null : Math.round(worst * 0.8),
        median_sec: silent ? null : Math.round(worst * 0.5),
        images: pool.images,
        unknown: silent ? pool.images : 0,
      }
    })
  })
}
