import { newestSnapshot } from '@/lib/domain/lineage'
import { specText } from '@/lib/domain/words'
import { mirrorArgv } from '@/lib/ports/mirror'
import { lookAtBoth } from '../look-at'
import { blocked, done, ready, type Step, stepFor } from '../step'

/** A first mirror snapshot at the new primary, so that the way back has something to follow from the first minute. */
export const firstSnapshot: Step = stepFor('image', {
  name: 'first-snapshot',
  applies: (member) => member.mode === 'snapshot',
  observe: (subjects, context) =>
    lookAtBoth(subjects, context, ({ member, memo }, _, to) => {
      const { plan } = context
      if (to.role !== 'primary') return blocked(`not primary at ${plan.to} any more`)
      const newest = newestSnapshot(to)
      const argv = mirrorArgv.snapshot(specText(member.image))
      if (typeof memo.beforeFirst !== 'number') return ready(plan.to, argv, { ...memo, beforeFirst: newest?.id ?? 0 })
      if (newest === null || newest.id <= memo.beforeFirst) return ready(plan.to, argv)
      return done(`snapshot ${newest.id} made at ${plan.to}`)
    }),
  preview: (member, plan) => [{ site: plan.to, argv: mirrorArgv.snapshot(specText(member.image)) }],
})
