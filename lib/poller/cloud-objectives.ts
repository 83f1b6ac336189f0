import { typeObjective } from '@/lib/domain/cloud-objective'
import { breath } from '@/lib/ports/slices'
import type { CloudState } from './cloud-state'
import { evaluate } from './evaluate'
import type { PairPool, World } from './world'

const SLICE = 2_000

/** The exposure that an image may have: the group of its volume says it first, then the volume's type, then its pool. Seconds. */
export function imageObjectiveSec(world: World, pool: PairPool, name: string): number {
  for (const cloud of world.clouds.values()) {
    const sec = cloud.objectives.get(`${pool.pool}/${name}`)
    if (sec !== undefined) return sec
  }
  return pool.objectiveSec
}

/** Objectives of single images by `pool/image`, as groups and the types of volumes say them now. */
export function objectivesOf(cloud: CloudState): ReadonlyMap<string, number> {
  const byType = new Map<string, number>()
  for (const type of cloud.types) {
    const found = typeObjective(type)
    if (found.kind === 'set') byType.set(type.name, found.sec)
  }
  const objectives = new Map<string, number>()
  if (byType.size + cloud.groupRpos.size === 0) return objectives
  for (const { id, type_name: type, rbd_pool: pool, rbd_image: image } of cloud.volumes.values()) {
    const sec = cloud.groupRpos.get(id) ?? (type === null ? undefined : byType.get(type))
    if (sec !== undefined && pool !== null) objectives.set(`${pool}/${image}`, sec)
  }
  return objectives
}

/** Takes what groups and types say now; images that have another objective than before are judged again. */
export async function renewObjectives(world: World, cloud: CloudState, nowMs: number): Promise<void> {
  const objectives = objectivesOf(cloud)
  if (isSame(cloud.objectives, objectives)) return
  cloud.objectives = objectives
  let count = 0
  for (const pool of world.pairPools.values()) {
    for (const image of pool.images.values()) {
      if (++count % SLICE === 0) await breath()
      if (image.row === null) continue
      const sec = imageObjectiveSec(world, pool, image.row.name)
      if (sec === image.objectiveSec) continue
      image.objectiveSec = sec
      evaluate(world, image, nowMs)
    }
  }
}

function isSame(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  if (a.size !== b.size) return false
  for (const [key, value] of b) if (a.get(key) !== value) return false
  return true
}
