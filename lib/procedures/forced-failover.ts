import type { Outage, Plan, PlanMember } from '@/lib/domain/plan'
import type { Compilation } from './planned-failover'
import { scheduleMembers } from './schedule-members'

const STEPS: Plan['steps'] = [
  {
    name: 'see-silence',
    title: 'See that the site is silent, from two places',
    proof: 'neither this console nor the other site reaches it, or what fences it was declared',
  },
  {
    name: 'check-copy',
    title: 'Look at the copies',
    proof: 'a whole copy of each is at the target, and nobody answers as its primary',
  },
  {
    name: 'force-promote',
    title: 'Promote by force, parents first',
    proof: 'the target says primary',
  },
  {
    name: 'mark-point',
    title: 'Take a snapshot of each as it was promoted',
    proof: 'the snapshot is there: what both sides wrote since can be told apart',
  },
  {
    name: 'add-schedule',
    title: 'Set the snapshot schedule at the new primary',
    proof: 'the schedule is listed there',
  },
  { name: 'see-primary', title: 'See that each is primary', proof: 'the target says so itself' },
]

/** A site is lost: its images are promoted at the other one as their copies are. Same input, same plan. */
export function compileForcedFailover(input: Compilation & { readonly outage: Outage }): Plan {
  const images = [...input.images].sort((a, b) => (a.key < b.key ? -1 : 1))
  const pools = [...new Set(images.map(({ image }) => image.pool))].sort()
  const members: PlanMember[] = [
    { kind: 'sites', key: 'sites', family: 'sites', generation: 0, pools },
    ...images,
    // The lost site keeps its schedules: it cannot be asked, and its images take none of them once they are copies.
    ...scheduleMembers(images, input).map((member) => ({ ...member, removeOld: false })),
  ]
  const { from, to, options, outage } = input
  return { procedure: 'forced-failover', version: 1, from, to, options, outage, steps: STEPS, members }
}
