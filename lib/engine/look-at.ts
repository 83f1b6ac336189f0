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
export const LOST_DEADLINE_MS = 6_000

/** What a site that may be lost says of these images; `silent`: nothing at all, and then each of them is unknown. */
export interface LostSide {
  readonly readings: readonly Reading<Lineage>[]
  readonly silent: boolean
  readonly told: string
}

export async function lostSide(
  subjects: readonly Subject<ImageMember>[],
  { plan, mirror }: StepContext,
): Promise<LostSide> {
  const images = subjects.map(({ member }) => member.image)
  try {
    const readings = await mirror(plan.from).lineages(images, { deadlineMs: LOST_DEADLINE_MS })
    return { readings, silent: false, told: `${plan.from} answers` }
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error
    const reason = error.told
    return {
      readings: images.map(() => ({ kind: 'unknown', reason })),
      silent: error.kind === 'unreachable',
      told: reason,
    }
  }
}

/** Both copies where one site may be lost: what it does not answer is unknown, and nobody waits for it. */
export async function sidesOfLost(
  subjects: readonly Subject<ImageMember>[],
  context: StepContext,
): Promise<readonly { readonly from: Reading<Lineage>; readonly to: Reading<Lineage> }[]> {
  const { plan, mirror } = context
  const [lost, to] = await Promise.all([
    lostSide(subjects, context),
    mirror(plan.to).lineages(subjects.map(({ member }) => member.image)),
  ])
  return subjects.map((_, index) => ({ from: at(lost.readings, index), to: at(to, index) }))
}
