import { known, type Reading } from '@/lib/domain/reading'
import type { Watcher } from '@/lib/domain/watcher'
import type { ImageSpec } from '@/lib/domain/words'
import type { Channel } from '@/lib/ports/channel'
import { AdapterError } from '@/lib/ports/errors'
import type { MirrorDaemon } from '@/lib/ports/mirror'
import { sessionEntities } from './ceph-output'
import { inBatches } from './in-batches'
import { toReading } from './to-domain'

const BATCH = 200
const DEADLINE_MS = 60_000

export interface WatcherRules {
  /** Entities that the peers' daemons log in as for a pool here: asked where `client.rbd-mirror` is not their name. */
  readonly mirrorEntities: (pool: string) => Promise<readonly string[]>
  /** Entities that ordinary clients use too: their name proves nothing, only the id of a living daemon does. */
  readonly ordinaryEntities: readonly string[]
}

/**
 * Who holds the images open, named. Addresses prove nothing (behind NAT, or on one host, they are all alike): the name
 * comes from the monitors' sessions, by the client's id. Throws AdapterError where nothing at all could be read.
 */
export async function watchersOf(
  channel: Channel,
  images: readonly ImageSpec[],
  rules: WatcherRules,
  daemonsOf: (pool: string) => Promise<readonly MirrorDaemon[]>,
  namesOf: ClientNames,
): Promise<readonly Reading<readonly Watcher[]>[]> {
  const items = await inBatches(images, BATCH, async (batch) => {
    const { observedAt, images: found } = await channel.call(
      'images.watchers',
      { images: [...batch] },
      { deadlineMs: DEADLINE_MS },
    )
    return found.map((item) => toReading(item, (clients) => known(clients, observedAt)))
  })
  const clients = items.flatMap((item) => (item.kind === 'known' ? item.value : []))
  if (clients.length === 0) return items.map((item) => (item.kind === 'known' ? { ...item, value: [] } : item))

  const entities = await namesOf(clients.map(({ clientId }) => clientId))
  const byName = (entity: string | null) => entity !== null && mirrorName(entity, rules)
  const unproven = clients.some(({ clientId }) => !byName(entities.get(clientId) ?? null))
  const pools = [...new Set(images.map((image) => image.pool))]
  const [daemons, peers] = unproven
    ? await Promise.all([daemonIds(pools, daemonsOf), peerNames(pools, rules)])
    : [new Set<string>(), new Map<string, ReadonlySet<string>>()]
  return items.map((item, index): Reading<readonly Watcher[]> => {
    if (item.kind === 'unknown') return item
    const named = item.value.map(({ clientId }) => entities.get(clientId) ?? null)
    const ofPeer = peers.get(images[index]?.pool ?? '')
    // One daemon opens an image. Where two clients bear the peer's name, others use it too, and it proves nothing.
    const byPeer = (entity: string) => ofPeer?.has(entity) && named.filter((one) => one === entity).length === 1
    const value = item.value.map(({ clientId, address }): Watcher => {
      const entity = entities.get(clientId) ?? null
      const isMirrorDaemon = entity !== null && (byName(entity) || byPeer(entity) || daemons.has(clientId))
      return { clientId, address, entity, isMirrorDaemon }
    })
    return known(value, item.observedAt)
  })
}

function mirrorName(entity: string, rules: WatcherRules): boolean {
  if (rules.ordinaryEntities.includes(entity)) return false
  return entity.startsWith('client.rbd-mirror')
}

/** What the peers' daemons are called, by pool. */
async function peerNames(
  pools: readonly string[],
  { mirrorEntities, ordinaryEntities }: WatcherRules,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  return new Map(
    await Promise.all(
      pools.map(async (pool) => {
        const names = (await mirrorEntities(pool)).filter((entity) => !ordinaryEntities.includes(entity))
        return [pool, new Set(names)] as const
      }),
    ),
  )
}

/** Names of clients by their ids; an id that nobody can name is not in it. */
export type ClientNames = (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>

/** A site that was destroyed and rebuilt gives ids out anew; nobody does that and fails over in this time. */
const REMEMBER_MS = 10_000

/**
 * Remembers names for a few seconds: a cluster gives an id out once, so a name that was read stays true, and the question
 * to the monitors costs more than all looks at a hundred images. A client that is not known yet is always asked for.
 */
export function clientNames(channel: Channel, now: () => number = Date.now): ClientNames {
  let known: ReadonlyMap<string, string> = new Map()
  let readAt = Number.NEGATIVE_INFINITY
  return async (ids) => {
    if (now() - readAt > REMEMBER_MS || ids.some((id) => !known.has(id))) {
      const askedAt = now()
      known = await sessions(channel)
      readAt = askedAt
    }
    return known
  }
}

/** The monitors' sessions; none where they cannot be asked, so that every watcher is unnamed and blocks. */
async function sessions(channel: Channel): Promise<ReadonlyMap<string, string>> {
  const none = new Map<string, string>()
  try {
    // One monitor of several may be dead: what the others said still names most, and who is not named blocks.
    const { stdout } = await channel.command(['ceph', 'tell', 'mon.*', 'sessions', '--format', 'json'])
    return sessionEntities(stdout) ?? none
  } catch (error) {
    if (error instanceof AdapterError) return none
    throw error
  }
}

/** Client ids of the living rbd-mirror daemons; none where they cannot be listed. */
async function daemonIds(
  pools: readonly string[],
  daemonsOf: (pool: string) => Promise<readonly MirrorDaemon[]>,
): Promise<ReadonlySet<string>> {
  const found = await Promise.allSettled(pools.map(daemonsOf))
  return new Set(
    found
      .flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
      .flatMap((one) => [one.serviceId, one.instanceId]),
  )
}
