import { proof } from '@/lib/domain/proof'
import { bothSides } from '../look-at'
import { done, type Step, stepFor, waiting } from '../step'

/** The copy holds everything that the old primary ever acknowledged, by snapshot ids or journal positions. */
export const prove: Step = stepFor('image', {
  name: 'prove',
  async observe(subjects, context) {
    const sides = await bothSides(subjects, context)
    return sides.map(({ from, to }) => {
      if (
        to.kind === 'known' &&
        to.value.role === 'primary' &&
        from.kind === 'known' &&
        from.value.role === 'non-primary'
      ) {
        // Promoted by this run before a crash, or by hand since: what was proven then cannot be proven again.
        return done('the copy is primary already')
      }
      const held = proof(from, to)
      return held.kind === 'proven' ? done(held.evidence) : waiting(held.reason)
    })
  },
})
