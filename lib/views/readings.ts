import { gradeNow, heldUntilOf } from '@/lib/domain/held'
import { isFresh, type PoolRead, type VerdictNow, verdictNow } from '@/lib/domain/verdict-now'
import type { Grade, Verdict } from '@/lib/domain/verdict-words'
import { sitesOf } from '@/lib/domain/words'
import type { PoolPulse, ShellView, SitePulse } from './shell'

/** When each pool was read at each site. Rows hold no time of reading: what they say now is made with these. */
export interface Readings {
  readonly pulse: (site: string, pool: string) => PoolPulse | null
  readonly read: (site: string, pool: string) => PoolRead
}

export function readingsOf(shell: Pick<ShellView, 'pools' | 'sites'>): Readings {
  const pools = new Map(shell.pools.map((pulse) => [`${pulse.site}/${pulse.pool}`, pulse]))
  const sites = new Map(shell.sites.map((site) => [site.name, site]))
  const pulse = (site: string, pool: string) => pools.get(`${site}/${pool}`) ?? null
  return {
    pulse,
    read: (site, pool) => ({
      site,
      observedAt: pulse(site, pool)?.observedAt ?? null,
      roundMs: sites.get(site)?.roundMs ?? null,
      silentSince: silentSince(sites.get(site)),
    }),
  }
}

const silentSince = (site: SitePulse | undefined): number | null =>
  site?.state === 'silent' ? (site.silentSince ?? site.lastOkAt ?? 0) : null

interface StoredRow {
  readonly pair: string
  readonly pool: string
  readonly primarySite: string | null
  readonly verdict: Verdict
  readonly caughtUp: boolean
  readonly sampled: boolean
  readonly heldUntilAt: number | null
  readonly grade: Grade
}

/** What a row says now: unknown where one of its sides is not read any more, whatever was stored. */
export function rowNow(
  row: StoredRow,
  text: string,
  readings: Readings,
  now: number,
): VerdictNow & { readonly heldUntilAt: number | null; readonly grade: Grade } {
  const [left, right] = sitesOf(row.pair).map((site) => readings.read(site, row.pool)) as [PoolRead, PoolRead]
  const times = row.primarySite === null ? null : readings.pulse(row.primarySite, row.pool)
  const held = { caughtUp: row.caughtUp, sampled: row.sampled, untilAt: row.heldUntilAt, grade: row.grade }
  return {
    ...verdictNow({ verdict: row.verdict, text, primarySite: row.primarySite }, left, right, now),
    heldUntilAt: heldUntilOf(held, times),
    grade: gradeNow(row.grade, left, right, now),
  }
}

/** `PAIR/POOL` of every mirrored pool of which one side is too old to be relied on, sorted. */
export function stalePools(shell: Pick<ShellView, 'pools' | 'sites'>, now: number): string[] {
  const { read } = readingsOf(shell)
  const lanes = new Set(shell.pools.flatMap(({ pair, pool }) => (pair === null ? [] : [`${pair}/${pool}`])))
  return [...lanes]
    .filter((lane) => {
      const [pair = '', pool = ''] = lane.split('/')
      return sitesOf(pair).some((site) => !isFresh(read(site, pool), now))
    })
    .sort()
}
