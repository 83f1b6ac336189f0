import type { PoolView } from './site'

/** One rbd-mirror process with all pools that it serves. */
export interface SiteDaemon {
  readonly instanceId: string
  readonly hostname: string
  readonly version: string
  readonly clientId: string
  /** Pools that it leads, and pools where it is one of the others. */
  readonly leads: readonly string[]
  readonly serves: readonly string[]
  readonly health: 'OK' | 'WARNING' | 'ERROR' | 'UNKNOWN'
  readonly callouts: readonly string[]
}

const WORSE = ['OK', 'UNKNOWN', 'WARNING', 'ERROR'] as const

/** Each pool names the daemons that serve it; most serve several. Null where no pool has been read. */
export function siteDaemons(pools: readonly PoolView[]): SiteDaemon[] | null {
  const read = pools.filter(({ daemons }) => daemons !== null)
  if (read.length === 0) return null
  const byInstance = new Map<string, SiteDaemon>()
  for (const { pool, daemons } of read) {
    for (const daemon of daemons ?? []) {
      const known = byInstance.get(daemon.instanceId)
      byInstance.set(daemon.instanceId, {
        instanceId: daemon.instanceId,
        hostname: daemon.hostname,
        version: daemon.version,
        clientId: daemon.clientId,
        leads: [...(known?.leads ?? []), ...(daemon.leader ? [pool] : [])],
        serves: [...(known?.serves ?? []), pool],
        health: worse(known?.health ?? 'OK', daemon.health),
        callouts: [...new Set([...(known?.callouts ?? []), ...daemon.callouts])],
      })
    }
  }
  return [...byInstance.values()].sort((a, b) => (a.hostname < b.hostname ? -1 : 1))
}

const worse = (a: SiteDaemon['health'], b: SiteDaemon['health']) => (WORSE.indexOf(b) > WORSE.indexOf(a) ? b : a)
