import { memberName, type Plan } from '@/lib/domain/plan'
import { isActive, needsDecision } from '@/lib/domain/run-states'
import type { MemberRecord } from '@/lib/ports/run-journal'
import { steps } from './registry'

/** Who is in front of a member at a step, so that it is not its turn yet; null where it is. */
export type InFront = (record: MemberRecord) => MemberRecord | null

/**
 * Members of a lower rank go first: parents before their clones, and where a step ranks all, what others need before what
 * needs it. One that has stopped, or whose outcome is not known, is not through. `through`: places of those that this very
 * look found done.
 */
export function turns(
  plan: Plan,
  stepIdx: number,
  members: readonly MemberRecord[],
  through: ReadonlySet<number>,
): InFront {
  const name = plan.steps[stepIdx]?.name
  if (name === undefined) return () => null
  const stepOf = ({ member }: MemberRecord) => steps[name].find((step) => step.applies(member, plan))
  const rankOf = (record: MemberRecord) => stepOf(record)?.rank?.(record.member) ?? 0
  const groupOf = (record: MemberRecord) => (stepOf(record)?.ranksAll === true ? '' : record.family)
  const isLeft = (record: MemberRecord): boolean => {
    const step = stepOf(record)
    if (step === undefined || record.stepIdx > stepIdx || through.has(record.idx)) return false
    if (isActive(record.state)) return record.stepIdx === stepIdx || step.ranksAll === true
    return needsDecision(record.state) && step.ranksAll === true && step.stoppedHolds?.(plan) === true
  }
  const first = new Map<string, MemberRecord>()
  for (const record of members) {
    if (!isLeft(record)) continue
    const known = first.get(groupOf(record))
    if (known === undefined || comesBefore(record, known, rankOf)) first.set(groupOf(record), record)
  }
  return (record) => {
    const lowest = first.get(groupOf(record))
    return lowest !== undefined && rankOf(lowest) < rankOf(record) ? lowest : null
  }
}

/** Of a lower rank; and of the same rank one that needs somebody, since that is what is said of those behind it. */
function comesBefore(one: MemberRecord, other: MemberRecord, rankOf: (record: MemberRecord) => number): boolean {
  if (rankOf(one) !== rankOf(other)) return rankOf(one) < rankOf(other)
  return isStuck(one) && !isStuck(other)
}

const isStuck = ({ state }: MemberRecord): boolean => needsDecision(state) || state === 'in-doubt'

/** What is said of a member that waits for one in front of it which will not come by itself; null where it will. */
export function heldUpBy(front: MemberRecord | null): string | null {
  if (front === null || !isStuck(front)) return null
  const name = memberName(front.member)
  return front.state === 'in-doubt'
    ? `not its turn: what became of ${name} is not known yet`
    : `not its turn: ${name} has stopped. Retry it, or set it aside`
}
