import { specText } from '@/lib/domain/words'
import { mirrorArgv } from '@/lib/ports/mirror'
import { lookAtBoth } from '../look-at'
import { blocked, done, ready, type Step, stepFor, waiting } from '../step'

/**
 * Never in snapshot mode: Ceph lets go of the parent at the copy and carries nothing of what the clone had from it, so the
 * copy reads zeros there while its status says that it follows (ceph-facts 24).
 */
export const NO_FLATTEN =
  'in snapshot mode Ceph does not carry a flatten: the copy would read zeros where the clone had its data from the parent, and say that it follows. End its mirroring, flatten it, then set it up again'

/** Done where the image has no parent any more. One that was broken off goes on where it stopped (ceph-facts 24). */
export const flatten: Step = stepFor('image', {
  name: 'flatten',
  observe: (subjects, context) =>
    lookAtBoth(subjects, context, ({ member }, primary) => {
      const { from } = context.plan
      if (primary.role !== 'primary') return blocked(`not primary at ${from}: a copy is flattened by its primary`)
      if (primary.parent === null) return done(`no parent at ${from}`)
      return member.mode === 'snapshot' || primary.mode === 'snapshot'
        ? blocked(NO_FLATTEN)
        : ready(from, mirrorArgv.flatten(specText(member.image)))
    }),
  preview: (member, plan) => [{ site: plan.from, argv: mirrorArgv.flatten(specText(member.image)) }],
  overdue: {
    afterMs: 60_000,
    hint: ({ from }) =>
      `It copies all that the clone has from its parent, which takes as long as copying takes; it goes on at ${from} and is not ended.`,
  },
})

/** The copy lets go of its parent by replaying the flatten. */
export const seeFlatCopy: Step = stepFor('image', {
  name: 'see-flat-copy',
  observe: (subjects, context) =>
    lookAtBoth(subjects, context, (_, primary, copy) => {
      const { from, to } = context.plan
      if (primary.parent !== null) return blocked(`it has a parent at ${from} again`)
      return copy.parent === null ? done(`no parent at ${to}`) : waiting(`its copy at ${to} still hangs on the parent`)
    }),
})
