import type { Lineage } from '@/lib/domain/lineage'
import type { ImageMember } from '@/lib/domain/plan'
import type { Reading } from '@/lib/domain/reading'
import { specText } from '@/lib/domain/words'
import { type FoundImage, mirrorArgv } from '@/lib/ports/mirror'
import { blocked, done, type Look, ready, type Step, type StepContext, type Subject, stepFor, waiting } from '../step'

/** A journal wants the exclusive lock, so that one client writes it. Source: docs, rbd-mirroring, "Enable Image Journaling Feature". */
export const JOURNAL_FEATURES = ['exclusive-lock', 'journaling'] as const

/** The features that its mode needs. In a pool of mode `pool` the journal alone has the image mirrored. */
export const enableFeatures: Step = stepFor('image', {
  name: 'enable-features',
  applies: ({ mode }) => mode === 'journal',
  observe: (subjects, context) =>
    eachFound(subjects, context, (member, found) => {
      const lacking = JOURNAL_FEATURES.filter((feature) => !found.features.includes(feature))
      if (lacking.length === 0) return done('exclusive-lock and journaling are on')
      return ready(context.plan.from, mirrorArgv.featureEnable(specText(member.image), ...lacking))
    }),
  preview: ({ image, addFeatures = [] }, { from }) =>
    addFeatures.length === 0 ? [] : [{ site: from, argv: mirrorArgv.featureEnable(specText(image), ...addFeatures) }],
  rank: ({ generation }) => generation,
})

/** Parents first: Ceph refuses a clone whose parent is not mirrored. */
export const enableMirroring: Step = stepFor('image', {
  name: 'enable-mirroring',
  async observe(subjects, context) {
    const { plan, mirror } = context
    const lineages = await mirror(plan.from).lineages(subjects.map(({ member }) => member.image))
    const byMember = new Map(subjects.map(({ member }, index) => [member, lineages[index]]))
    return eachFound(subjects, context, (member, found) => {
      if (found.globalId === null) {
        return member.poolMode === 'pool'
          ? waiting('its journal is on; the pool has it mirrored in a moment')
          : ready(plan.from, mirrorArgv.enableImage(specText(member.image), member.mode))
      }
      return judge(member, byMember.get(member), plan.from)
    })
  },
  preview: ({ image, mode, poolMode }, { from }) =>
    poolMode === 'pool' ? [] : [{ site: from, argv: mirrorArgv.enableImage(specText(image), mode) }],
  rank: ({ generation }) => generation,
})

function judge(member: ImageMember, read: Reading<Lineage> | undefined, site: string): Look {
  if (read?.kind !== 'known') return waiting(`not known at ${site}: ${read?.reason ?? 'not read'}`)
  if (read.value.role !== 'primary')
    return blocked(`it is a copy at ${site}: its primary is elsewhere, so set it up from there`)
  if (read.value.mode !== member.mode)
    return blocked(`it is mirrored in ${read.value.mode} mode already: take that down first, or choose that mode`)
  return done(`primary at ${site}, in ${member.mode} mode`)
}

/** What stands under each name at the site of the primaries; one that is not there can no longer be set up, or taken down. */
export async function eachFound(
  subjects: readonly Subject<ImageMember>[],
  { plan, mirror }: StepContext,
  decide: (member: ImageMember, found: Extract<FoundImage, { kind: 'there' }>) => Look,
): Promise<readonly Look[]> {
  const found = await mirror(plan.from).found(subjects.map(({ member }) => member.image))
  return subjects.map(({ member }, index): Look => {
    const one = found[index]
    if (one === undefined || one.kind === 'unknown')
      return waiting(`not known at ${plan.from}: ${one?.reason ?? 'not read'}`)
    return one.value.kind === 'absent' ? blocked(`it is no longer at ${plan.from}`) : decide(member, one.value)
  })
}
