import { specText } from '@/lib/domain/words'
import { mirrorArgv } from '@/lib/ports/mirror'
import { bothSides } from '../look-at'
import { blocked, done, ready, type Step, stepFor, waiting } from '../step'
import { peerMarks } from './peer-marks'
import { proofFor } from './prove'

/**
 * Ceph promotes a copy that never caught up without a word (ceph-facts 1), so its yes is not enough: the proof is
 * looked at again right before the act. Parents go first. Promotion by force is another step, with a ledger of its own.
 */
export const promote: Step = stepFor('image', {
  name: 'promote',
  async observe(subjects, context) {
    const { plan } = context
    const [sides, marks] = await Promise.all([bothSides(subjects, context), peerMarks(subjects, context)])
    return subjects.map(({ member }, index) => {
      const { from, to } = sides[index] ?? {}
      if (from === undefined || to === undefined) return waiting('not read')
      if (to.kind === 'unknown') return waiting(`not known at ${plan.to}: ${to.reason}`)
      if (to.value.role === 'primary') {
        if (from.kind === 'unknown') return waiting(`primary at ${plan.to}; not known at ${plan.from}: ${from.reason}`)
        return from.value.role === 'primary' ? blocked('primary at both sites') : done(`primary at ${plan.to}`)
      }
      const held = proofFor(plan, from, to, marks(member))
      if (held.kind === 'unproven') return waiting(held.reason)
      return ready(plan.to, mirrorArgv.promote(specText(member.image)))
    })
  },
  preview: (member, plan) => [{ site: plan.to, argv: mirrorArgv.promote(specText(member.image)) }],
  rank: (member) => member.generation,
})
