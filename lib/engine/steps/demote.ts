import { specText } from '@/lib/domain/words'
import { mirrorArgv } from '@/lib/ports/mirror'
import { lookAtBoth } from '../look-at'
import { blocked, done, ready, type Step, stepFor } from '../step'
import { unlessHeldOpen } from './stop-clients'

/** The old primary lays down its role. A client that came back since the last look holds it up. */
export const demote: Step = stepFor('image', {
  name: 'demote',
  async observe(subjects, context) {
    const looks = await lookAtBoth(subjects, context, ({ member }, from, to) => {
      if (from.role === 'non-primary') return done(`non-primary at ${context.plan.from}`)
      if (to.role === 'primary') return blocked('primary at both sites: choose the good copy first')
      return ready(context.plan.from, mirrorArgv.demote(specText(member.image)))
    })
    return unlessHeldOpen(looks, subjects, context, context.plan.from)
  },
  preview: (member, plan) => [{ site: plan.from, argv: mirrorArgv.demote(specText(member.image)) }],
})
