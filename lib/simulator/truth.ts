import type { SiteName } from '@/lib/domain/words'
import { type Held, standing } from './image-state'
import type { WorldMemory } from './world-memory'
import { heldAt } from './writes'

/** What one copy really holds. */
export interface CopyTruth {
  readonly role: 'primary' | 'orphan' | 'non-primary'
  readonly held: readonly Held[]
  /** Acknowledged writes that it holds, over all turns. */
  readonly writes: number
  /** Time of the newest of them, epoch milliseconds. */
  readonly lastWriteAt: number | null
  /** What it had from its parent is gone. */
  readonly hollow: boolean
}

export type Truth = Readonly<Record<SiteName, CopyTruth>>

/** The content of an image's copies right now. */
export function truthOf(memory: WorldMemory, poolName: string, name: string): Truth {
  const pool = memory.spec.pools.find((p) => p.name === poolName && memory.image(p, name) !== null)
  const image = pool === undefined ? null : memory.image(pool, name)
  if (image === null) throw new Error(`no image ${poolName}/${name} in this world`)
  const truth: Record<SiteName, CopyTruth> = {}
  for (const [site, copy] of Object.entries(image.copies)) {
    const held = heldAt(memory.conditions, site, copy, memory.now())
    const times = held.map((h) => h.lastAt).filter((at) => at !== null)
    truth[site] = {
      role: standing(copy),
      held,
      writes: held.reduce((sum, h) => sum + h.writes, 0),
      lastWriteAt: times.length === 0 ? null : Math.max(...times),
      hollow: copy.hollow === true,
    }
  }
  return truth
}

/** Acknowledged writes of the one copy that the other does not hold: what a promotion of the other would lose. */
export function lostWrites(from: CopyTruth, to: CopyTruth): number {
  return from.held.reduce((lost, h) => {
    const there = to.held.find((other) => other.turn === h.turn)?.writes ?? 0
    return lost + Math.max(0, h.writes - there)
  }, 0)
}
