import type { ImageMember, Plan, PlanMember, PlanOptions } from '@/lib/domain/plan'
import type { SiteName } from '@/lib/domain/words'
import type { SnapshotSchedule } from '@/lib/ports/mirror'
import { scheduleMembers } from './schedule-members'

const STEPS: Plan['steps'] = [
  {
    name: 'preflight',
    title: 'Look at both sides',
    proof: 'each image is primary here, a whole and following copy there, and rbd-mirror lives',
  },
  {
    name: 'stop-clients',
    title: 'No client holds an image open',
    proof: 'no watcher but rbd-mirror at the old primary, each named by a monitor session',
  },
  {
    name: 'final-snapshot',
    title: 'Take a last mirror snapshot',
    proof: 'a snapshot made in this run is complete at the copy',
  },
  { name: 'demote', title: 'Demote at the old primary', proof: 'the old primary says non-primary' },
  {
    name: 'prove',
    title: 'Prove that the copy holds everything',
    proof: 'the demotion snapshot is complete at the copy, or the journal is committed to its end',
  },
  {
    name: 'promote',
    title: 'Promote at the target, parents first',
    proof: 'the target says primary and the old primary says non-primary',
  },
  { name: 'verify', title: 'One primary for each image', proof: 'both sides read: exactly one primary a global id' },
  {
    name: 'add-schedule',
    title: 'Set the snapshot schedule at the new primary',
    proof: 'the schedule is listed there',
  },
  {
    name: 'remove-schedule',
    title: 'Remove the schedule left at the old primary',
    proof: 'it is no longer listed there, or primaries there still live by it',
  },
  {
    name: 'first-snapshot',
    title: 'Take a first mirror snapshot at the new primary',
    proof: 'a snapshot made in this run is there',
  },
  {
    name: 'see-replication',
    title: 'See replication run the other way',
    proof: 'the old primary holds the first snapshot, or replays the new journal',
  },
]

export interface Compilation {
  readonly from: SiteName
  readonly to: SiteName
  readonly options: PlanOptions
  readonly images: readonly ImageMember[]
  /** Schedules in force at the old primary. */
  readonly schedules: readonly SnapshotSchedule[]
  /** Pools in which every snapshot-mode primary of the old site is moved. */
  readonly wholePools: ReadonlySet<string>
}

/** Intent and inventory into steps and members. Same input, same plan: an approval is for its hash. */
export function compilePlannedFailover(input: Compilation): Plan {
  const images = [...input.images].sort((a, b) => (a.key < b.key ? -1 : 1))
  const pools = [...new Set(images.map(({ image }) => image.pool))].sort()
  const members: PlanMember[] = [
    { kind: 'sites', key: 'sites', family: 'sites', generation: 0, pools },
    ...images,
    ...scheduleMembers(images, input),
  ]
  const { from, to, options } = input
  return { procedure: 'planned-failover', version: 1, from, to, options, steps: STEPS, members }
}
