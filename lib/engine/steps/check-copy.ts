import { type Lineage, newestCompleteSnapshot } from '@/lib/domain/lineage'
import type { MirrorRow } from '@/lib/domain/mirror-status'
import type { ImageMember } from '@/lib/domain/plan'
import type { Reading } from '@/lib/domain/reading'
import { sidesOfLost } from '../look-at'
import { blocked, done, type Look, type Step, type StepContext, type Subject, stepFor, waiting } from '../step'
import { judgeParents, outsideParents } from './outside-parents'
import { statusRows } from './preflight'

/** May this copy be promoted by force: does it hold a whole image of this history, and is nobody primary who answers? */
export const checkCopy: Step = stepFor('image', {
  name: 'check-copy',
  async observe(subjects, context) {
    const [sides, rows, parents] = await Promise.all([
      sidesOfLost(subjects, context),
      statusRows(subjects, context),
      outsideParents(subjects, context),
    ])
    return subjects.map((subject, index): Look => {
      const side = sides[index]
      if (side === undefined) return waiting('not read')
      const look = judgeCopy(subject, side.from, side.to, rows.get(subject.member.key), context)
      if (look.kind !== 'done') return look
      return judgeParents(parents.get(subject.member.key), context, judgeRow) ?? look
    })
  },
})

function judgeCopy(
  { member }: Subject<ImageMember>,
  from: Reading<Lineage>,
  to: Reading<Lineage>,
  row: MirrorRow | undefined,
  { plan }: StepContext,
): Look {
  if (to.kind === 'unknown') return waiting(`not known at ${plan.to}: ${to.reason}`)
  if (to.value.globalId !== member.globalId)
    return blocked(`another image has this name at ${plan.to} now: its global id is ${to.value.globalId}`)
  if (to.value.role === 'primary') return done(`primary at ${plan.to} already`)
  if (from.kind === 'known' && from.value.role === 'primary')
    return blocked(`it answers at ${plan.from} as primary: fail it over as planned, nothing need be lost`)
  if (to.value.mode === 'snapshot' && newestCompleteSnapshot(to.value) === null)
    return blocked(`no complete snapshot is at ${plan.to}: the first copy never ended, there is nothing to promote`)
  return judgeRow(row, { plan }) ?? done(`a whole copy is at ${plan.to}`)
}

/** What rules a copy out also where there is no better one: the same for the parents that a clone lives by. */
function judgeRow(row: MirrorRow | undefined, { plan }: Pick<StepContext, 'plan'>): Look | null {
  switch (row?.local.detail.kind) {
    case 'copying':
      return blocked(`its first copy to ${plan.to} never ended: half an image helps nobody`)
    case 'split-brain':
      return blocked(`split-brain at ${plan.to}: the copy holds another history; compare both copies first`)
    case 'resync-requested':
      return blocked(
        `a resync was asked for at ${plan.to}: rbd-mirror may delete this copy; stop rbd-mirror there first`,
      )
    default:
      return null
  }
}
