import type { ImageMember, Plan, PlanOptions, ScheduleMember } from '@/lib/domain/plan'
import type { SiteName } from '@/lib/domain/words'

const STEPS: Plan['steps'] = [
  {
    name: 'check-loser',
    title: 'Look at both copies again',
    proof:
      'the chosen copy is a primary that answers, the other one is of another history, and no client holds it open',
  },
  {
    name: 'end-mirroring',
    title: 'Take the copies that lost out of mirroring, clones first',
    proof: 'they are there with their data, and mirrored no more',
  },
  {
    name: 'keep-loser',
    title: 'Keep them under another name',
    proof: 'the same image, by its id, has the other name',
  },
  {
    name: 'set-schedule',
    title: 'Set the snapshot schedules that the chosen copies lack',
    proof: 'each is listed at the chosen site',
  },
  {
    name: 'see-following',
    title: 'See a new copy made, and follow',
    proof: 'a new image has the old name there, whole, and replays what the chosen one writes',
  },
  {
    name: 'take-snapshot',
    title: 'Take a mirror snapshot at the chosen copy',
    proof: 'a snapshot made in this run is there',
  },
  {
    name: 'see-arrival',
    title: 'See it arrive at the new copy',
    proof: 'a snapshot made in this run is complete there: what is held is not older than the run',
  },
]

/** Of two primaries, or of a split-brain, `from` was chosen: `to` gets new copies, and what it had is kept. */
export function compileReprotect(input: {
  readonly from: SiteName
  readonly to: SiteName
  readonly options: PlanOptions
  readonly images: readonly ImageMember[]
  /** What `from` lacks, and the copies that lost had. */
  readonly schedules: readonly ScheduleMember[]
}): Plan {
  const images = [...input.images].sort((a, b) => (a.key < b.key ? -1 : 1))
  const pools = [...new Set(images.map(({ image }) => image.pool))].sort()
  const { from, to, options } = input
  return {
    procedure: 'reprotect',
    version: 1,
    from,
    to,
    options,
    steps: STEPS,
    members: [{ kind: 'sites', key: 'sites', family: 'sites', generation: 0, pools }, ...images, ...input.schedules],
  }
}

/** The name that a copy that lost is kept by: its own id makes it unique, and tells one such copy from the next. */
export const keptName = (name: string, imageId: string): string => `${name}.kept-${imageId.slice(-8)}`
