import type { Actor, Role } from '@/lib/domain/actor'
import type { Objectives } from '@/lib/domain/objective'
import type { SiteName } from '@/lib/domain/words'
import type { Clock } from '@/lib/ports/clock'
import type { CloudPort } from '@/lib/ports/cloud'
import type { ClusterPort } from '@/lib/ports/cluster'
import type { ControllerGrant } from '@/lib/ports/controller'
import type { MirrorPort } from '@/lib/ports/mirror'
import type { Store } from '@/lib/store/database'

/** What every verb is given: who asks, and the means. Verbs look by the ports, they never change by them. */
export interface ServiceContext {
  readonly store: Store
  readonly clock: Clock
  readonly actor: Actor
  readonly role: Role
  mirror(site: SiteName): MirrorPort
  readonly sites: readonly SiteName[]
}

/** What verbs are given that look at whole clusters: before a pool is mirrored there is nothing else to ask. */
export interface ClusterContext extends ServiceContext {
  cluster(site: SiteName): ClusterPort
  readonly objectives: Objectives
}

/** What verbs are given that look at clouds. */
export interface CloudContext extends ClusterContext {
  /** Null where no cloud is configured for the site. */
  cloud(site: SiteName): CloudPort | null
  /** The site that a name of failover_host leads to, `default` too; null where the configuration does not say so. */
  targetSite(cloud: SiteName, host: string, target: string): SiteName | null
  /** What the configuration grants at the cloud's controller; null: nothing. */
  controllerGrant(cloud: SiteName): ControllerGrant | null
  /** What the configuration says of the sites that a backend of a cloud can serve from besides its first one. */
  backendSites(
    cloud: SiteName,
    host: string,
  ): { readonly configured: Readonly<Record<string, SiteName>>; readonly others: readonly SiteName[] }
}
