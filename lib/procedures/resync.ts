import type { ImageMember, Plan, PlanOptions } from '@/lib/domain/plan'
import type { SiteName } from '@/lib/domain/words'

const STEPS: Plan['steps'] = [
  {
    name: 'check-resync',
    title: 'Look at both copies twice',
    proof: 'the peer answers as a whole primary that holds all that the copy has, and nothing hangs on the copy',
  },
  {
    name: 'resync',
    title: 'Delete the copies, and have them copied again',
    proof: 'the copy that was looked at is gone, by its id',
  },
  {
    name: 'see-following',
    title: 'See a new copy made, and follow',
    proof: 'a new image has the name there, whole, and replays what the primary writes',
  },
]

/** Copies at `to` are deleted and copied again from their primaries at `from`. Same input, same plan. */
export function compileResync(input: {
  readonly from: SiteName
  readonly to: SiteName
  readonly options: PlanOptions
  readonly images: readonly ImageMember[]
}): Plan {
  const images = [...input.images].sort((a, b) => (a.key < b.key ? -1 : 1))
  const pools = [...new Set(images.map(({ image }) => image.pool))].sort()
  const { from, to, options } = input
  return {
    procedure: 'resync',
    version: 1,
    from,
    to,
    options,
    steps: STEPS,
    members: [{ kind: 'sites', key: 'sites', family: 'sites', generation: 0, pools }, ...images],
  }
}
