import type { SiteName } from '@/lib/domain/words'

export interface ClusterHealth {
  /** HEALTH_OK, HEALTH_WARN, HEALTH_ERR, as Ceph says. */
  readonly status: string
  readonly checks: readonly { readonly code: string; readonly severity: string; readonly summary: string }[]
}

export interface PoolUsage {
  readonly name: string
  readonly id: number
  readonly usedBytes: number
  readonly availableBytes: number
}

/** What one site says of itself in a slow round. */
export interface ClusterFacts {
  readonly fsid: string
  readonly health: ClusterHealth
  /** Release as the monitors run it, `16.2.15`. */
  readonly version: string
  readonly totalBytes: number
  readonly usedBytes: number
  readonly availableBytes: number
  readonly pools: readonly PoolUsage[]
  readonly monAddresses: readonly string[]
  /** All of them, of every protocol: clients are told by either. Absent in what was stored before it was read. */
  readonly monEndpoints?: readonly string[] | undefined
  readonly osdsUp: number
  readonly osdsTotal: number
}

/** A user of the cluster with its capabilities by daemon (`mon`, `osd`, `mgr`, …). Its key stays at the site. */
export interface ClusterUser {
  /** As Ceph names it, `client.rbd-mirror.site-a`. */
  readonly entity: string
  readonly caps: Readonly<Record<string, string>>
}

export interface ClusterPool {
  readonly name: string
  readonly id: number
  /** Application tags: `rbd`, `rgw`, `cephfs`, …; none where nobody set one. */
  readonly applications: readonly string[]
}

/** One Ceph cluster, looked at by command. Throws AdapterError. */
export interface ClusterPort {
  readonly site: SiteName
  facts(): Promise<ClusterFacts>
  /** Names of the pools with the rbd application. */
  rbdPools(): Promise<readonly string[]>
  /** Every pool, with what it is tagged for. */
  pools(): Promise<readonly ClusterPool[]>
  /** One public address of each OSD that has one, `host:port`: what an rbd-mirror at another site must reach. */
  osdAddresses(): Promise<readonly string[]>
  /** All users and their capabilities. The keys are dropped at the site, before anything is sent. */
  users(): Promise<readonly ClusterUser[]>
  /** The site's clock by its helper, epoch milliseconds, with the round trip it took. */
  clock(): Promise<{ readonly at: number; readonly roundTripMs: number }>
}
