import type { Lineage } from '@/lib/domain/lineage'
import type { MirrorRow } from '@/lib/domain/mirror-status'
import type { ImageMember } from '@/lib/domain/plan'
import type { Reading } from '@/lib/domain/reading'
import type { FoundImage } from '@/lib/ports/mirror'
import { lookAtBoth } from '../look-at'
import { blocked, done, type Look, type Step, type StepContext, stepFor, waiting } from '../step'
import { keptSpec } from './keep-loser'
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
    const { plan, mirror } = context
    const images = subjects.map(({ member }) => member.image)
    const [rows, clients, found] = await Promise.all([
      statusRows(subjects, context),
      clientsOf(subjects, context, plan.to),
      mirror(plan.to).found([...images, ...subjects.map(({ member }) => keptSpec(member))]),
    ])
    const looks = await lookAtBoth(subjects, context, ({ member }, good, loser) =>
      judge(member.loser?.imageId, good, loser, rows.get(member.key), context),
    )
    return subjects.map(({ member }, index): Look => {
      const [own, kept] = [found[index], found[index + images.length]]
      // Begun before, by this run or by another: the later steps go on from there.
      if (isLoser(own, member) === 'unmirrored' || isLoser(kept, member) !== 'no') return done('begun already')
      const look = looks[index] ?? waiting('not read')
      const held = clients[index]
      return look.kind === 'done' && held !== undefined && held.kind !== 'done' ? held : look
    })
  },
})

function isLoser(read: Reading<FoundImage> | undefined, { loser }: ImageMember): 'no' | 'mirrored' | 'unmirrored' {
  if (read?.kind !== 'known' || read.value.kind === 'absent' || read.value.imageId !== loser?.imageId) return 'no'
  return read.value.globalId === null ? 'unmirrored' : 'mirrored'
}

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
