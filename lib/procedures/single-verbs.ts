import type { ImageMember, Plan, PlanMember } from '@/lib/domain/plan'
import type { SingleVerb } from '@/lib/domain/single-verb'
import type { Compilation } from './planned-failover'
import { scheduleMembers } from './schedule-members'
import { poolSchedule } from './set-up'

const STEPS: Readonly<Record<SingleVerb, Plan['steps']>> = {
  promote: [
    {
      name: 'prove',
      title: 'Prove that it holds everything',
      proof: 'it was demoted here and nothing is newer, or it holds the demotion of the other side',
    },
    {
      name: 'promote',
      title: 'Promote, parents first',
      proof: 'the target says primary and the other site says non-primary',
    },
    { name: 'verify', title: 'One primary for each image', proof: 'both sides read: exactly one primary a global id' },
    {
      name: 'add-schedule',
      title: 'Set the snapshot schedule at the new primary',
      proof: 'the schedule is listed there',
    },
    {
      name: 'remove-schedule',
      title: 'Remove the schedule left at the other site',
      proof: 'it is no longer listed there, or primaries there still live by it',
    },
    {
      name: 'first-snapshot',
      title: 'Take a first mirror snapshot at the new primary',
      proof: 'a snapshot made in this run is there',
    },
    {
      name: 'see-replication',
      title: 'See the other site follow',
      proof: 'it holds the first snapshot, or replays the new journal',
    },
  ],
  demote: [
    {
      name: 'preflight',
      title: 'Look at both sides',
      proof: 'each image is primary here, a whole and following copy there, and rbd-mirror lives',
    },
    {
      name: 'stop-clients',
      title: 'No client holds an image open',
      proof: 'no watcher but rbd-mirror at the primary, each named by a monitor session',
    },
    {
      name: 'final-snapshot',
      title: 'Take a last mirror snapshot',
      proof: 'a snapshot made in this run is complete at the copy',
    },
    { name: 'demote', title: 'Demote', proof: 'the old primary says non-primary' },
    {
      name: 'prove',
      title: 'Prove that the copy holds everything',
      proof: 'either side may be promoted now without loss',
    },
  ],
  snapshot: [
    {
      name: 'take-snapshot',
      title: 'Take a mirror snapshot at the primary',
      proof: 'a snapshot made in this run is there',
    },
    { name: 'see-arrival', title: 'See it arrive', proof: 'a snapshot made in this run is complete at the copy' },
  ],
  flatten: [
    { name: 'flatten', title: 'Flatten at the primary', proof: 'the image has no parent there' },
    { name: 'see-flat-copy', title: 'See the copy without a parent', proof: 'its copy has no parent either' },
  ],
  disable: [
    { name: 'remove-schedules', title: 'Remove the schedules of their own', proof: 'they are listed no more' },
    {
      name: 'disable-mirroring',
      title: 'End the mirroring, clones first',
      proof: 'the primary is there with its data, and mirrored no more',
    },
    {
      name: 'remove-journaling',
      title: 'Take the journals off',
      proof: 'the image has no journaling feature any more',
    },
    {
      name: 'see-copies-gone',
      title: 'See that rbd-mirror has deleted the copies',
      proof: 'nothing that is mirrored has their names at the other site',
    },
  ],
}

/** Intent and inventory into steps and members of one verb. Same input, same plan: an approval is for its hash. */
export function compileSingleVerb(verb: SingleVerb, input: Compilation): Plan {
  const { from, to, options } = input
  const inFamilies = verb !== 'snapshot' && verb !== 'flatten'
  const images = [...input.images]
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    // A snapshot and a flatten tear no family apart: one that fails stops nobody else.
    .map((member): ImageMember => (inFamilies ? member : { ...member, family: member.key, generation: 0 }))
  const pools = [...new Set(images.map(({ image }) => image.pool))].sort()
  const members: PlanMember[] = [
    { kind: 'sites', key: 'sites', family: 'sites', generation: 0, pools },
    ...images,
    ...(verb === 'promote' ? scheduleMembers(images, input) : []),
    ...(verb === 'disable' ? ownSchedules(images, input) : []),
  ]
  return { procedure: verb, version: 1, from, to, options, steps: STEPS[verb], members }
}

/** Schedules of these images alone: one of the pool goes on for the others. */
function ownSchedules(images: readonly ImageMember[], { from, schedules }: Compilation): readonly PlanMember[] {
  const chosen = new Set(images.map(({ image }) => `${image.pool}/${image.name}`))
  return schedules.flatMap(({ pool, image, interval, startTime }) =>
    pool !== null && image !== null && chosen.has(`${pool}/${image}`)
      ? [poolSchedule(pool, image, interval, from, startTime)]
      : [],
  )
}
