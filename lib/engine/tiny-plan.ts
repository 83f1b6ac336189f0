import type { Plan, PlanOptions } from '@/lib/domain/plan'
import { type Chosen, families } from '@/lib/procedures/families'
import { compilePlannedFailover } from '@/lib/procedures/planned-failover'
import type { TinyWorld } from './tiny-world'

/** The planned failover of everything in a tiny world, from west to north. */
export function tinyPlan(world: TinyWorld, options: Partial<PlanOptions> = {}): Plan {
  const chosen = [...world.images.values()].map(
    (one): Chosen => ({
      key: one.image.name,
      image: one.image,
      globalId: one.globalId,
      mode: one.mode,
      parent: one.parent,
      sizeBytes: 1,
    }),
  )
  return compilePlannedFailover({
    from: 'west',
    to: 'north',
    options: { allOrNothing: false, clients: 'wait', ...options },
    images: families(chosen, new Map()).members,
    schedules: world.schedules.get('west') ?? [],
    wholePools: new Set(['volumes']),
  })
}
