import type { SiteName } from '@/lib/domain/words'
import type { Cloud } from './cloud'
import type { BackendSpec } from './cloud-spec'
import { newestFirst } from './paging'
import { failoverVolumes, Killed, type Switched } from './rbd-driver'
import type { Change, ServiceRow, VolumeRow } from './rows'

/** What cinder-volume does not count among the replicated ones. A null is none of these: a ghost counts. */
const NOT_REPLICATED: readonly (string | null)[] = ['disabled', 'not-capable']

/** The name of the line of the world that says whether the site's cinder-volume runs. */
export const volumeProcess = (site: SiteName): string => `cinder-volume ${site}`

/** cinder-volume of a cloud. What it does ends with it: `epoch` counts how often it was killed in this process. */
export class VolumeManager {
  #epoch = 0

  constructor(readonly cloud: Cloud) {}

  /** up; killed; waiting: started while the cluster that is active does not answer, so that its driver has not begun. */
  #state(): { readonly value: string; readonly at: number } {
    const { cloud } = this
    const last = cloud.memory.conditions.line(volumeProcess(cloud.site)).at(-1)
    return last ?? { value: 'up', at: 0 }
  }

  get runs(): boolean {
    return this.#state().value === 'up'
  }

  /** Is it believed to be up? A killed one is for service_down_time after its last report. */
  believedUp(): boolean {
    const { value, at } = this.#state()
    if (value === 'up') return true
    return value === 'killed' && this.cloud.now() - at < this.cloud.spec.pace.downMs
  }

  /** When it reported last. */
  reportedAt(): number {
    const { value, at } = this.#state()
    const { reportMs } = this.cloud.spec.pace
    const until = value === 'up' ? this.cloud.now() : at
    return until - (until % reportMs)
  }

  #shift(value: 'up' | 'killed' | 'waiting'): void {
    const { memory, site } = this.cloud
    const { lines } = memory.conditions.state
    const name = volumeProcess(site)
    memory.change({ lines: { ...lines, [name]: [...(lines[name] ?? []), { at: memory.now(), value }] } })
  }

  kill(): void {
    this.#epoch++
    if (this.#state().value !== 'killed') this.#shift('killed')
  }

  /** Starts it; it begins once the cluster that its configuration and its row name answers. */
  start(): void {
    if (this.runs) return
    this.#shift('waiting')
    this.look()
  }

  /** One that waits for its cluster begins as soon as somebody looks after the cluster is back. */
  look(): void {
    if (this.#state().value !== 'waiting') return
    if (!this.cloud.spec.backends.every((one) => this.cloud.reaches(this.cloud.activeSite(one)))) return
    this.#shift('up')
    this.#begin()
  }

  /**
   * What init_host does with what it finds: a replication_status other than failed-over becomes `enabled` and nothing
   * else of the row changes (cinder/volume/manager.py, init_host_with_rpc); volumes that were being made are in error.
   */
  #begin(): void {
    const { store } = this.cloud
    const services = store
      .list('services')
      .filter(({ replicationStatus }) => replicationStatus !== 'failed-over')
      .map((row): Change => ({ table: 'services', id: row.id, row: { ...row, replicationStatus: 'enabled' } }))
    const stuck = store
      .list('volumes')
      .filter(({ status, host }) => status === 'creating' && host !== null)
      .map((row): Change => ({ table: 'volumes', id: row.id, row: { ...row, status: 'error' } }))
    store.put([...services, ...stuck])
  }

  /** The simulator was started again: what was under way died with it, and so did cinder-volume if it failed over. */
  afterRestart(): void {
    const failing = this.cloud.store
      .list('services')
      .some(({ replicationStatus }) => replicationStatus === 'failing-over')
    if (failing && this.runs) this.#shift('killed')
  }

  /** Does `work` in the name of the process: a kill ends it wherever it waits. */
  async run(work: (alive: () => void) => Promise<void>): Promise<void> {
    const epoch = this.#epoch
    const alive = () => {
      if (epoch !== this.#epoch) throw new Killed()
    }
    try {
      await work(alive)
    } catch (error) {
      if (!(error instanceof Killed)) throw error
    }
  }

  /** `failover_host` behind its 202 (cinder/volume/manager.py, failover). */
  failover(backend: BackendSpec, target: string): Promise<void> {
    return this.run(async (alive) => {
      const { cloud } = this
      const all = newestFirst(cloud.volumesOf(backend))
      const replicated = all.filter(({ replicationStatus }) => !NOT_REPLICATED.includes(replicationStatus))
      // Before the driver is asked, so also for a target that it does not know.
      if (target !== 'default') this.#spoil(all.filter((volume) => !replicated.includes(volume)))
      const to = target === 'default' ? backend.site : backend.targets[target]
      const { activeBackendId, frozen } = cloud.service(backend)
      if (to === undefined) {
        return this.#row(backend, { replicationStatus: activeBackendId ? 'failed-over' : 'enabled' })
      }
      const switched = await failoverVolumes(cloud, backend, replicated, to, alive)
      alive()
      const status = target === 'default' ? 'enabled' : 'failed-over'
      const service = { ...cloud.service(backend), ...rowAfter(target, frozen) }
      // The service first: who asks right then sees it serve, and volumes as they were.
      cloud.store.save('services', service)
      for (const volume of replicated) {
        await cloud.sleep(cloud.spec.pace.volumeMs * ROW_SHARE)
        alive()
        cloud.store.put(this.#after(volume, switched, status))
      }
    })
  }

  #row(backend: BackendSpec, patch: Partial<ServiceRow>): void {
    this.cloud.store.patch('services', this.cloud.service(backend).id, patch)
  }

  /** Volumes without replication, and their snapshots: in error, though nothing has touched them. */
  #spoil(volumes: readonly VolumeRow[]): void {
    const updatedAt = this.cloud.now()
    this.cloud.store.put(
      volumes.flatMap((volume): Change[] => [
        {
          table: 'volumes',
          id: volume.id,
          row: { ...volume, status: 'error', replicationStatus: 'not-capable', updatedAt },
        },
        ...this.#snapshotsInError(volume),
      ]),
    )
  }

  #snapshotsInError(volume: VolumeRow): Change[] {
    const updatedAt = this.cloud.now()
    return this.cloud.store
      .list('snapshots')
      .filter(({ volumeId }) => volumeId === volume.id)
      .map((row) => ({ table: 'snapshots', id: row.id, row: { ...row, status: 'error', updatedAt } }))
  }

  #after(before: VolumeRow, switched: ReadonlyMap<string, Switched>, replicationStatus: string): Change[] {
    const volume = this.cloud.store.get('volumes', before.id)
    if (volume === null) return []
    const updatedAt = this.cloud.now()
    if (switched.get(volume.id) === 'promoted')
      return [{ table: 'volumes', id: volume.id, row: { ...volume, replicationStatus, updatedAt } }]
    const failed = { ...volume, status: 'error', replicationStatus: 'failover-error', updatedAt }
    return [{ table: 'volumes', id: volume.id, row: failed }, ...this.#snapshotsInError(volume)]
  }
}

/** Of what a promotion takes, to write a volume's row. */
const ROW_SHARE = 0.1

const rowAfter = (target: string, frozen: boolean): Partial<ServiceRow> =>
  target === 'default'
    ? {
        replicationStatus: 'enabled',
        activeBackendId: '',
        disabled: frozen,
        disabledReason: frozen ? 'frozen' : '',
      }
    : { replicationStatus: 'failed-over', activeBackendId: target, disabled: true, disabledReason: 'failed-over' }
