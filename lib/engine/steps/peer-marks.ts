import { markOf, type PeerMarks } from '@/lib/domain/peer-mark'
import type { ImageMember } from '@/lib/domain/plan'
import { AdapterError } from '@/lib/ports/errors'
import type { StepContext, Subject } from '../step'

export const NO_MARKS: PeerMarks = { from: { kind: 'unknown' }, to: { kind: 'unknown' } }

/** How the two sites of a plan know each other in each pool of these images. Throws AdapterError. */
export async function peerMarks(
  subjects: readonly Subject<ImageMember>[],
  { plan, mirror }: StepContext,
): Promise<(member: ImageMember) => PeerMarks> {
  const pools = [...new Set(subjects.map(({ member }) => member.image.pool))]
  const read = await Promise.all(
    pools.map(async (pool): Promise<[string, PeerMarks]> => {
      const [from, to] = await Promise.all([mirror(plan.from).poolMirroring(pool), mirror(plan.to).poolMirroring(pool)])
      return [pool, { from: markOf(to, from, plan.from), to: markOf(from, to, plan.to) }]
    }),
  )
  const byPool = new Map(read)
  return ({ image }) => byPool.get(image.pool) ?? NO_MARKS
}

/** The same where a site may be lost: what it does not say is unknown. */
export async function marksOrNone(...asked: Parameters<typeof peerMarks>): ReturnType<typeof peerMarks> {
  try {
    return await peerMarks(...asked)
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error
    return () => NO_MARKS
  }
}
