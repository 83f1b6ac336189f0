import type { MirrorMode, SiteName } from '@/lib/domain/words'
import { hexId } from './identity'
import type { Copy, ImageState } from './image-state'
import { MADE_LATER } from './images'
import { enable } from './mirroring'
import { fraction, uuidAt } from './random'
import type { WorldMemory } from './world-memory'

/** Somebody makes an image, and perhaps has it mirrored: the peer copies it from then on. */
export function makeImage(
  memory: WorldMemory,
  asked: {
    readonly image: string
    readonly site: SiteName
    readonly mode: MirrorMode | 'none'
    readonly sizeBytes: number
    readonly parent: string | null
  },
): void {
  const [poolName = '', name = ''] = asked.image.split('/')
  const pool = memory.conditions.pool(poolName, asked.site)
  if (pool === null) throw new Error(`no pool ${poolName} at ${asked.site}`)
  if (Object.keys(memory.image(pool, name)?.copies ?? {}).length > 0) throw new Error(`${asked.image} is there already`)
  const index = MADE_LATER + memory.next()
  const { seed } = memory.conditions
  const now = memory.now()
  const [parentPool = '', parentName = ''] = asked.parent?.split('/') ?? []
  const copy: Copy = {
    id: hexId(seed, index, asked.site, 0),
    sizeBytes: asked.sizeBytes,
    parent: asked.parent === null ? null : { pool: parentPool, name: parentName, snapshot: 'snap' },
    userSnapshot: null,
    createdAt: now,
    mode: null,
    globalId: '',
    journaling: false,
    history: [],
    held: [],
    runs: [],
    snaps: [],
    tag: { id: 0, owner: '' },
    position: null,
    copying: null,
    resyncAt: null,
    abandonedAt: null,
    changedAt: now,
    clients: [],
  }
  const made: ImageState = {
    pool: poolName,
    name,
    index,
    sites: pool.sites,
    at: now,
    copies: { [asked.site]: copy },
    published: {},
    trouble: null,
    absentSince: {},
    jitter: fraction(seed, index, 31),
    writesPerSec: 0,
  }
  memory.commit(pool, asked.mode === 'none' ? made : mirrored(memory, made, asked.site, asked.mode))
}

function mirrored(memory: WorldMemory, made: ImageState, site: SiteName, mode: MirrorMode): ImageState {
  const turnId = `t${memory.next()}`
  const globalId = uuidAt(memory.conditions.seed, 43, memory.next())
  const ask = { mode, parentMirrored: null, turnId, globalId }
  return enable(memory.conditions, made, site, ask).changed ?? made
}
