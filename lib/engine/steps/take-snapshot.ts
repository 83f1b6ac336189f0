import { newestCompleteSnapshot, newestSnapshot } from '@/lib/domain/lineage'
import { specText } from '@/lib/domain/words'
import { mirrorArgv } from '@/lib/ports/mirror'
import { lookAtBoth } from '../look-at'
import { blocked, done, ready, type Step, stepFor, waiting } from '../step'

/** One mirror snapshot beside the schedule's. Any that was made since the first look will do: it holds as much. */
export const takeSnapshot: Step = stepFor('image', {
  name: 'take-snapshot',
  applies: (member) => member.mode === 'snapshot',
  observe: (subjects, context) =>
    lookAtBoth(subjects, context, ({ member, memo }, primary) => {
      const { from } = context.plan
      if (primary.role !== 'primary') return blocked(`not primary at ${from}: a mirror snapshot is the primary's`)
      const newest = newestSnapshot(primary)?.id ?? 0
      const argv = mirrorArgv.snapshot(specText(member.image))
      if (typeof memo.beforeTaken !== 'number') return ready(from, argv, { ...memo, beforeTaken: newest })
      if (newest <= memo.beforeTaken) return ready(from, argv)
      return done(`snapshot ${newest} made at ${from}`)
    }),
  preview: (member, plan) => [{ site: plan.from, argv: mirrorArgv.snapshot(specText(member.image)) }],
})

/** A snapshot that is not complete at the copy protects nothing: a promotion would roll it back. */
export const seeArrival: Step = stepFor('image', {
  name: 'see-arrival',
  applies: (member) => member.mode === 'snapshot',
  observe: (subjects, context) =>
    lookAtBoth(subjects, context, ({ memo }, primary, copy) => {
      const { from, to } = context.plan
      if (primary.role !== 'primary') return blocked(`not primary at ${from} any more`)
      if (copy.role === 'primary') return blocked('primary at both sites: what is made at one never reaches the other')
      const before = typeof memo.beforeTaken === 'number' ? memo.beforeTaken : 0
      const held = newestCompleteSnapshot(copy)?.primarySnapId ?? null
      return held !== null && held > before
        ? done(`snapshot ${held} is complete at ${to}`)
        : waiting(`no snapshot made after ${before} is complete at ${to} yet`)
    }),
})
