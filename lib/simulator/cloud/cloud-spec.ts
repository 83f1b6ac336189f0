import type { SiteName } from '@/lib/domain/words'
import type { Conditions } from '../conditions'
import type { Seed } from './rows'

/** A cinder-volume with Ceph's RBD driver. `host@name` is its host, `host@name#name` its one pool. */
export interface BackendSpec {
  readonly name: string
  /** The RBD pool of its volumes, at every site by the same name. */
  readonly pool: string
  /** The site that its configuration names first. */
  readonly site: SiteName
  /** Its `replication_device`s: backend id and the site that it reaches. */
  readonly targets: Readonly<Record<string, SiteName>>
}

/** How fast the services of a cloud are. Milliseconds of the world's clock. */
export interface CloudPace {
  /** rados_connect_timeout, and rados_connection_interval, which doubles; three attempts. */
  readonly connectMs: number
  readonly retryMs: number
  /** One demotion or promotion by the driver. */
  readonly volumeMs: number
  /** report_interval and service_down_time. */
  readonly reportMs: number
  readonly downMs: number
  /** What Nova and Cinder take for one change behind its 202. */
  readonly changeMs: number
}

/** As on the lab: recipe and measurements of a cloud of release Zed. */
export const REAL_CLOUD: CloudPace = {
  connectMs: 5_000,
  retryMs: 5_000,
  volumeMs: 120,
  reportMs: 3_000,
  downMs: 20_000,
  changeMs: 400,
}

export const QUICK_CLOUD: CloudPace = {
  connectMs: 200,
  retryMs: 500,
  volumeMs: 10,
  reportMs: 200,
  downMs: 600,
  changeMs: 40,
}

export interface UserSpec {
  readonly name: string
  readonly project: string
  readonly role: 'admin' | 'member' | 'reader'
}

/** One OpenStack cloud: the services of one region. */
export interface CloudSpec {
  /** Where its services run. They go on when the Ceph cluster there is lost. */
  readonly site: SiteName
  readonly region: string
  readonly backends: readonly BackendSpec[]
  /** Glance's store. */
  readonly imagePool: string
  readonly computeHosts: readonly string[]
  readonly projects: readonly string[]
  readonly users: readonly UserSpec[]
  readonly pace: CloudPace
  /** What is there from the beginning besides projects, users, types and services. */
  seeds(conditions: Conditions): Iterable<Seed>
}

/** The name of its Cinder's host, before the `@`. */
export const cinderHost = (spec: CloudSpec): string => `cinder-${spec.site}`

export const backendHost = (spec: CloudSpec, backend: BackendSpec): string => `${cinderHost(spec)}@${backend.name}`

/** The host that a volume names: with the pool. */
export const poolHost = (spec: CloudSpec, backend: BackendSpec): string =>
  `${backendHost(spec, backend)}#${backend.name}`

const PORTS = {
  identity: 5000,
  compute: 8774,
  volume: 8776,
  placement: 8778,
  image: 9292,
  network: 9696,
  orchestration: 8004,
} as const
export type SimulatedService = keyof typeof PORTS

/** Scheme, host and port of one of its services. */
export const originOf = (site: SiteName, service: SimulatedService): string =>
  `http://${service}.${site}.example:${PORTS[service]}`

/** The service that a URL is of; null where none listens there. */
export function serviceAt(site: SiteName, url: URL): SimulatedService | null {
  const services = Object.keys(PORTS) as SimulatedService[]
  return services.find((service) => originOf(site, service) === url.origin) ?? null
}

/** With what one logs in at a simulated cloud. It opens nothing else. */
export const SIMULATED_PASSWORD = 'simulated'

export const authUrlOf = (site: SiteName): string => `${originOf(site, 'identity')}/v3`
