import type { Plan } from '@/lib/domain/plan'
import { specText } from '@/lib/domain/words'
import { mirrorArgv } from '@/lib/ports/mirror'
import { blocked, done, type Look, ready, type Step, stepFor, waiting } from '../step'
import { heldByMirror } from './force-promote'

/** One name for one outage, so that a second run of it makes no second snapshot. */
export function pointName({ outage }: Pick<Plan, 'outage'>): string {
  const at = outage?.lastHeardAt ?? outage?.fence.at ?? null
  return `antipode-failover-${at === null ? 'unknown' : new Date(at).toISOString().slice(0, 16).replace(/[-:]/g, '')}`
}

/** A snapshot of each image as it was promoted: what both sides wrote since can be told apart later. */
export const markPoint: Step = stepFor('image', {
  name: 'mark-point',
  async observe(subjects, { plan, mirror }) {
    const name = pointName(plan)
    const found = await mirror(plan.to).found(subjects.map(({ member }) => member.image))
    return subjects.map(({ member }, index): Look => {
      const one = found[index]
      if (one === undefined || one.kind === 'unknown')
        return waiting(`not known at ${plan.to}: ${one?.reason ?? 'not read'}`)
      if (one.value.kind === 'absent') return blocked(`it is no longer at ${plan.to}`)
      if (one.value.snapshots.includes(name)) return done(`snapshot ${name} is there`)
      return ready(plan.to, mirrorArgv.snapCreate(specText(member.image), name))
    })
  },
  preview: (member, plan) => [{ site: plan.to, argv: mirrorArgv.snapCreate(specText(member.image), pointName(plan)) }],
  overdue: heldByMirror(),
})
