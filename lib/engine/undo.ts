import { newestSnapshot, ORPHAN } from '@/lib/domain/lineage'
import type { ImageMember } from '@/lib/domain/plan'
import { specText } from '@/lib/domain/words'
import { mirrorArgv } from '@/lib/ports/mirror'
import type { MemberRecord } from '@/lib/ports/run-journal'
import { lookAtBoth } from './look-at'
import { blocked, done, type Look, ready, type StepContext, type Subject, waiting } from './step'

/** Was it demoted by this run, and not promoted at the target since? Only such a one is promoted back. */
export const needsUndo = ({ member, memo, state }: MemberRecord): boolean =>
  member.kind === 'image' &&
  memo['did:demote'] === true &&
  memo['did:promote'] !== true &&
  memo.undoBlocked !== true &&
  state !== 'undone' &&
  state !== 'acting' &&
  state !== 'in-doubt'

/**
 * Promoting back is safe while the target is known not to be primary and the newest thing at the old primary is its own
 * demotion: then nothing was written anywhere since, and no force is needed.
 */
export async function lookAtUndo(records: readonly MemberRecord[], context: StepContext): Promise<readonly Look[]> {
  const { plan } = context
  return lookAtBoth(records as readonly (MemberRecord & Subject<ImageMember>)[], context, ({ member }, from, to) => {
    if (to.role === 'primary') return blocked(`primary at ${plan.to}: it is not promoted back at ${plan.from}`)
    if (from.role === 'primary') return done(`primary at ${plan.from} again`)
    const ownDemotion =
      from.mode === 'snapshot'
        ? newestSnapshot(from)?.role === 'primary-demoted'
        : from.journal !== null && from.journal.newestTag?.mirrorUuid === ORPHAN
    if (from.mode === 'journal' && from.journal === null)
      return waiting(`the journal at ${plan.from} could not be read`)
    if (!ownDemotion)
      return blocked(`its newest state at ${plan.from} is not its own demotion; look at both copies by hand`)
    return ready(plan.from, mirrorArgv.promote(specText(member.image)))
  })
}
