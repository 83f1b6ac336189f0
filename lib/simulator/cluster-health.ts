import { darkGroups } from './conditions'
import type { Desk } from './desk'
import type { PoolSpec, SiteSpec } from './spec'

/** The pools that the simulator has of its own, before those of the world: ids are places in this list, from 1. */
export const POOL_OF_THE_MGR = '.mgr'

export const siteSpec = (desk: Desk): SiteSpec =>
  desk.conditions.spec.sites.find((s) => s.name === desk.site) as SiteSpec

export const poolsOf = (desk: Desk): readonly PoolSpec[] =>
  desk.conditions.spec.pools.filter((p) => (p.sites as readonly string[]).includes(desk.site))

export const GROUPS = 97
/** Of a pool whose placement groups are inactive, so many are. */
const DARK_EACH = 3

interface Check {
  readonly severity: string
  readonly summary: { readonly message: string; readonly count: number }
  readonly detail?: readonly { readonly message: string }[]
  readonly muted: boolean
}

const osdsDown = (desk: Desk): boolean => desk.conditions.valueAt(`osd ${desk.site}`, desk.now) !== 'up'

/** Placement groups that nobody serves, by the fault `pgs-inactive`. */
function darkOf(desk: Desk): readonly string[] {
  return poolsOf(desk).flatMap(({ name }, index) =>
    desk.conditions.valueAt(darkGroups(desk.site, name), desk.now) === 'up'
      ? []
      : Array.from({ length: DARK_EACH }, (_, group) => `${index + 2}.${group.toString(16)}`),
  )
}

/** `ceph health`, with the detail where it is asked for. */
export function healthOf(desk: Desk): { status: string; checks: Record<string, Check>; mutes: [] } {
  const checks: Record<string, Check> = {}
  const check = (code: string, message: string, count: number, lines: readonly string[]) => {
    const detail = desk.args.words.includes('detail') ? { detail: lines.map((line) => ({ message: line })) } : {}
    checks[code] = { severity: 'HEALTH_WARN', summary: { message, count }, ...detail, muted: false }
  }
  if (desk.conditions.valueAt(`mgr ${desk.site}`, desk.now) !== 'up') check('MGR_DOWN', 'no active mgr', 0, [])
  if (osdsDown(desk)) {
    const { osds } = siteSpec(desk)
    check(
      'OSD_DOWN',
      `${osds} osds down`,
      osds,
      Array.from({ length: osds }, (_, osd) => `osd.${osd} (root=default) is down`),
    )
    check('PG_AVAILABILITY', `Reduced data availability: ${GROUPS} pgs stale`, GROUPS, [])
  } else {
    const dark = darkOf(desk)
    const lines = dark.map((id) => `pg ${id} is stuck inactive for 5m, current state down, last acting [1,2]`)
    if (dark.length > 0)
      check('PG_AVAILABILITY', `Reduced data availability: ${dark.length} pgs inactive`, dark.length, lines)
  }
  return { status: Object.keys(checks).length === 0 ? 'HEALTH_OK' : 'HEALTH_WARN', checks, mutes: [] }
}

/** Placement groups by state. */
export function groupStates(desk: Desk): readonly { readonly state_name: string; readonly count: number }[] {
  if (osdsDown(desk)) return [{ state_name: 'stale+active+clean', count: GROUPS }]
  const dark = darkOf(desk).length
  return [
    { state_name: 'active+clean', count: GROUPS - dark },
    ...(dark > 0 ? [{ state_name: 'down', count: dark }] : []),
  ]
}
