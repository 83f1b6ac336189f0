import { Exposure } from '@/components/live/exposure'
import { StateText } from '@/components/ui/state-mark'
import { countOf } from '@/lib/views/count-text'
import type { WorstView } from '@/lib/views/servers'

/** As exposed as the worst volume; what has no copy or is not known is said before any figure. */
export function WorstCell({ worst }: { readonly worst: WorstView }) {
  if (worst.kind === 'none') return <span className="text-faint">no volume: nothing of it is replicated</span>
  if (worst.kind === 'no-copy') {
    return (
      <StateText tone="bad">
        {worst.volumes === 1 ? 'no copy' : `${countOf(worst.withoutCopy, 'volume')} without a copy`}: {worst.why}
      </StateText>
    )
  }
  if (worst.kind === 'unknown') {
    return (
      <StateText tone="unknown">
        unknown for {countOf(worst.unknown, 'volume')}: {worst.why}
      </StateText>
    )
  }
  // From the oldest point held to where the first volume is late: what counts is whether that has come.
  const objectiveSec = ((worst.breachAt ?? 0) - (worst.heldUntilAt ?? 0)) / 1000
  return <Exposure heldUntilAt={worst.heldUntilAt} objectiveSec={objectiveSec} grade={worst.grade} words="figure" />
}
