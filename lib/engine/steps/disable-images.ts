import type { Lineage } from '@/lib/domain/lineage'
import type { ImageMember } from '@/lib/domain/plan'
import type { Reading } from '@/lib/domain/reading'
import { specText } from '@/lib/domain/words'
import { mirrorArgv } from '@/lib/ports/mirror'
import { blocked, done, type Look, ready, type Step, stepFor, waiting } from '../step'
import { eachFound } from './enable-images'
import { statusRows } from './preflight'
import { unlessUnreadable } from './primary-health'

/** In a pool of mode `pool` the journal is what has it mirrored. */
const endsIt = ({ image, poolMode }: ImageMember): readonly string[] =>
  poolMode === 'pool'
    ? mirrorArgv.featureDisable(specText(image), 'journaling')
    : mirrorArgv.disableImage(specText(image))

/**
 * Clones first: Ceph keeps the mirroring of a parent while a mirrored clone hangs on it. Only at a primary that answers: the
 * copy at the other site is deleted after it, and what is left must be the one that was written to, and can be read.
 */
export const disableMirroring: Step = stepFor('image', {
  name: 'disable-mirroring',
  async observe(subjects, context) {
    const { plan, mirror } = context
    const images = subjects.map(({ member }) => member.image)
    const [lineages, others, rows] = await Promise.all([
      mirror(plan.from).lineages(images),
      mirror(plan.to).lineages(images),
      statusRows(subjects, context),
    ])
    const byMember = new Map(subjects.map(({ member }, index) => [member, lineages[index]]))
    const otherOf = new Map(subjects.map(({ member }, index) => [member, others[index]]))
    const looks = await eachFound(subjects, context, (member, found) => {
      if (found.globalId === null) return done('mirrored no more')
      if (found.globalId !== member.globalId)
        return blocked(`another image has this name now: its global id is ${found.globalId}`)
      if (isPrimaryCopy(otherOf.get(member)))
        return blocked(`primary at ${plan.to} too: choose the good copy first, nothing of either is deleted`)
      if (rows.get(member.key)?.local.detail.kind === 'split-brain')
        return blocked(
          `split-brain at ${plan.to}: it may hold writes of its own. Protect it again first, which keeps them`,
        )
      return judge(member, byMember.get(member), plan.from)
    })
    return unlessUnreadable(looks, context)
  },
  preview: (member, { from }) => [{ site: from, argv: endsIt(member) }],
  rank: ({ generation }) => -generation,
})

const isPrimaryCopy = (read: Reading<Lineage> | undefined): boolean =>
  read?.kind === 'known' && read.value.role === 'primary'

function judge(member: ImageMember, read: Reading<Lineage> | undefined, site: string): Look {
  if (read?.kind !== 'known') return waiting(`not known at ${site}: ${read?.reason ?? 'not read'}`)
  if (read.value.role !== 'primary')
    return blocked(`not primary at ${site}: what would be kept is a copy, and what would be deleted the primary`)
  return ready(site, endsIt(member))
}

/** The journal goes on costing every write twice where nobody reads it any more. The exclusive lock stays: it costs nothing. */
export const removeJournaling: Step = stepFor('image', {
  name: 'remove-journaling',
  applies: ({ mode }) => mode === 'journal',
  observe: (subjects, context) =>
    eachFound(subjects, context, (member, found) => {
      if (!found.features.includes('journaling')) return done('no journal')
      if (found.globalId !== null) return waiting('it is mirrored again: somebody enabled it meanwhile')
      return ready(context.plan.from, mirrorArgv.featureDisable(specText(member.image), 'journaling'))
    }),
  preview: ({ image, poolMode }, { from }) =>
    poolMode === 'pool' ? [] : [{ site: from, argv: mirrorArgv.featureDisable(specText(image), 'journaling') }],
})

/** rbd-mirror at the other site deletes the copies by itself: seen, so that nobody takes one for an image that is kept. */
export const seeCopiesGone: Step = stepFor('image', {
  name: 'see-copies-gone',
  async observe(subjects, { plan, mirror }) {
    const images = subjects.map(({ member }) => member.image)
    const [found, lineages] = await Promise.all([mirror(plan.to).found(images), mirror(plan.to).lineages(images)])
    return subjects.map(({ member }, index): Look => {
      const one = found[index]
      if (one === undefined || one.kind === 'unknown')
        return waiting(`not known at ${plan.to}: ${one?.reason ?? 'not read'}`)
      if (one.value.kind === 'absent') return done(`no copy is at ${plan.to} any more`)
      const { globalId } = one.value
      if (globalId === null)
        return done(`what has its name at ${plan.to} is not mirrored: it stays, and nobody follows it`)
      if (globalId !== member.globalId) return done(`another image has its name at ${plan.to}`)
      if (isPrimaryCopy(lineages[index]))
        return blocked(`primary at ${plan.to}: it is no copy any more, stays, and must not be deleted by hand`)
      return waiting(`rbd-mirror at ${plan.to} has not deleted the copy yet`)
    })
  },
})
