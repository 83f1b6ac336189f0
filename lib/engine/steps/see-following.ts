import { type Lineage, newestCompleteSnapshot, ORPHAN } from '@/lib/domain/lineage'
import type { MirrorRow } from '@/lib/domain/mirror-status'
import type { Reading } from '@/lib/domain/reading'
import { blocked, done, type Look, type Step, type StepContext, stepFor, waiting } from '../step'
import { statusRows } from './preflight'

/** A new copy is at the site that lost, whole, and follows. Only then are the images protected again. */
export const seeFollowing: Step = stepFor('image', {
  name: 'see-following',
  async observe(subjects, context) {
    const { plan, mirror } = context
    const images = subjects.map(({ member }) => member.image)
    const [good, copies, rows] = await Promise.all([
      mirror(plan.from).lineages(images),
      mirror(plan.to).lineages(images),
      statusRows(subjects, context),
    ])
    return subjects.map(({ member }, index) =>
      judge(member.loser?.imageId ?? member.copyId, good[index], copies[index], rows.get(member.key), context),
    )
  },
})

function judge(
  lost: string | undefined,
  good: Reading<Lineage> | undefined,
  copy: Reading<Lineage> | undefined,
  row: MirrorRow | undefined,
  { plan }: StepContext,
): Look {
  if (good?.kind === 'known' && good.value.role !== 'primary') return blocked(`not primary at ${plan.from} any more`)
  if (copy?.kind !== 'known') return waiting(`rbd-mirror at ${plan.to} has not begun the new copy`)
  if (copy.value.imageId === lost) return blocked(`the copy that lost has its name again at ${plan.to}`)
  return follows(copy.value, row, plan)
}

/** Is this copy whole, and does it follow? By what it holds itself, and by what its rbd-mirror says. */
export function follows(copy: Lineage, row: MirrorRow | undefined, plan: StepContext['plan']): Look {
  if (row?.local.detail.kind === 'copying') return waiting(`copying: ${row.local.description}`)
  if (row === undefined || !row.local.detail.kind.startsWith('replaying'))
    return waiting(
      `rbd-mirror at ${plan.to} says ${row === undefined ? 'nothing of it yet' : `${row.local.state}: ${row.local.description}`}`,
    )
  if (copy.mode === 'snapshot') {
    const held = newestCompleteSnapshot(copy)
    return held === null
      ? waiting(`the first snapshot is being copied to ${plan.to}`)
      : done(`${plan.to} holds snapshot ${held.primarySnapId} complete, and follows`)
  }
  const owner = copy.journal?.newestTag?.mirrorUuid
  if (owner === undefined || owner === '' || owner === ORPHAN) return waiting(`${plan.to} does not replay yet`)
  return done(`${plan.to} replays the journal of ${plan.from}`)
}
