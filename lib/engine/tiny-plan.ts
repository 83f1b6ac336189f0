import type { ImageMember, Outage, Plan, PlanOptions } from '@/lib/domain/plan'
import type { SingleVerb } from '@/lib/domain/single-verb'
import { type Chosen, families } from '@/lib/procedures/families'
import { compileForcedFailover } from '@/lib/procedures/forced-failover'
import { compilePlannedFailover } from '@/lib/procedures/planned-failover'
import { compileReprotect, keptName } from '@/lib/procedures/reprotect'
import { compileResync } from '@/lib/procedures/resync'
import { compileSingleVerb } from '@/lib/procedures/single-verbs'
import { twinSchedules } from '@/lib/procedures/twin-schedules'
import type { TinyWorld } from './tiny-world'

function membersOf(world: TinyWorld): readonly ImageMember[] {
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
  return families(chosen, new Map()).members
}

/** The planned failover of everything in a tiny world, from west to north. */
export function tinyPlan(world: TinyWorld, options: Partial<PlanOptions> = {}): Plan {
  return compilePlannedFailover({
    ...{ from: 'west', to: 'north', options: { allOrNothing: false, clients: 'wait', ...options } },
    images: membersOf(world),
    schedules: world.schedules.get('west') ?? [],
    wholePools: new Set(['volumes']),
  })
}

/** The failover by force of everything from west, which is lost, to north. */
export function tinyForced(world: TinyWorld, outage: Partial<Outage> = {}): Plan {
  return compileForcedFailover({
    ...{ from: 'west', to: 'north', options: { allOrNothing: false, clients: 'wait' } },
    images: membersOf(world),
    schedules: world.schedules.get('west') ?? [],
    wholePools: new Set(['volumes']),
    outage: { fence: { kind: 'not-proven', at: null, note: '' }, lastHeardAt: 0, monAddresses: ['west'], ...outage },
  })
}

/** One verb for some of a tiny world, whose primary is west, or was. */
export function tinyVerb(world: TinyWorld, verb: SingleVerb, names: readonly string[], to = 'north'): Plan {
  return compileSingleVerb(verb, {
    ...{ from: to === 'north' ? 'west' : 'north', to, options: { allOrNothing: false, clients: 'evict' } },
    images: membersOf(world).filter(({ key }) => names.includes(key)),
    schedules: world.schedules.get('west') ?? [],
    wholePools: new Set(),
  })
}

/** North was chosen; what west has of everything is kept and made anew. */
export function tinyReprotect(world: TinyWorld, options: Partial<PlanOptions> = {}): Plan {
  const images = membersOf(world).map((member) => ({
    ...member,
    loser: { imageId: member.image.name, keptAs: keptName(member.image.name, '0123456789') },
  }))
  const [here, twins] = [world.schedules.get('north') ?? [], world.schedules.get('west') ?? []]
  return compileReprotect({
    ...{ from: 'north', to: 'west', options: { allOrNothing: false, clients: 'wait', ...options }, images },
    schedules: twinSchedules(images, 'north', here, twins),
  })
}

/** What north has of everything is deleted and copied again from west. */
export function tinyResync(world: TinyWorld, options: Partial<PlanOptions> = {}): Plan {
  return compileResync({
    ...{ from: 'west', to: 'north', options: { allOrNothing: false, clients: 'wait', ...options } },
    images: membersOf(world).map((member) => ({ ...member, copyId: member.image.name })),
  })
}
