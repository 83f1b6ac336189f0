import { z } from 'zod'
import type { ClusterHealth, ClusterPool, PoolUsage } from '@/lib/ports/cluster'

const Check = z.object({
  severity: z.string(),
  summary: z.object({ message: z.string() }),
  muted: z.boolean().default(false),
})

const Health = z.object({ status: z.string(), checks: z.record(z.string(), Check).default({}) }).transform(
  (health): ClusterHealth => ({
    status: health.status,
    checks: Object.entries(health.checks)
      .filter(([, check]) => !check.muted)
      .map(([code, check]) => ({ code, severity: check.severity, summary: check.summary.message })),
  }),
)

/** `ceph status --format json`. */
export const Status = z.object({
  fsid: z.string(),
  health: Health,
  osdmap: z
    // Before Octopus the map was wrapped once more.
    .union([
      z.object({ num_osds: z.number(), num_up_osds: z.number() }),
      z.object({ osdmap: z.object({ num_osds: z.number(), num_up_osds: z.number() }) }).transform((map) => map.osdmap),
    ]),
})

const PoolStats = z
  .object({
    name: z.string(),
    id: z.number(),
    stats: z.object({ bytes_used: z.number(), max_avail: z.number() }),
  })
  .transform(
    (pool): PoolUsage => ({
      name: pool.name,
      id: pool.id,
      usedBytes: pool.stats.bytes_used,
      availableBytes: pool.stats.max_avail,
    }),
  )

/** `ceph df --format json`. */
export const DiskFree = z.object({
  stats: z.object({ total_bytes: z.number(), total_avail_bytes: z.number(), total_used_bytes: z.number() }),
  pools: z.array(PoolStats),
})

/** `ceph versions --format json`: the release that the monitors run; the oldest where they differ, during an upgrade. */
export const Versions = z.object({ mon: z.record(z.string(), z.number()) }).transform(({ mon }) => {
  const found = Object.keys(mon).map((line) => /ceph version (\S+)/.exec(line)?.[1] ?? line)
  return found.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))[0] ?? ''
})

const PoolDetail = z
  .object({
    pool_id: z.number(),
    pool_name: z.string(),
    application_metadata: z.record(z.string(), z.unknown()).default({}),
  })
  .transform(
    (pool): ClusterPool => ({
      name: pool.pool_name,
      id: pool.pool_id,
      applications: Object.keys(pool.application_metadata),
    }),
  )

/** `ceph osd pool ls detail --format json`. */
export const Pools = z.array(PoolDetail)

const Address = z.object({ addr: z.string() })

/** `ceph mon dump --format json`: one address a monitor, the newest protocol's where it has several; and all of them. */
export const MonDump = z
  .object({
    mons: z.array(z.object({ public_addrs: z.object({ addrvec: z.array(Address) }), public_addr: z.string() })),
  })
  .transform(({ mons }) => {
    const addresses = mons.map((mon) => {
      const all = mon.public_addrs.addrvec.map(({ addr }) => addr)
      return all.length > 0 ? all : [mon.public_addr.split('/')[0] ?? '']
    })
    return { monAddresses: addresses.map(([first = '']) => first), monEndpoints: addresses.flat() }
  })

const Osd = z.object({
  public_addrs: z.object({ addrvec: z.array(Address) }).default({ addrvec: [] }),
  public_addr: z.string().default(''),
})

/** `ceph osd dump --format json`: one address an OSD, the newest protocol's where it has several; none of one that never ran. */
export const OsdAddresses = z
  .object({ osds: z.array(Osd) })
  .transform(({ osds }) =>
    osds
      .map((osd) => (osd.public_addrs.addrvec[0]?.addr ?? osd.public_addr).split('/')[0] ?? '')
      .filter((address) => /^(?!0\.0\.0\.0:).+:[1-9]\d*$/.test(address)),
  )

const Session = z.object({ entity_name: z.string().default(''), global_id: z.number() })

/**
 * Client id -> entity, from `ceph tell mon.* sessions --format json`. With several monitors each answer is headed by the
 * monitor's name ("mon.a: [...]"); a client has a session with one of them. Null where no list is in it.
 */
export function sessionEntities(stdout: string): ReadonlyMap<string, string> | null {
  const lists = stdout
    .split('\n')
    .map((line) => line.replace(/^mon\.[^:\s]+: /, '').trim())
    .filter((line) => line.startsWith('['))
  if (lists.length === 0) return null
  const entities = new Map<string, string>()
  for (const list of lists) {
    let json: unknown
    try {
      json = JSON.parse(list)
    } catch {
      return null
    }
    const sessions = z.array(Session).safeParse(json)
    if (!sessions.success) return null
    for (const session of sessions.data) {
      if (session.entity_name !== '') entities.set(String(session.global_id), session.entity_name)
    }
  }
  return entities
}
