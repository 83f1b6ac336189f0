import type { BackendPool, VolumeService } from './cloud'
import type { CloudFact } from './cloud-facts'
import type { Ghost, Spoiled } from './cloud-ghosts'
import type { BackendPlace, ServiceNote } from './cloud-place'
import type { SiteName } from './words'

/** So many of a list are kept; the count is of all. */
export const LISTED = 200

export interface Listed<T> {
  readonly count: number
  readonly list: readonly T[]
}

export const listed = <T>(all: readonly T[]): Listed<T> => ({ count: all.length, list: all.slice(0, LISTED) })

/** One backend of a cloud, and what a failover of it would meet. */
export interface BackendReport {
  readonly service: VolumeService
  readonly place: BackendPlace
  readonly notes: readonly ServiceNote[]
  readonly pools: readonly BackendPool[]
  /** remembered: the scheduler lists them no more. none: they were never seen. */
  readonly poolsAre: 'listed' | 'remembered' | 'none'
  /** All volumes of it, and those that failover_host takes along. */
  readonly volumes: number
  readonly taken: number
  readonly ghosts: Listed<Ghost>
  readonly spoiled: Listed<Spoiled> & { readonly snapshots: number }
  readonly facts: readonly CloudFact[]
}

/** What follows from all readings of a cloud and of the clusters. Carries no times: those are of the readings. */
export interface CloudReport {
  readonly site: SiteName
  readonly backends: readonly BackendReport[]
  /** Volume types whose objective is no duration. */
  readonly badTypes: readonly string[]
  readonly orphans: number
  /** Replicated volumes without a mirrored image, of all backends. */
  readonly withoutImage: number
}
