import type { Stream } from '@/lib/domain/summary'
import { VERDICTS, type Verdict } from '@/lib/domain/verdict-words'

export interface StateLine {
  readonly verdict: Verdict | 'late'
  /** In the order of the streams; null: that stream has not been counted. */
  readonly byStream: readonly number[]
  readonly all: number
}

/** Always there, so that nobody has to wonder whether a zero is a zero. The others come where there are any. */
const ALWAYS: readonly Verdict[] = ['following', 'copying', 'split-brain', 'unknown']

type Counts = { readonly byVerdict: Readonly<Partial<Record<Verdict, number>>>; readonly behindObjective: number }

/** Image states by direction. Images without one direction (primary at both sites, or at none) are in `all` alone. */
export function stateTable(streams: readonly Stream[], all: Counts): StateLine[] {
  const count = (of: Counts, verdict: Verdict) => of.byVerdict[verdict] ?? 0
  const lines = VERDICTS.filter((verdict) => ALWAYS.includes(verdict) || count(all, verdict) > 0).map((verdict) => ({
    verdict,
    byStream: streams.map((stream) => count(stream, verdict)),
    all: count(all, verdict),
  }))
  const late = {
    verdict: 'late' as const,
    byStream: streams.map((stream) => stream.behindObjective),
    all: all.behindObjective,
  }
  return [...lines, late]
}
