import type { BackendPool, Volume, VolumeService } from './cloud'
import { isTakenAlong } from './cloud-ghosts'
import { backendOf, WAY_BACK } from './cloud-place'

/** In one of these a volume is nobody's to act on; failover_host would all the same. */
const AT_REST: ReadonlySet<string> = new Set(['available', 'in-use', 'error', 'reserved'])

/** None, or one that has ended: as Cinder itself tells them apart (cinder, volume/manager.py). */
const NOT_MIGRATING: ReadonlySet<string> = new Set(['success', 'error', 'none'])

/** Is it on its way to another backend or type? Then it has two images, and which of them counts is not decided. */
const isMigrating = ({ migrationStatus }: Pick<Volume, 'migrationStatus'>): boolean =>
  migrationStatus !== null && !NOT_MIGRATING.has(migrationStatus)

export const isOnBackend = ({ host }: Pick<Volume, 'host'>, backend: string): boolean =>
  host !== null && backendOf(host) === backend

/** As a sentence names a volume: by its name, which may be nobody's own, and its id. */
export const volumeText = ({ id, name }: Pick<Volume, 'id' | 'name'>): string => (name === '' ? id : `${name} (${id})`)

/** What a healthy replicated volume says of its replication: one that was made while the backend is failed over says enabled. */
const healthyWords = (activeBackendId: string | null): readonly string[] =>
  activeBackendId === null ? ['enabled'] : ['failed-over', 'enabled']

export interface InTheWay {
  readonly volume: Volume
  readonly reason: string
  /** Time heals it. */
  readonly passes: boolean
}

/**
 * Volumes because of which failover_host must not be called: it takes all of a host, stops demoting at the first that it
 * cannot demote, and promotes the rest by force, primary as they are. `planned`: by id, those that were looked at image by
 * image (true) and those of which it is known that they are not replicated (false).
 */
export function inTheWay(
  volumes: readonly Volume[],
  service: Pick<VolumeService, 'host' | 'activeBackendId'>,
  planned: ReadonlyMap<string, boolean>,
  way: 'planned' | 'forced' = 'planned',
): readonly InTheWay[] {
  const words = healthyWords(service.activeBackendId)
  return volumes
    .filter((volume) => isOnBackend(volume, service.host))
    .flatMap((volume): readonly InTheWay[] => {
      const { id, status, replicationStatus } = volume
      const plan = planned.get(id)
      const said = replicationStatus ?? 'null'
      // By force all are promoted as they are: a ghost spoils no neighbour, and what was being worked on stays unfinished.
      if (way === 'forced' && (plan !== undefined || !isTakenAlong(volume))) return []
      if (isMigrating(volume))
        return [{ volume, reason: `its migration is ${volume.migrationStatus}: wait for its end`, passes: true }]
      if (!AT_REST.has(status)) return [{ volume, reason: `it is ${status}`, passes: true }]
      if (!isTakenAlong(volume)) {
        if (plan === false) return []
        const reason = plan === true ? `it is replicated no more (${said})` : 'it is not replicated and not in the plan'
        return [{ volume, reason, passes: false }]
      }
      if (!words.includes(said)) {
        const ghost = `its replication status is ${said}, not ${words.join(' or ')}: Cinder would fail to demote it and then promote others by force`
        return [{ volume, reason: ghost, passes: false }]
      }
      if (plan !== true) return [{ volume, reason: 'it is replicated and not in the plan', passes: false }]
      return []
    })
}

export type ServiceStand =
  /** It serves from where it did before, and can be told to fail over. */
  | { readonly kind: 'before' }
  | { readonly kind: 'under-way'; readonly text: string }
  /** It serves from the target. */
  | { readonly kind: 'after' }
  | { readonly kind: 'stuck'; readonly text: string }
  | { readonly kind: 'cannot'; readonly text: string }

/**
 * Where a service stands on its way to `target` (`default`: back to the first). Cinder's API lets failover_host be called
 * while it says enabled or failed-over and is up (cinder, volume/api.py); calling it for the active target is no no-op.
 */
export function standOf(service: VolumeService, target: string, activeBefore: string | null): ServiceStand {
  const { host, replicationStatus, activeBackendId, state } = service
  const wanted = target === WAY_BACK ? null : target
  if (replicationStatus === 'failing-over')
    return {
      kind: 'under-way',
      text:
        state === 'up'
          ? `${host} is failing over`
          : `cinder-volume of ${host} went down while it failed over: start it again, then look at its log`,
    }
  if (replicationStatus === 'failover-error' || replicationStatus === 'error')
    return {
      kind: 'stuck',
      text: `${host} says ${replicationStatus}: Cinder takes no further failover of it. Look at the log of cinder-volume; its row has to be set by hand`,
    }
  if (activeBackendId === wanted && wanted !== activeBefore) return { kind: 'after' }
  if (activeBackendId !== activeBefore)
    return {
      kind: 'stuck',
      text: `${host} serves from ${activeBackendId ?? 'its first site'}, which is neither where it was nor ${target}: somebody failed it over`,
    }
  if (replicationStatus !== 'enabled' && replicationStatus !== 'failed-over')
    return { kind: 'cannot', text: `the replication of ${host} is ${replicationStatus}, not enabled` }
  if (state !== 'up')
    return {
      kind: 'cannot',
      text: `cinder-volume of ${host} is down, and Cinder refuses to fail over what is down: start it`,
    }
  return { kind: 'before' }
}

/** Does the scheduler place new volumes on it? A failed-over backend is in no list until it is thawed. */
export const isScheduled = (pools: readonly BackendPool[], host: string): boolean =>
  pools.some((one) => one.host === host)
