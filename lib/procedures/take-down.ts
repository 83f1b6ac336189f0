import type { ImageMember, Plan, PlanMember, ScheduleMember, StepName } from '@/lib/domain/plan'
import type { PoolMember, TakeDownPart } from '@/lib/domain/set-up'
import type { SiteName } from '@/lib/domain/words'
import { byKey, NO_OPTIONS } from './set-up'

const STEPS: Plan['steps'] = [
  {
    name: 'remove-schedules',
    title: 'Remove the snapshot schedules',
    proof: 'they are listed no more',
  },
  {
    name: 'disable-mirroring',
    title: 'End the mirroring of the images, clones first',
    proof: 'the primary is there with its data, and mirrored no more',
  },
  {
    name: 'remove-journaling',
    title: 'Take the journals off the images',
    proof: 'the image has no journaling feature any more',
  },
  {
    name: 'see-copies-gone',
    title: 'See that rbd-mirror has deleted the copies',
    proof: 'nothing that is mirrored has their names at the other site',
  },
  {
    name: 'remove-peers',
    title: 'Let the sites forget each other',
    proof: 'neither site lists the other as a peer of these pools',
  },
  {
    name: 'disable-pool',
    title: 'Disable mirroring of the pools, at both sites',
    proof: 'each site says that the pool is not mirrored',
  },
]

const STEPS_OF: Readonly<Record<TakeDownPart, readonly StepName[]>> = {
  schedules: ['remove-schedules'],
  images: ['remove-schedules', 'disable-mirroring', 'remove-journaling', 'see-copies-gone'],
  peers: ['remove-peers'],
  all: STEPS.map(({ name }) => name),
}

/** What somebody chose to take down. */
export interface TakeDownInput {
  readonly from: SiteName
  readonly to: SiteName
  readonly part: TakeDownPart
  readonly pools: readonly string[]
}

export interface TakeDown {
  /** Where the primaries are, which stay. */
  readonly from: SiteName
  /** Where the copies are deleted. */
  readonly to: SiteName
  readonly part: TakeDownPart
  readonly pools: readonly PoolMember[]
  readonly images: readonly ImageMember[]
  readonly schedules: readonly ScheduleMember[]
}

/** Each part of a set-up is undone, in the order in which Ceph lets go. Same input, same plan. */
export function compileTakeDown({ from, to, part, pools, images, schedules }: TakeDown): Plan {
  const members: PlanMember[] = [
    ...(part === 'schedules' || part === 'images' ? [] : byKey(pools)),
    ...(part === 'schedules' || part === 'peers' ? [] : byKey(images)),
    ...(part === 'peers' ? [] : byKey(schedules)),
  ]
  const needed = STEPS_OF[part].filter((name) => isNeeded(name, images, schedules))
  return {
    ...{ procedure: 'take-down', version: 1, from, to, options: NO_OPTIONS },
    ...{ steps: STEPS.filter(({ name }) => needed.includes(name)), members },
  }
}

function isNeeded(name: StepName, images: readonly ImageMember[], schedules: readonly ScheduleMember[]): boolean {
  if (name === 'remove-schedules') return schedules.length > 0
  if (name === 'remove-journaling') return images.some(({ mode }) => mode === 'journal')
  if (name === 'disable-mirroring' || name === 'see-copies-gone') return images.length > 0
  return true
}
