import type { SiteName } from '@/lib/domain/words'
import type { Cloud } from './cloud'
import type { BackendSpec } from './cloud-spec'
import { librbd } from './cluster-acts'
import { imageNameOf, type VolumeRow } from './rows'

/** rados_connection_retries: attempts, not repeats. */
const ATTEMPTS = 3
const BUSY = 16

/** What the driver says of each volume. */
export type Switched = 'promoted' | 'failed'

/** A process that was killed does nothing more. */
export class Killed extends Error {}

/** Throws `Killed` where the process that works here is gone. */
export type Alive = () => void

/**
 * Tries three times to connect, each past its time-out, with pauses that double: half a minute for a dead cluster.
 * Zed's driver, rados_connection_* on the lab.
 */
async function connected(cloud: Cloud, site: SiteName, alive: Alive): Promise<boolean> {
  const { connectMs, retryMs } = cloud.spec.pace
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (cloud.reaches(site)) return true
    await cloud.sleep(connectMs)
    alive()
    if (attempt < ATTEMPTS - 1) await cloud.sleep(retryMs * 2 ** attempt)
    alive()
  }
  return cloud.reaches(site)
}

/** One call of librbd on the image of a volume. Repeats what was answered with EBUSY, after 5 s and 10 s. */
async function onVolume(
  cloud: Cloud,
  site: SiteName,
  words: readonly string[],
  alive: Alive,
): Promise<'done' | 'failed'> {
  const { retryMs, volumeMs } = cloud.spec.pace
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (!(await connected(cloud, site, alive))) return 'failed'
    await cloud.sleep(volumeMs)
    alive()
    const { exit } = librbd(cloud.memory, site, words)
    if (exit === 0) return 'done'
    if (exit !== BUSY) return 'failed'
    if (attempt < ATTEMPTS - 1) await cloud.sleep(retryMs * 2 ** attempt)
    alive()
  }
  return 'failed'
}

/**
 * The RBD driver's failover: demotes one after the other on the cluster that is active, and stops demoting at the
 * first that fails; then promotes each on the target, by force where it was not demoted (cinder/volume/drivers/rbd.py
 * `_demote_volumes` with until_failure, `_failover_volume`).
 */
export async function failoverVolumes(
  cloud: Cloud,
  backend: BackendSpec,
  volumes: readonly VolumeRow[],
  to: SiteName,
  alive: Alive,
): Promise<ReadonlyMap<string, Switched>> {
  const from = cloud.activeSite(backend)
  const image = ({ id }: VolumeRow) => `${backend.pool}/${imageNameOf(id)}`
  const demoted = new Set<string>()
  for (const volume of volumes) {
    const said = await onVolume(cloud, from, ['mirror', 'image', 'demote', image(volume)], alive)
    if (said === 'failed') break
    demoted.add(volume.id)
  }
  const switched = new Map<string, Switched>()
  for (const volume of volumes) {
    const force = demoted.has(volume.id) ? [] : ['--force']
    const said = await onVolume(cloud, to, ['mirror', 'image', 'promote', ...force, image(volume)], alive)
    switched.set(volume.id, said === 'done' ? 'promoted' : 'failed')
  }
  return switched
}
