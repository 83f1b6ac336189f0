import type { SiteName } from '@/lib/domain/words'
import { parseArgv } from '../argv'
import { type OpenClient, ownTurn, standing } from '../image-state'
import { MADE_LATER } from '../images'
import type { Outcome } from '../outcome'
import { bits, fraction, textBits } from '../random'
import { findVerb } from '../verbs'
import type { WorldMemory } from '../world-memory'

/** Does to a cluster what an `rbd` of these words does there, by the same code. No command is told of: librbd is asked. */
export function librbd(memory: WorldMemory, site: SiteName, words: readonly string[]): Outcome {
  const args = parseArgv(['rbd', ...words])
  const found = findVerb(args)
  if (found === null) throw new Error(`no rbd ${words.join(' ')}`)
  return found.act(memory.desk(site, args, found.rest))
}

const imageAt = (memory: WorldMemory, site: SiteName, poolName: string, name: string) => {
  const pool = memory.conditions.pool(poolName, site)
  const image = pool === null ? null : memory.image(pool, name)
  const copy = image?.copies[site]
  return pool === null || image === null || copy === undefined ? null : { pool, image, copy }
}

/** Is there an image of this name at the site? */
export const hasImage = (memory: WorldMemory, site: SiteName, pool: string, name: string): boolean =>
  imageAt(memory, site, pool, name) !== null

/** Could it be written to there: mirrored and primary, or not mirrored at all? */
export function isWritable(memory: WorldMemory, site: SiteName, pool: string, name: string): boolean {
  const found = imageAt(memory, site, pool, name)
  return found !== null && (found.copy.mode === null || standing(found.copy) === 'primary')
}

/** The image's size; 0 where it is not there. */
export const sizeAt = (memory: WorldMemory, site: SiteName, pool: string, name: string): number =>
  imageAt(memory, site, pool, name)?.copy.sizeBytes ?? 0

/** Takes the image away from every site at once: rbd-mirror lets go of the copies of one that was deleted. */
export function removeImage(memory: WorldMemory, site: SiteName, pool: string, name: string): void {
  const found = imageAt(memory, site, pool, name)
  if (found !== null) memory.commit(found.pool, { ...found.image, copies: {} })
}

/** Renames the image where it is, and its copy with it, as librbd does with one that is mirrored. */
export function renameImage(memory: WorldMemory, site: SiteName, pool: string, from: string, to: string): void {
  const found = imageAt(memory, site, pool, from)
  if (found === null) throw new Error(`no image ${pool}/${from} at ${site}`)
  const index = MADE_LATER + memory.next()
  const named = { ...found.image, name: to, index, jitter: fraction(memory.conditions.seed, index, 31) }
  memory.commitTogether([
    { pool: found.pool, image: named },
    { pool: found.pool, image: { ...found.image, copies: {} } },
  ])
}

/** Marks the image by a snapshot that is protected and that clones hang on, as Glance makes one. */
export function snapForClones(memory: WorldMemory, site: SiteName, pool: string, name: string): void {
  const found = imageAt(memory, site, pool, name)
  if (found === null) return
  const copies = { ...found.image.copies, [site]: { ...found.copy, userSnapshot: 'snap' } }
  memory.commit(found.pool, { ...found.image, copies })
}

/** Has the image there the snapshot of this name? */
export const hasSnap = (memory: WorldMemory, site: SiteName, pool: string, name: string, snap: string): boolean =>
  imageAt(memory, site, pool, name)?.copy.userSnapshot === snap

/** As whom Nova's hypervisors open images. */
const NOVA = 'client.nova'

function guestOf(memory: WorldMemory, host: string): OpenClient {
  const number = memory.next()
  return {
    entity: NOVA,
    globalId: 70_000 + number,
    address: `10.9.8.${11 + (textBits(host) % 200)}:0/${bits(memory.conditions.seed, number, 62)}`,
    cookie: 94_200_000_000_000 + number,
  }
}

/** A guest on `host` opens the image and its workload begins, where the image can be written to and its site answers. */
export function guestOpens(memory: WorldMemory, site: SiteName, pool: string, name: string, host: string): void {
  const found = imageAt(memory, site, pool, name)
  if (found === null || !isWritable(memory, site, pool, name)) return
  if (memory.conditions.stuck(site, 'rbd', memory.now())) return
  if (found.copy.clients.some(({ entity }) => entity === NOVA)) return
  const client = guestOf(memory, host)
  working(memory, site, pool, name, [...found.copy.clients, client], found.image.writesPerSec)
}

/** The guest is gone: nobody of Nova's has the image open, and its workload rests. */
export function guestCloses(memory: WorldMemory, site: SiteName, pool: string, name: string): void {
  const found = imageAt(memory, site, pool, name)
  if (found === null) return
  const others = found.copy.clients.filter(({ entity }) => entity !== NOVA)
  working(memory, site, pool, name, others, 0)
}

function working(
  memory: WorldMemory,
  site: SiteName,
  poolName: string,
  name: string,
  clients: readonly OpenClient[],
  perSec: number,
): void {
  const found = imageAt(memory, site, poolName, name)
  if (found === null) return
  const { pool, image, copy } = found
  const turn = ownTurn(copy, site)
  const writes = turn !== null && turn.until === null && standing(copy) === 'primary'
  const runs = writes ? [...copy.runs, { from: image.at, perSec, burst: 0 }] : copy.runs
  memory.commit(pool, { ...image, copies: { ...image.copies, [site]: { ...copy, clients, runs } } })
}
