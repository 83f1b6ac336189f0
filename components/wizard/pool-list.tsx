'use client'

import { useNow } from '@/components/live/clock'
import { Checkbox } from '@/components/ui/checkbox'
import { Empty } from '@/components/ui/empty'
import { Progress } from '@/components/ui/progress'
import { countOf, countText } from '@/lib/views/count-text'
import { durationText } from '@/lib/views/duration-text'
import { exposureSec } from '@/lib/views/exposure'
import type { Direction } from '@/lib/views/failover-choices'
import { useDraft } from './draft'

type PoolShare = Direction['pools'][number]

/** The pools of the chosen direction, each with how its images stand. */
export function PoolList({ pools }: { readonly pools: readonly PoolShare[] | null }) {
  const { draft, change } = useDraft()
  if (draft.from === '' || draft.to === '')
    return <Empty title="Choose the two sites first">The pools depend on them.</Empty>
  if (pools === null || pools.length === 0) {
    return (
      <Empty title={`No pool has images that are primary at ${draft.from} with a copy at ${draft.to}`}>
        Where mirroring was set up just now, the next reading finds them.
      </Empty>
    )
  }
  const toggle = (pool: string) =>
    change({
      leaveOut: [],
      pools: draft.pools.includes(pool) ? draft.pools.filter((one) => one !== pool) : [...draft.pools, pool],
    })
  return (
    <ul aria-label="Pools" className="divide-y divide-line rounded-lg border border-line">
      {pools.map((pool) => (
        <li key={pool.pool}>
          <PoolRow
            pool={pool}
            state={draft.pools.includes(pool.pool) ? 'on' : 'off'}
            onToggle={() => toggle(pool.pool)}
          />
        </li>
      ))}
    </ul>
  )
}

interface PoolRowProps {
  readonly pool: PoolShare
  readonly state: 'on' | 'off'
  readonly onToggle: () => void
}

function PoolRow({ pool, state, onToggle }: PoolRowProps) {
  const now = useNow()
  const { images, byVerdict, behindObjective, worstHeldUntilAt } = pool
  const following = (byVerdict.following ?? 0) - behindObjective
  const other = images - following - behindObjective - (byVerdict.copying ?? 0)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the checkbox inside has the key; this only makes the target larger
    // biome-ignore lint/a11y/noStaticElementInteractions: as above
    <div
      onClick={onToggle}
      className="grid cursor-pointer grid-cols-[auto_1fr_auto] items-center gap-x-4 gap-y-1 px-4 py-2.5 hover:bg-raised sm:grid-cols-[auto_10rem_1fr_9rem_11rem]"
    >
      <Checkbox label={`Pool ${pool.pool}`} state={state} onToggle={onToggle} />
      <span className="font-mono text-sm">{pool.pool}</span>
      <Progress
        label={`Images of ${pool.pool}`}
        total={images}
        className="hidden sm:flex"
        shares={[
          { tone: 'ok', count: following, text: `${countText(following)} following` },
          { tone: 'behind', count: behindObjective, text: `${countText(behindObjective)} behind objective` },
          { tone: 'copying', count: byVerdict.copying ?? 0, text: `${countText(byVerdict.copying ?? 0)} copying` },
          { tone: 'bad', count: other, text: `${countText(other)} in trouble` },
        ]}
      />
      <span className="text-right">{countOf(images, 'image')}</span>
      <span className="hidden text-right text-sm text-faint sm:block">
        {worstHeldUntilAt === null ? 'exposure not known' : `worst ${durationText(exposureSec(worstHeldUntilAt, now))}`}
      </span>
    </div>
  )
}
