/** One health check of a cluster, muted ones too: a mute is for alarms, and this is asked before something is deleted. */
export interface DataCheck {
  readonly code: string
  /** HEALTH_WARN or HEALTH_ERR. */
  readonly severity: string
  readonly summary: string
  /** Each placement group that it is of, by its id; null where its detail does not name all of them. */
  readonly groups: readonly string[] | null
}

/** What a cluster says of the data that it keeps. */
export interface DataHealth {
  readonly checks: readonly DataCheck[]
  /** Placement groups by their state, as Ceph writes it: `active+clean`. */
  readonly groupStates: readonly { readonly state: string; readonly count: number }[]
  /** Ids of the pools that are tagged for applications other than RBD alone: no image lies there, nor a part of one. */
  readonly otherPools: readonly number[]
}

/** What of it takes no reading of data away, whatever its severity: other services, and modules of the mgr. */
const OF_OTHERS = /^(MDS_|FS_|MGR_MODULE_|CEPHADM_|AUTH_|RGW_|TELEMETRY_)/
/** A warning in severity, and yet data cannot be read, or nobody can tell. Source: docs, rados/operations/health-checks. */
const UNREADABLE = ['PG_AVAILABILITY', 'PG_DAMAGED', 'OBJECT_UNFOUND', 'MGR_DOWN']
/** Data are there, on fewer or worse disks than they should be. */
const THIN = /^(PG_DEGRADED|PG_BACKFILL_FULL|OSD_TOO_MANY_REPAIRS|OSD_(.+_)?DOWN|OSD_NEARFULL|OSD_BACKFILLFULL)$/

/**
 * Why the cluster may be unable to give all data of its images, by the check's name and words; null where it says that it
 * can. Not narrowed to an image's own pool: a clone reads from its parent's, and an image may have its data in another one.
 */
export function unreadable(health: DataHealth): string | null {
  const found = health.checks.find(
    (check) => (UNREADABLE.includes(check.code) || isError(check)) && !isElsewhere(check, health),
  )
  if (found !== undefined) {
    const of = found.code === 'MGR_DOWN' ? ': what it says of its placement groups is old' : ''
    return `${found.code}: ${found.summary}${of}`
  }
  // Ceph gives a placement group a minute before it warns of it (mon_pg_stuck_threshold); its state is there at once.
  const named = new Set(
    health.checks.flatMap((check) =>
      check.code === 'PG_AVAILABILITY' && isElsewhere(check, health) ? (check.groups ?? []) : [],
    ),
  )
  const dark = health.groupStates.filter(({ state }) => isDark(state))
  const count = dark.reduce((sum, one) => sum + one.count, 0)
  if (count <= named.size) return null
  return `${count} placement ${count === 1 ? 'group is' : 'groups are'} not active (${dark[0]?.state})`
}

/** Checks that say that data are on fewer or worse disks than they should be, and can be read. */
export const thinChecks = (health: DataHealth): readonly DataCheck[] =>
  health.checks.filter((check) => THIN.test(check.code) && !isElsewhere(check, health))

const isError = ({ code, severity }: DataCheck): boolean => severity === 'HEALTH_ERR' && !OF_OTHERS.test(code)

/** A group that is not active answers nobody; of a stale one nobody has heard. */
const isDark = (state: string): boolean => {
  const words = state.split('+')
  return !words.includes('active') || words.includes('stale')
}

/** Is all of it in pools where no image can have data? Only where each placement group is named. */
const isElsewhere = ({ groups }: DataCheck, { otherPools }: DataHealth): boolean =>
  groups !== null && groups.length > 0 && groups.every((id) => otherPools.includes(Number(id.split('.')[0])))
