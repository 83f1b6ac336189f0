import type { Lineage } from '@/lib/domain/lineage'
import type { MirrorRow } from '@/lib/domain/mirror-status'
import { lookAtBoth } from '../look-at'
import { blocked, done, type Look, type Step, type StepContext, stepFor, waiting } from '../step'
import { lookAtDaemons, statusRows } from './preflight'
import { clientsOf } from './stop-clients'

/** What makes the new copies is the rbd-mirror of the site that lost. */
export const checkLoserSite: Step = stepFor('sites', {
  name: 'check-loser',
  observe: async (subjects, context) => Promise.all(subjects.map(({ member }) => lookAtDaemons(member, context))),
})

/**
 * Is the good copy a primary that answers, and is the other one really of another history? A copy that follows is left
 * alone. A client that holds the losing copy open would go on writing to what is about to be put aside.
 */
export const checkLoser: Step = stepFor('image', {
  name: 'check-loser',
  async observe(subjects, context) {
    const [rows, clients] = await Promise.all([
      statusRows(subjects, context),
      clientsOf(subjects, context, context.plan.to),
    ])
    let index = 0
    return lookAtBoth(subjects, context, ({ member }, good, loser) => {
      const look = judge(member.loser?.imageId, good, loser, rows.get(member.key), context)
      const held = clients[index++]
      return look.kind === 'done' && held !== undefined && held.kind !== 'done' ? held : look
    })
  },
})

function judge(
  expected: string | undefined,
  good: Lineage,
  loser: Lineage,
  row: MirrorRow | undefined,
  { plan }: StepContext,
): Look {
  if (good.role !== 'primary')
    return blocked(`not primary at ${plan.from}: a copy is given up only for a primary that answers`)
  if (loser.imageId !== expected) return blocked(`another image stands at ${plan.to} than the one that was looked at`)
  if (loser.role === 'primary') return done(`primary at both sites; ${plan.from} was chosen`)
  if (row?.local.detail.kind === 'split-brain') return done(`split-brain at ${plan.to}; ${plan.from} was chosen`)
  if (row === undefined) return waiting(`${plan.to} lists no such mirrored image`)
  return blocked(`it is no split-brain: the copy at ${plan.to} says ${row.local.state} (${row.local.description})`)
}
