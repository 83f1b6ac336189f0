import type { Lineage } from '@/lib/domain/lineage'
import type { ImageMember } from '@/lib/domain/plan'
import { passedWithCinder } from '@/lib/domain/procedure-traits'
import type { Reading } from '@/lib/domain/reading'
import { lookAtBoth, sidesOfLost } from '../look-at'
import { blocked, done, type Look, type Step, type StepContext, type Subject, stepFor, waiting } from '../step'

/** Exactly one primary a global id, read from both sides after all is promoted. */
export const verify: Step = stepFor('image', {
  name: 'verify',
  async observe(subjects, context) {
    if (context.plan.procedure !== 'cinder-failover')
      return lookAtBoth(subjects, context, ({ memo }, from, to) => judged(memo, from, to, context))
    const sides = await sidesOfLost(subjects, context)
    return subjects.map((subject, index) => {
      const { from, to } = sides[index] ?? {}
      return from === undefined || to === undefined ? waiting('not read') : afterCinder(subject, from, to, context)
    })
  },
})

function judged(memo: Subject['memo'], from: Lineage, to: Lineage, { plan }: StepContext): Look {
  if (from.role === 'primary' && to.role === 'primary') return blocked('primary at both sites')
  if (to.role !== 'primary') return blocked(`not primary at ${plan.to}; somebody demoted it since`)
  return done(`primary at ${plan.to} alone`, passedWithCinder(plan, memo))
}

/** A site that was silent for a moment is heard again by then; one that died is not, and servers wait meanwhile. */
const SILENT_MS = 30_000

/**
 * The old site may die once Cinder has moved. Then the target's word has to do: that its copy is primary, and that the old one
 * was proven demoted in an earlier step of this run, since when nothing here promoted it. What is not known is said.
 */
function afterCinder(
  { member, memo }: Subject<ImageMember>,
  from: Reading<Lineage>,
  to: Reading<Lineage>,
  context: StepContext,
): Look {
  const { plan, clock } = context
  if (to.kind === 'unknown') return waiting(`not known at ${plan.to}: ${to.reason}`)
  const stranger = [from, to].find((copy) => copy.kind === 'known' && copy.value.globalId !== member.globalId)
  if (stranger?.kind === 'known')
    return blocked(`another image has this name now: its global id is ${stranger.value.globalId}`)
  if (from.kind === 'known') return judged(memo, from.value, to.value, context)
  if (to.value.role !== 'primary') return blocked(`not primary at ${plan.to}; somebody demoted it since`)
  const since = typeof memo.unheardSince === 'number' ? memo.unheardSince : clock.now()
  const unheard = `not known at ${plan.from}: ${from.reason}`
  if (clock.now() - since < SILENT_MS)
    return since === memo.unheardSince ? waiting(unheard) : waiting(unheard, { unheardSince: since })
  return done(
    `primary at ${plan.to} by its own word. It was proven demoted at ${plan.from} before Cinder was told; what it is there now is ${unheard}`,
    passedWithCinder(plan, memo),
  )
}
