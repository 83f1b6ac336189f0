import { PIVOTS } from '@/lib/domain/pivots'
import { lookAtBoth } from '../look-at'
import { blocked, done, type Step, stepFor } from '../step'

const pivot = `did:${PIVOTS['cinder-failover']}`

/** Exactly one primary a global id, read from both sides after all is promoted. */
export const verify: Step = stepFor('image', {
  name: 'verify',
  observe: (subjects, context) =>
    lookAtBoth(subjects, context, ({ memo }, from, to) => {
      const { plan } = context
      if (from.role === 'primary' && to.role === 'primary') return blocked('primary at both sites')
      if (to.role !== 'primary') return blocked(`not primary at ${plan.to}; somebody demoted it since`)
      // Cinder promoted it, so no act of its own says that it is past the pivot.
      return done(
        `primary at ${plan.to} alone`,
        plan.procedure === 'cinder-failover' ? { ...memo, [pivot]: true } : undefined,
      )
    }),
})
