import type { BackendPool, VolumeService } from './cloud'
import type { SiteName } from './words'

/** `cinder@ceph#volumes` is of the backend `cinder@ceph`: volumes name the pool, `failover_host` takes none. */
export const backendOf = (host: string): string => host.split('#', 1)[0] ?? host

/** Cinder's word for the backend that its configuration names first; `failover_host` takes it for the way back. */
export const WAY_BACK = 'default'

/** A name that `failover_host` takes, and the site that it leads to. */
export interface BackendTarget {
  readonly name: string
  /** Null where nothing says which site it is. */
  readonly site: SiteName | null
  readonly by: 'configuration' | 'only other site' | 'nothing'
}

/** Where a backend keeps its volumes, and where it may go. */
export interface BackendPlace {
  readonly host: string
  /** Its first site: the one of its cloud. */
  readonly first: SiteName
  /** Where its volumes are written now; null where that is not known. */
  readonly active: SiteName | null
  /** The target that it was failed over to; null while it is at its first site. */
  readonly failedOverTo: string | null
  readonly targets: readonly BackendTarget[]
  /** A sentence. */
  readonly text: string
}

export interface PlaceInput {
  readonly service: VolumeService
  /** Of this backend, also as they were last seen: one that was failed over is in no list until it is thawed. */
  readonly pools: readonly BackendPool[]
  /** Site of the cloud that the backend belongs to. */
  readonly first: SiteName
  /** Sites by the names of targets, from `openstack.backends`; empty where nothing is configured. */
  readonly configured: Readonly<Record<string, SiteName>>
  /** Sites that mirror a pool of this backend with its first site. */
  readonly others: readonly SiteName[]
}

/** Which site a backend is at and which ones its targets are: the configuration first, else the only other site. */
export function placeOf({ service, pools, first, configured, others }: PlaceInput): BackendPlace {
  const failedOverTo = service.activeBackendId
  const names = new Set([
    ...pools.flatMap(({ targets }) => targets),
    ...Object.keys(configured),
    ...(failedOverTo === null ? [] : [failedOverTo]),
  ])
  names.delete(WAY_BACK)
  const [only] = others
  const targets = [...names].sort().map((name): BackendTarget => {
    const site = configured[name]
    if (site !== undefined) return { name, site, by: 'configuration' }
    // With two targets, or two sites, a guess would be right half of the time.
    if (names.size === 1 && others.length === 1 && only !== undefined)
      return { name, site: only, by: 'only other site' }
    return { name, site: null, by: 'nothing' }
  })
  const active = failedOverTo === null ? first : (targets.find(({ name }) => name === failedOverTo)?.site ?? null)
  return { host: service.host, first, active, failedOverTo, targets, text: placeText(first, failedOverTo, active) }
}

function placeText(first: SiteName, failedOverTo: string | null, active: SiteName | null): string {
  if (failedOverTo === null) return `At ${first}, its first site`
  if (active === null) {
    return `Failed over to ${failedOverTo}; which site that is is not known: name it under openstack.backends of ${first}`
  }
  return `Failed over to ${failedOverTo}, which is ${active}`
}

/** What an operator must know of the service itself, worst first; empty while all is as it should be. */
export interface ServiceNote {
  readonly kind: 'down' | 'replication' | 'frozen' | 'disabled' | 'backend-down'
  readonly severity: 'bad' | 'behind'
  readonly text: string
}

/**
 * What stands in the way of a backend. That it is up says nothing of its cluster: with a site dead cinder-volume stays
 * `up` and so does its backend (measured for 75 s).
 */
export function serviceNotes(service: VolumeService): ServiceNote[] {
  const { state, status, disabledReason, backendState, replicationStatus, frozen } = service
  const notes: ServiceNote[] = []
  if (state === 'down') {
    const text = 'cinder-volume does not report: failover_host is refused until it does (it must be up to fail over)'
    notes.push({ kind: 'down', severity: 'bad', text })
  }
  if (replicationStatus === 'failing-over') {
    notes.push({ kind: 'replication', severity: 'behind', text: 'A failover is under way at Cinder' })
  } else if (replicationStatus === 'failover-error' || replicationStatus === 'error') {
    const text = `Replication status ${replicationStatus}: Cinder takes no further failover_host from there (it must be enabled or failed-over)`
    notes.push({ kind: 'replication', severity: 'bad', text })
  }
  if (backendState === 'down') {
    notes.push({ kind: 'backend-down', severity: 'bad', text: 'cinder-volume does not reach its cluster' })
  }
  if (frozen) {
    const text = 'Frozen: nothing can be created, deleted or extended there until it is thawed'
    notes.push({ kind: 'frozen', severity: 'behind', text })
  }
  if (status === 'disabled') {
    const why = disabledReason === '' ? 'no reason is given' : disabledReason
    notes.push({ kind: 'disabled', severity: 'behind', text: `Disabled (${why}): new volumes are not placed there` })
  }
  return notes
}
