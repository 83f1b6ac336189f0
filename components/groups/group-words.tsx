import { Exposure } from '@/components/live/exposure'
import { StateText, type Tone } from '@/components/ui/state-mark'
import type { GroupLine } from '@/lib/views/groups'

const READINESS_WORDS: Readonly<Record<GroupLine['readiness'], { readonly tone: Tone; readonly text: string }>> = {
  ready: { tone: 'ok', text: 'ready' },
  'not-ready': { tone: 'bad', text: 'not ready' },
  unknown: { tone: 'unknown', text: 'unknown' },
}

export function ReadinessText({ readiness }: Pick<GroupLine, 'readiness'>) {
  const { tone, text } = READINESS_WORDS[readiness]
  return <StateText tone={tone}>{text}</StateText>
}

/** How far the copies of a group are behind, by the one that holds it back. */
export function WorstExposure({ worst }: Pick<GroupLine, 'worst'>) {
  if (worst.heldUntilAt === null) return <span className="text-faint">–</span>
  // From the oldest point held to where the first member is late: what counts is whether that has come.
  const objectiveSec = ((worst.breachAt ?? 0) - worst.heldUntilAt) / 1000
  return <Exposure heldUntilAt={worst.heldUntilAt} objectiveSec={objectiveSec} grade={worst.grade} words="figure" />
}

export const driftText = ({ joined, left }: NonNullable<GroupLine['drift']>): string =>
  [...(joined > 0 ? [`${joined} joined`] : []), ...(left > 0 ? [`${left} left`] : [])].join(', ')
