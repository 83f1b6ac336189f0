import type { ImageMember } from '@/lib/domain/plan'
import { type ImageSpec, specText } from '@/lib/domain/words'
import { type FoundImage, mirrorArgv } from '@/lib/ports/mirror'
import { blocked, done, type Look, ready, type Step, type StepContext, type Subject, stepFor, waiting } from '../step'
import { unlessHeldOpen } from './stop-clients'

/*
 * A resync deletes a copy before it makes a new one (ceph-facts 2), takes what it diverged by along, and fails where the
 * copy has clones. So the copy that lost is not resynced: its mirroring ends, it gets another name, and rbd-mirror makes a
 * new copy under the old one. It costs no copying, nothing is deleted, and what lost can be opened and compared.
 */

/** Clones first: Ceph keeps the mirroring of a parent while a mirrored clone hangs on it. Nothing is renamed before all are out. */
export const endMirroring: Step = stepFor('image', {
  name: 'end-mirroring',
  async observe(subjects, context) {
    const { to } = context.plan
    const looks = await atLoser(subjects, context, (member, names) =>
      names.kept?.kind === 'there' || names.own.globalId === null
        ? done('out of mirroring')
        : ready(to, mirrorArgv.endMirroring(specText(member.image))),
    )
    // Ceph lets a client write on through all of this, into what is kept: nobody would miss it before it is too late.
    return unlessHeldOpen(looks, subjects, context, to)
  },
  preview: (member, plan) => [{ site: plan.to, argv: mirrorArgv.endMirroring(specText(member.image)) }],
  rank: (member) => -member.generation,
})

/** Its own name is free for the new copy, parents first. */
export const keepLoser: Step = stepFor('image', {
  name: 'keep-loser',
  observe: (subjects, context) =>
    atLoser(subjects, context, (member, { own, kept }) => {
      if (kept?.kind === 'there') return done(`kept as ${specText(keptSpec(member))}`)
      if (own.globalId !== null) return waiting('it is mirrored again: somebody enabled it meanwhile')
      return ready(context.plan.to, mirrorArgv.rename(specText(member.image), specText(keptSpec(member))))
    }),
  preview: (member, plan) => [
    { site: plan.to, argv: mirrorArgv.rename(specText(member.image), specText(keptSpec(member))) },
  ],
  rank: (member) => member.generation,
})

/** Where the copy that lost is kept. */
export const keptSpec = ({ image, loser }: ImageMember): ImageSpec => ({
  ...image,
  name: loser?.keptAs ?? `${image.name}.kept`,
})

interface Names {
  /** The copy that lost, under its own name. */
  readonly own: Extract<FoundImage, { kind: 'there' }>
  /** The same under the name that it is kept by; null where it is not there yet. */
  readonly kept: Extract<FoundImage, { kind: 'there' }> | null
}

/** Looks at what has both names now, and at the good copy: nothing is touched unless that one is a primary that answers. */
async function atLoser(
  subjects: readonly Subject<ImageMember>[],
  { plan, mirror }: StepContext,
  decide: (member: ImageMember, names: Names) => Look,
): Promise<readonly Look[]> {
  const members = subjects.map(({ member }) => member)
  const images = members.map(({ image }) => image)
  const [good, found] = await Promise.all([
    mirror(plan.from).lineages(images),
    mirror(plan.to).found([...images, ...members.map(keptSpec)]),
  ])
  return members.map((member, index): Look => {
    const [own, kept] = [found[index], found[index + members.length]]
    for (const one of [own, kept]) {
      if (one === undefined || one.kind === 'unknown')
        return waiting(`not known at ${plan.to}: ${one?.reason ?? 'not read'}`)
    }
    if (own?.kind !== 'known' || kept?.kind !== 'known') return waiting(`not known at ${plan.to}`)
    const id = member.loser?.imageId
    if (kept.value.kind === 'there') {
      if (kept.value.imageId !== id)
        return blocked(`${specText(keptSpec(member))} is another image at ${plan.to}: rename that one first`)
      return decide(member, { own: kept.value, kept: kept.value })
    }
    if (own.value.kind === 'absent') return blocked(`${specText(member.image)} is no longer at ${plan.to}`)
    if (own.value.imageId !== id) return blocked(`another image stands at ${plan.to} than the one that was looked at`)
    const winner = good[index]
    if (winner?.kind !== 'known') return waiting(`not known at ${plan.from}: ${winner?.reason ?? 'not read'}`)
    if (winner.value.globalId !== member.globalId) return blocked(`another image has this name at ${plan.from} now`)
    if (winner.value.role !== 'primary')
      return blocked(`not primary at ${plan.from} any more: what is at ${plan.to} may be the last good copy`)
    return decide(member, { own: own.value, kept: null })
  })
}
