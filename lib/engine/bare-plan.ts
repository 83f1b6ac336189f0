import type { ImageMember, Plan } from '@/lib/domain/plan'
import type { TakeDownPart } from '@/lib/domain/set-up'
import type { MirrorMode } from '@/lib/domain/words'
import { type Chosen, families } from '@/lib/procedures/families'
import { compileSetUp, type Peering, poolMembers, poolSchedule } from '@/lib/procedures/set-up'
import { compileTakeDown } from '@/lib/procedures/take-down'
import type { BareWorld } from './bare-world'
import { JOURNAL_FEATURES } from './steps/enable-images'

interface Wanted {
  /** The mode of each image by its name; those that are not named stay as they are. */
  readonly modes: Readonly<Record<string, MirrorMode>>
  readonly poolMode?: 'image' | 'pool'
  readonly ways?: 'one-way' | 'two-way'
  readonly peering?: Peering
  readonly interval?: string
}

export const byHand: Peering = {
  kind: 'by-hand',
  client: 'client.rbd-mirror-peer',
  monHost: { west: '10.0.0.1', north: '10.0.0.2' },
}

function imagesOf(world: BareWorld, { modes, poolMode = 'image' }: Wanted): readonly ImageMember[] {
  const chosen = Object.entries(modes).flatMap(([name, mode]): readonly Chosen[] => {
    const one = world.images.get(`volumes/${name}`)
    const parent = one?.parent == null ? null : { pool: 'volumes', namespace: '', name: one.parent }
    return one === undefined ? [] : [{ key: name, image: one.spec, globalId: `g-${name}`, mode, parent, sizeBytes: 1 }]
  })
  return families(chosen, new Map()).members.map((member) => ({
    ...member,
    poolMode,
    addFeatures: member.mode === 'journal' ? JOURNAL_FEATURES : [],
  }))
}

const pools = ({ poolMode = 'image', ways = 'two-way', peering = { kind: 'token' } }: Wanted) =>
  poolMembers({ from: 'west', to: 'north' }, 'volumes', poolMode, ways, peering, {})

/** West's images get copies at north. */
export function barePlan(world: BareWorld, wanted: Wanted): Plan {
  const { ways = 'two-way', interval } = wanted
  const way = (seenFrom: string, site: string) => ({
    seenFrom,
    site,
    monitors: [`${site}:3300`],
    osds: [`${site}:6800`],
  })
  return compileSetUp({
    ...{ from: 'west', to: 'north', pools: pools(wanted), images: imagesOf(world, wanted) },
    schedules: interval === undefined ? [] : [poolSchedule('volumes', null, interval, 'west')],
    ways: [way('north', 'west'), ...(ways === 'two-way' ? [way('west', 'north')] : [])],
  })
}

/** What a bare plan set up is undone. */
export function bareTakeDown(world: BareWorld, wanted: Wanted, part: TakeDownPart): Plan {
  return compileTakeDown({
    ...{ from: 'west', to: 'north', part, images: imagesOf(world, wanted) },
    pools: pools(wanted).map((member) => ({
      ...member,
      peer: null,
      peerUuids: world.pool(member.site).peers.map(({ uuid }) => uuid),
    })),
    schedules: wanted.interval === undefined ? [] : [poolSchedule('volumes', null, wanted.interval, 'west')],
  })
}
