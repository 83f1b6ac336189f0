import type { SiteName } from '@/lib/domain/words'
import { textBits, uuidAt } from '../random'
import type { WorldMemory } from '../world-memory'
import { type BackendSpec, backendHost, type CloudSpec, poolHost } from './cloud-spec'
import type { CloudStore } from './cloud-store'
import type { ServiceRow, VolumeRow } from './rows'

const hex = (seed: number, text: string): string => uuidAt(seed, textBits(text), 1).replaceAll('-', '')

/** The line of the world of a compute host: `down` while nobody takes orders there. */
export const computeLine = (site: SiteName, host: string): string => `nova-compute ${site} ${host}`

/** What the handlers of a cloud's services see of it and of the world. */
export class Cloud {
  constructor(
    readonly spec: CloudSpec,
    readonly memory: WorldMemory,
    readonly store: CloudStore,
  ) {}

  get site(): SiteName {
    return this.spec.site
  }

  get seed(): number {
    return this.memory.conditions.seed
  }

  now(): number {
    return this.memory.now()
  }

  /** Waits on the world's clock, unless commands answer at once. */
  sleep(ms: number): Promise<void> {
    return this.memory.clock.sleep(ms)
  }

  newId(): string {
    return uuidAt(this.seed, textBits(`${this.site} row`), this.memory.next())
  }

  requestId(): string {
    return `req-${uuidAt(this.seed, textBits(`${this.site} request`), this.memory.tick())}`
  }

  projectId(name: string): string {
    return hex(this.seed, `${this.site} project ${name}`)
  }

  userId(name: string): string {
    return hex(this.seed, `${this.site} user ${name}`)
  }

  projectNamed(id: string): string | null {
    return this.spec.projects.find((name) => this.projectId(name) === id) ?? null
  }

  service(backend: BackendSpec): ServiceRow {
    const id = backendHost(this.spec, backend)
    const row = this.store.get('services', id)
    if (row === null) throw new Error(`no service ${id}`)
    return row
  }

  /** The backend that a host names, with the pool or without. */
  backendOf(host: string | null): BackendSpec | null {
    const bare = host?.split('#')[0]
    return this.spec.backends.find((one) => backendHost(this.spec, one) === bare) ?? null
  }

  volumesOf(backend: BackendSpec): readonly VolumeRow[] {
    const host = poolHost(this.spec, backend)
    return this.store.list('volumes').filter((volume) => volume.host === host)
  }

  /** The site of the Ceph cluster that the backend works on now. */
  activeSite(backend: BackendSpec): SiteName {
    const { activeBackendId } = this.service(backend)
    return (activeBackendId === null ? undefined : backend.targets[activeBackendId]) ?? backend.site
  }

  /** Is the nova-compute of this host down? What is cast to it then waits for ever. */
  computeDown(host: string | null): boolean {
    return host !== null && this.memory.conditions.valueAt(computeLine(this.site, host), this.now()) !== 'up'
  }

  /** Would a program that connects to the Ceph cluster there get an answer? */
  reaches(site: SiteName): boolean {
    return !this.memory.conditions.stuck(site, 'rbd', this.now())
  }
}
