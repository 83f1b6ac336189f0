import { LOOK_AGAIN_MS } from '@/lib/domain/split'
import { specText } from '@/lib/domain/words'
import { mirrorArgv } from '@/lib/ports/mirror'
import type { Memo } from '@/lib/ports/run-journal'
import { blocked, done, type Look, ready, type Step, type StepContext, stepFor, waiting } from '../step'
import { lookAtDaemons } from './preflight'
import { unlessUnreadable, whyKeepCopies } from './primary-health'
import { type ResyncSight, resyncSights } from './resync-look'

/** What makes the new copies is the rbd-mirror of the site that lost them, out of data that can be read. */
export const checkResyncSite: Step = stepFor('sites', {
  name: 'check-resync',
  async observe(subjects, context) {
    const why = await whyKeepCopies(context)
    return Promise.all(subjects.map(({ member }) => (why === null ? lookAtDaemons(member, context) : waiting(why))))
  },
})

/**
 * Is the copy one that may be deleted? Looked at twice, with a report of rbd-mirror in between: after a restart, or of a peer
 * that was rebuilt, it says split-brain of what it follows a moment later.
 */
export const checkResync: Step = stepFor('image', {
  name: 'check-resync',
  async observe(subjects, context) {
    const sights = await resyncSights(subjects, context)
    return subjects.map(({ member, memo }, index): Look => {
      const sight = sights[index]
      if (sight === undefined || sight.standing === 'unknown')
        return waiting(`not known at ${context.plan.to}: ${sight?.reason ?? 'not read'}`)
      if (sight.standing === 'gone')
        return blocked(`${sight.reason} at ${context.plan.to}: rbd-mirror there makes a copy by itself`)
      const { may } = sight
      if (may.kind === 'no') return blocked(may.reason)
      if (may.kind === 'wait') return waiting(may.reason)
      // What it rests on is no report of rbd-mirror, which calls a hollow copy well.
      return (member.hollow === undefined ? twice(sight, memo, context) : null) ?? done(may.evidence)
    })
  },
})

/** `firstAt`: when it was first seen so, by the console's clock. `firstReport`: rbd-mirror's own stamp then. */
function twice({ row }: ResyncSight, memo: Memo, { clock, plan }: StepContext): Look | null {
  const report = row?.local.lastUpdateAt ?? null
  if (typeof memo.firstAt !== 'number') {
    const first = { ...memo, firstAt: clock.now(), firstReport: report }
    return waiting('looked at once; it is looked at again once rbd-mirror has reported anew', first)
  }
  const anew = typeof memo.firstReport === 'number' && report !== null && report > memo.firstReport
  if (anew || clock.now() - memo.firstAt >= LOOK_AGAIN_MS) return null
  return waiting(`looked at once; rbd-mirror at ${plan.to} has not reported again since`)
}

/**
 * The one act here that deletes data. So the whole question is asked again right before it, at both sites. Done is that the
 * copy is gone, by its id: whether the command was accepted shows in the flag that it sets.
 */
export const resync: Step = stepFor('image', {
  name: 'resync',
  async observe(subjects, context) {
    const { to } = context.plan
    const sights = await resyncSights(subjects, context)
    const looks = subjects.map(({ member }, index): Look => {
      const sight = sights[index]
      if (sight === undefined || sight.standing === 'unknown')
        return waiting(`not known at ${to}: ${sight?.reason ?? 'not read'}`)
      if (sight.standing === 'gone') return done(`the copy ${member.copyId} is gone at ${to}: ${sight.reason}`)
      if (sight.flagged) return waiting(`flagged at ${to}; rbd-mirror there has not begun`)
      if (sight.may.kind === 'no') return blocked(sight.may.reason)
      if (sight.may.kind === 'wait') return waiting(sight.may.reason)
      return ready(to, mirrorArgv.resync(specText(member.image)))
    })
    return unlessUnreadable(looks, context)
  },
  preview: (member, plan) => [{ site: plan.to, argv: mirrorArgv.resync(specText(member.image)) }],
})
