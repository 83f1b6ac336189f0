import type { StepName } from '@/lib/domain/plan'
import { AdapterError } from '@/lib/ports/errors'
import type { MemberRecord } from '@/lib/ports/run-journal'
import { steps } from './registry'
import { done, type Look, type StepContext, waiting } from './step'
import { lookAtUndo } from './undo'

/** What a step says of these members now. A site that does not answer makes them wait, never fail. */
export async function look(
  name: StepName,
  members: readonly MemberRecord[],
  context: StepContext,
): Promise<readonly Look[]> {
  const looks = new Map<number, Look>()
  for (const step of steps[name]) {
    const mine = members.filter(({ member }) => step.applies(member, context.plan))
    if (mine.length === 0) continue
    const seen = await orWait(mine.length, () => step.observe(mine, context))
    for (const [index, record] of mine.entries()) looks.set(record.idx, seen[index] ?? waiting('the look left it out'))
  }
  return members.map((record) => looks.get(record.idx) ?? done('nothing to do here'))
}

/** The same for taking a demotion back. */
export const lookUndo = (members: readonly MemberRecord[], context: StepContext): Promise<readonly Look[]> =>
  orWait(members.length, () => lookAtUndo(members, context))

async function orWait(count: number, observe: () => Promise<readonly Look[]>): Promise<readonly Look[]> {
  try {
    return await observe()
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error
    return Array.from({ length: count }, () => waiting(error.told))
  }
}
