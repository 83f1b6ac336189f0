import type { SiteName } from '@/lib/domain/words'
import { demote } from './demote'
import { type Copy, type ImageState, ownTurn, peerOf, standing } from './image-state'
import { promote } from './promote'
import { bits } from './random'
import type { PoolSpec } from './spec'
import type { WorldMemory } from './world-memory'

/** The image that `pool/name` names, with the pool it is in. */
function named(memory: WorldMemory, spec: string): { readonly pool: PoolSpec; readonly image: ImageState } {
  const [poolName, name = ''] = spec.split('/')
  for (const pool of memory.spec.pools) {
    if (pool.name !== poolName) continue
    const image = memory.image(pool, name)
    if (image !== null) return { pool, image }
  }
  throw new Error(`no image ${spec}`)
}

function replaced(memory: WorldMemory, pool: PoolSpec, image: ImageState, site: SiteName, copy: Copy): void {
  memory.commit(pool, { ...image, copies: { ...image.copies, [site]: copy } })
}

/** The copy is promoted by force and demoted again while the primary goes on: what Ceph then calls split-brain. */
export function splitBrain(memory: WorldMemory, spec: string): void {
  const { pool, image } = named(memory, spec)
  const site = image.sites.find((name) => {
    const copy = image.copies[name]
    return copy !== undefined && copy.mode !== null && standing(copy) !== 'primary'
  })
  if (site === undefined || peerOf(image, site) === null) throw new Error(`${spec} has no copy to promote`)
  const forced = promote(memory.conditions, image, site, `t${memory.next()}`, 'force').changed
  const ended = forced === null ? null : demote(memory.conditions, forced, site).changed
  if (ended === null) throw new Error(`${spec} cannot be promoted by force`)
  memory.commit(pool, ended)
}

/** The copy stops to follow and its rbd-mirror says split-brain, though it holds nothing but what it replayed. */
export function estrange(memory: WorldMemory, spec: string): void {
  const { pool, image } = named(memory, spec)
  const [site, copy] =
    Object.entries(image.copies).find(([, one]) => one.mode !== null && standing(one) !== 'primary') ?? []
  if (site === undefined || copy === undefined) throw new Error(`${spec} has no copy`)
  replaced(memory, pool, image, site, { ...copy, estranged: true })
}

/** Everybody of the entity (null: of any) who has the image open at the site closes it. */
export function closeClients(memory: WorldMemory, spec: string, site: SiteName, entity: string | null): void {
  const { pool, image } = named(memory, spec)
  const copy = image.copies[site]
  if (copy === undefined) throw new Error(`${spec} is not at ${site}`)
  replaced(memory, pool, image, site, {
    ...copy,
    clients: entity === null ? [] : copy.clients.filter((client) => client.entity !== entity),
  })
}

/** Somebody opens the image at the site. */
export function openClient(memory: WorldMemory, spec: string, site: SiteName, entity: string): void {
  const { pool, image } = named(memory, spec)
  const copy = image.copies[site]
  if (copy === undefined) throw new Error(`${spec} is not at ${site}`)
  const number = memory.next()
  const client = {
    entity,
    globalId: 60_000 + number,
    address: `10.9.4.${11 + (number % 200)}:0/${bits(memory.conditions.seed, number, 61)}`,
    cookie: 94_100_000_000_000 + number,
  }
  const opened = named(memory, spec).image
  replaced(memory, pool, opened, site, { ...copy, clients: [...copy.clients, client] })
}

/** From now on the clients write so much, or have just written so many. Only a primary takes writes. */
export function writeRate(
  memory: WorldMemory,
  spec: string,
  site: SiteName,
  change: { readonly perSec: number } | { readonly burst: number },
): void {
  const { pool, image } = named(memory, spec)
  const copy = image.copies[site]
  if (copy === undefined) throw new Error(`${spec} is not at ${site}`)
  const turn = ownTurn(copy, site)
  if (turn === null || turn.until !== null || standing(copy) !== 'primary') {
    throw new Error(`${spec} is not primary at ${site}: (30) Read-only file system`)
  }
  const perSec = 'perSec' in change ? change.perSec : (copy.runs.at(-1)?.perSec ?? 0)
  const burst = 'burst' in change ? change.burst : 0
  const writesPerSec = 'perSec' in change ? change.perSec : image.writesPerSec
  const at = { ...image, writesPerSec }
  replaced(memory, pool, at, site, { ...copy, runs: [...copy.runs, { from: image.at, perSec, burst }] })
}
