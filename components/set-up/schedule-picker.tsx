'use client'

import { Empty } from '@/components/ui/empty'
import { Select } from '@/components/ui/select'
import { intervalSec, tooTight } from '@/lib/domain/objective'
import { durationText } from '@/lib/views/duration-text'
import type { GroundView } from '@/lib/views/set-up'
import { useSetUpDraft } from './draft'

const CHOICES = [
  { value: '', text: 'none' },
  ...['1m', '2m', '5m', '10m', '15m', '30m', '1h', '6h', '1d'].map((value) => ({ value, text: `every ${value}` })),
]

/** By pool: for all images in snapshot mode that are primary in it. */
export function SchedulePicker({ ground }: { readonly ground: GroundView }) {
  const { draft, change } = useSetUpDraft()
  if (draft.pools.length === 0) return <Empty title="Choose pools first">Each has a schedule of its own.</Empty>
  return (
    <ul aria-label="Schedules" className="divide-y divide-line rounded-lg border border-line">
      {draft.pools.map(({ name, mode }) => {
        const interval = draft.schedules[name] ?? ''
        const objective = ground.pools.find((pool) => pool.name === name)?.objectiveSec
        const seconds = intervalSec(interval)
        return (
          <li key={name} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
            <span className="w-40 font-mono text-sm">{name}</span>
            {mode === 'pool' ? (
              <span className="text-sm text-dim">mirrored whole, by journal: it needs none</span>
            ) : (
              <Select
                label={`Schedule of ${name}`}
                size="small"
                value={interval}
                choices={CHOICES}
                onChoose={(chosen) => change({ schedules: { ...draft.schedules, [name]: chosen } })}
              />
            )}
            {objective !== undefined && seconds !== null && tooTight(objective, seconds) && (
              <span className="text-sm text-behind">
                breaks the objective of {durationText(objective)} by design: a copy is up to twice the interval behind
              </span>
            )}
          </li>
        )
      })}
    </ul>
  )
}
