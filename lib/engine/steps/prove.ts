import type { Lineage } from '@/lib/domain/lineage'
import type { PeerMarks } from '@/lib/domain/peer-mark'
import type { Plan } from '@/lib/domain/plan'
import { promotable } from '@/lib/domain/promotable'
import { type Proof, proof } from '@/lib/domain/proof'
import type { Reading } from '@/lib/domain/reading'
import { bothSides } from '../look-at'
import { done, type Step, stepFor, waiting } from '../step'
import { NO_MARKS, peerMarks } from './peer-marks'

/** A failover proves that the copy holds all. Of what is demoted at both sites the one that was demoted may be promoted too. */
export const proofFor = ({ procedure }: Plan, from: Reading<Lineage>, to: Reading<Lineage>, marks: PeerMarks): Proof =>
  procedure === 'promote' ? promotable(from, to, marks) : proof(from, to, marks)

/** The copy holds everything that the old primary ever acknowledged, by snapshot ids or journal positions. */
export const prove: Step = stepFor('image', {
  name: 'prove',
  async observe(subjects, context) {
    const [sides, marks] = await Promise.all([bothSides(subjects, context), peerMarks(subjects, context)])
    return sides.map(({ from, to }, index) => {
      if (
        to.kind === 'known' &&
        to.value.role === 'primary' &&
        from.kind === 'known' &&
        from.value.role === 'non-primary'
      ) {
        // Promoted by this run before a crash, or by hand since: what was proven then cannot be proven again.
        return done('the copy is primary already')
      }
      const subject = subjects[index]
      const held = proofFor(context.plan, from, to, subject === undefined ? NO_MARKS : marks(subject.member))
      return held.kind === 'proven' ? done(held.evidence) : waiting(held.reason)
    })
  },
})
