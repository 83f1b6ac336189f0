import { passedWithCinder } from '@/lib/domain/procedure-traits'
import { lookAtBoth } from '../look-at'
import { blocked, done, type Step, stepFor } from '../step'

/** Exactly one primary a global id, read from both sides after all is promoted. */
export const verify: Step = stepFor('image', {
  name: 'verify',
  observe: (subjects, context) =>
    lookAtBoth(subjects, context, ({ memo }, from, to) => {
      const { plan } = context
      if (from.role === 'primary' && to.role === 'primary') return blocked('primary at both sites')
      if (to.role !== 'primary') return blocked(`not primary at ${plan.to}; somebody demoted it since`)
      return done(`primary at ${plan.to} alone`, passedWithCinder(plan, memo))
    }),
})
