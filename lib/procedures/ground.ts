import { type Reading, unknown } from '@/lib/domain/reading'
import type { SiteName } from '@/lib/domain/words'
import type { StepContext } from '@/lib/engine/step'
import { type PoolsNow, poolsNow } from '@/lib/engine/steps/pool-look'
import type { Clock } from '@/lib/ports/clock'
import type { ClusterFacts, ClusterPort, ClusterUser } from '@/lib/ports/cluster'
import { AdapterError } from '@/lib/ports/errors'

export interface GroundDeps {
  readonly clock: Clock
  mirror: StepContext['mirror']
  cluster(site: SiteName): ClusterPort
}

/** One site as a set-up finds it. */
export interface SiteGround {
  readonly site: SiteName
  readonly facts: ClusterFacts
  /** Pools for RBD images, by name. */
  readonly pools: readonly string[]
  /** What mirroring calls the cluster: one name for all its pools (ceph-facts 18); the site's own where it has none yet. */
  readonly siteName: string
  readonly osds: Reading<readonly string[]>
  readonly users: Reading<readonly ClusterUser[]>
  /** The site's clock less ours, milliseconds, give or take `boundMs`. */
  readonly clock: Reading<{ readonly skewMs: number; readonly boundMs: number }>
}

export interface Ground {
  readonly from: SiteGround
  readonly to: SiteGround
  readonly now: PoolsNow
}

/** Both sites, read now. Throws AdapterError where one does not answer at all; what else cannot be read is unknown. */
export async function readGround(from: SiteName, to: SiteName, deps: GroundDeps): Promise<Ground> {
  const listed = await Promise.all([from, to].map((site) => deps.cluster(site).rbdPools()))
  const asked = [from, to].flatMap((site, index) => (listed[index] ?? []).map((pool) => ({ site, pool })))
  const now = await poolsNow(asked, deps)
  const [one, other] = await Promise.all([
    siteGround(from, listed[0] ?? [], now, deps),
    siteGround(to, listed[1] ?? [], now, deps),
  ])
  return { from: one, to: other, now }
}

async function siteGround(
  site: SiteName,
  pools: readonly string[],
  now: PoolsNow,
  { cluster, clock }: GroundDeps,
): Promise<SiteGround> {
  const port = cluster(site)
  const [facts, osds, users, skew] = await Promise.all([
    port.facts(),
    orUnknown(() => port.osdAddresses(), clock),
    orUnknown(() => port.users(), clock),
    orUnknown(async () => {
      const { at, roundTripMs } = await port.clock()
      return { skewMs: at + roundTripMs / 2 - clock.now(), boundMs: roundTripMs / 2 }
    }, clock),
  ])
  return { site, facts, pools: [...pools].sort(), siteName: nameOf(site, pools, now), osds, users, clock: skew }
}

function nameOf(site: SiteName, pools: readonly string[], now: PoolsNow): string {
  for (const pool of pools) {
    const read = now(site, pool)
    if (read.kind === 'known' && read.value.mode !== 'disabled' && read.value.siteName !== '')
      return read.value.siteName
  }
  return site
}

async function orUnknown<T>(ask: () => Promise<T>, clock: Clock): Promise<Reading<T>> {
  try {
    return { kind: 'known', value: await ask(), observedAt: clock.now() }
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error
    return unknown(error.told)
  }
}
