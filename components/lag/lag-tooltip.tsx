'use client'

import { durationText } from '@/lib/views/duration-text'
import { LAG_FLOOR_SEC, type LagLine, type LagRow } from '@/lib/views/lag-chart'
import { fullMomentText } from '@/lib/views/time-text'

const SHOWN = 8

export function LagTooltip({ row, lines }: { readonly row: LagRow | undefined; readonly lines: readonly LagLine[] }) {
  if (row === undefined) return null
  const read = lines
    .flatMap((line) => {
      const sec = row[line.key] ?? null
      return sec === null ? [] : [{ line, sec }]
    })
    .sort((a, b) => b.sec - a.sec)
  return (
    <div className="rounded-lg border border-line-strong bg-raised px-3 py-2 text-sm shadow-lg shadow-black/25">
      <p className="mb-1 text-faint">{fullMomentText(row.at)}</p>
      {read.length === 0 && <p className="text-unknown">◌ not read then</p>}
      {read.slice(0, SHOWN).map(({ line, sec }) => (
        <p key={line.key} className="flex items-baseline justify-between gap-6">
          <span className="text-dim">{line.title}</span>
          <span className={sec > line.objectiveSec ? 'font-medium text-behind' : 'text-ink'}>
            {sec <= LAG_FLOOR_SEC ? 'under 1 s' : durationText(sec)}
          </span>
        </p>
      ))}
    </div>
  )
}
