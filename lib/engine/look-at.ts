import type { Lineage } from '@/lib/domain/lineage'
import type { ImageMember } from '@/lib/domain/plan'
import type { Reading } from '@/lib/domain/reading'
import { AdapterError } from '@/lib/ports/errors'
import type { Look, StepContext, Subject } from './step'
import { waiting } from './step'

/** Both copies of every image, read now: one call a site, never one an image. */
export async function bothSides(
  subjects: readonly Subject<ImageMember>[],
  { plan, mirror }: StepContext,
): Promise<readonly { readonly from: Reading<Lineage>; readonly to: Reading<Lineage> }[]> {
  const images = subjects.map(({ member }) => member.image)
  const [from, to] = await Promise.all([mirror(plan.from).lineages(images), mirror(plan.to).lineages(images)])
  return images.map((_, index) => ({ from: at(from, index), to: at(to, index) }))
}

function at(readings: readonly Reading<Lineage>[], index: number): Reading<Lineage> {
  return readings[index] ?? { kind: 'unknown', reason: 'the answer left it out' }
}

/** Looks at both sides where both could be read; what could not be read waits and says so. */
export async function lookAtBoth(
  subjects: readonly Subject<ImageMember>[],
  context: StepContext,
  decide: (subject: Subject<ImageMember>, from: Lineage, to: Lineage) => Look,
): Promise<readonly Look[]> {
  const sides = await bothSides(subjects, context)
  return subjects.map((subject, index) => {
    const side = sides[index]
    if (side === undefined) return waiting('not read')
    if (side.from.kind === 'unknown') return waiting(`not known at ${context.plan.from}: ${side.from.reason}`)
    if (side.to.kind === 'unknown') return waiting(`not known at ${context.plan.to}: ${side.to.reason}`)
    const stranger = [side.from.value, side.to.value].find((copy) => copy.globalId !== subject.member.globalId)
    if (stranger !== undefined) {
      return { kind: 'blocked', reason: `another image has this name now: its global id is ${stranger.globalId}` }
    }
    return decide(subject, side.from.value, side.to.value)
  })
}

/** A site that is taken for lost is given so long to say that it is not: Ceph's own time-outs here are 5 s. */
export const LOST_DEADLINE_MS = 8_000

/** The same where one site may be lost: what does not answer as a whole is unknown for each image, and nobody waits for it. */
export async function sidesOfLost(
  subjects: readonly Subject<ImageMember>[],
  { plan, mirror }: StepContext,
): Promise<readonly { readonly from: Reading<Lineage>; readonly to: Reading<Lineage> }[]> {
  const images = subjects.map(({ member }) => member.image)
  const lost = mirror(plan.from)
    .lineages(images, { deadlineMs: LOST_DEADLINE_MS })
    .catch((error: unknown): readonly Reading<Lineage>[] => {
      if (!(error instanceof AdapterError)) throw error
      return images.map(() => ({ kind: 'unknown', reason: error.told }))
    })
  const [from, to] = await Promise.all([lost, mirror(plan.to).lineages(images)])
  return images.map((_, index) => ({ from: at(from, index), to: at(to, index) }))
}
