import { Progress } from '@/components/ui/progress'
import { sizeText } from '@/lib/views/size-text'

interface CapacityBarProps {
  readonly usedBytes: number
  readonly totalBytes: number
}

/** Ceph warns at 85 % and stops writes at 95 %. */
const NEAR_FULL = 0.85
const FULL = 0.95

export function CapacityBar({ usedBytes, totalBytes }: CapacityBarProps) {
  const share = totalBytes > 0 ? usedBytes / totalBytes : 0
  const tone = share >= FULL ? 'bad' : share >= NEAR_FULL ? 'behind' : 'none'
  return (
    <>
      <span className="mb-1.5 flex items-baseline justify-between gap-4">
        <span>
          <span className="font-medium">{sizeText(usedBytes)}</span>{' '}
          <span className="text-faint">of {sizeText(totalBytes)}</span>
        </span>
        <span className="text-dim">{Math.round(share * 100)} %</span>
      </span>
      <Progress
        label="Used"
        total={totalBytes}
        shares={[{ tone, count: usedBytes, text: `${Math.round(share * 100)} % used` }]}
      />
    </>
  )
}
