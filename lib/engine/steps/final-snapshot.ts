import { type Lineage, newestCompleteSnapshot, newestSnapshot } from '@/lib/domain/lineage'
import type { ImageMember } from '@/lib/domain/plan'
import { specText } from '@/lib/domain/words'
import { mirrorArgv } from '@/lib/ports/mirror'
import { lookAtBoth } from '../look-at'
import { done, type Look, ready, type Step, type Subject, stepFor, waiting } from '../step'

/** A last mirror snapshot while the primary is still primary, so that the demotion's own has next to nothing to carry. */
export const finalSnapshot: Step = stepFor('image', {
  name: 'final-snapshot',
  applies: (member) => member.mode === 'snapshot',
  observe: (subjects, context) =>
    lookAtBoth(subjects, context, (subject, from, to) => judge(subject, from, to, context.plan.from)),
  preview: (member, plan) => [{ site: plan.from, argv: mirrorArgv.snapshot(specText(member.image)) }],
})

function judge({ member, memo }: Subject<ImageMember>, from: Lineage, to: Lineage, site: string): Look {
  if (from.role === 'non-primary') return done('demoted already: the demotion snapshot is its last')
  const newest = newestSnapshot(from)
  if (typeof memo.beforeFinal !== 'number') {
    return ready(site, mirrorArgv.snapshot(specText(member.image)), { ...memo, beforeFinal: newest?.id ?? 0 })
  }
  if (newest === null || newest.id <= memo.beforeFinal) return ready(site, mirrorArgv.snapshot(specText(member.image)))
  const held = newestCompleteSnapshot(to)
  if (held?.primarySnapId == null || held.primarySnapId <= memo.beforeFinal) {
    return waiting(`snapshot ${newest.id} is on its way to the copy`)
  }
  return done(`snapshot ${held.primarySnapId} is complete at the copy`)
}
