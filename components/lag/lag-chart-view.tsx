'use client'

import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { durationText } from '@/lib/views/duration-text'
import { LAG_FLOOR_SEC, type LagChart, type LagLine, lagTicks } from '@/lib/views/lag-chart'
import { minuteText, momentText } from '@/lib/views/time-text'
import { LagTooltip } from './lag-tooltip'

const COLOURED = 6
export const colourOf = (rank: number): string => (rank < COLOURED ? `var(--series-${rank + 1})` : 'var(--line-strong)')

interface LagChartViewProps {
  readonly chart: LagChart
  readonly slotMs: number
}

export function LagChartView({ chart, slotMs }: LagChartViewProps) {
  const { rows, lines, objectives, ceilingSec } = chart
  const first = rows[0]?.at ?? 0
  const last = rows.at(-1)?.at ?? 0
  return (
    <figure>
      <div className="h-64 text-sm">
        <ResponsiveContainer width="100%" height="100%">
          <LineChart data={[...rows]} margin={{ top: 8, right: 8, bottom: 0, left: 0 }} accessibilityLayer>
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              dataKey="at"
              type="number"
              domain={[first, last]}
              ticks={timeTicks(first, last)}
              tickFormatter={(at: number) => (slotMs > 600_000 ? momentText(at, last).slice(0, 6) : minuteText(at))}
              tick={{ fill: 'var(--faint)', fontSize: 12 }}
              axisLine={{ stroke: 'var(--line)' }}
              tickLine={false}
              minTickGap={32}
            />
            <YAxis
              scale="log"
              type="number"
              domain={[LAG_FLOOR_SEC, ceilingSec]}
              ticks={lagTicks(ceilingSec)}
              tickFormatter={(sec: number) => durationText(sec)}
              tick={{ fill: 'var(--faint)', fontSize: 12 }}
              axisLine={false}
              tickLine={false}
              width={56}
              allowDataOverflow
            />
            {objectives.map((objective) => (
              <ReferenceLine
                key={objective}
                y={objective}
                stroke="var(--behind)"
                strokeDasharray="4 4"
                label={{
                  value: `objective ${durationText(objective)}`,
                  position: 'insideBottomLeft',
                  fill: 'var(--behind)',
                  fontSize: 12,
                }}
              />
            ))}
            <Tooltip
              isAnimationActive={false}
              cursor={{ stroke: 'var(--line-strong)' }}
              content={({ active, label }) =>
                active === true ? <LagTooltip row={rows.find((row) => row.at === label)} lines={lines} /> : null
              }
            />
            {/* The worst is drawn last, on top. */}
            {lines.toReversed().map((line) => (
              <Line
                key={line.key}
                dataKey={line.key}
                name={line.title}
                stroke={colourOf(line.rank)}
                strokeWidth={line.rank < COLOURED ? 1.75 : 1}
                dot={false}
                activeDot={{ r: 3 }}
                isAnimationActive={false}
                connectNulls={false}
              />
            ))}
          </LineChart>
        </ResponsiveContainer>
      </div>
      <Legend lines={lines} />
    </figure>
  )
}

/** Worst first, with the newest figure: the order in which the eye should go. */
function Legend({ lines }: { readonly lines: readonly LagLine[] }) {
  return (
    <figcaption className="mt-3 flex flex-wrap gap-x-5 gap-y-1 text-sm text-dim">
      {lines.slice(0, COLOURED).map((line) => (
        <span key={line.key} className="inline-flex items-center gap-1.5">
          <span aria-hidden className="h-0.5 w-4 rounded" style={{ background: colourOf(line.rank) }} />
          {line.title}
          <span className={line.lastSec !== null && line.lastSec > line.objectiveSec ? 'text-behind' : 'text-faint'}>
            {line.lastSec === null ? 'not read' : durationText(line.lastSec)}
          </span>
        </span>
      ))}
      {lines.length > COLOURED && <span className="text-faint">and {lines.length - COLOURED} more, in grey</span>}
    </figcaption>
  )
}

const NICE_MS = [300_000, 900_000, 1_800_000, 3_600_000, 10_800_000, 21_600_000, 86_400_000]

/** Marks at full quarters, hours or days, at most eight of them. */
function timeTicks(first: number, last: number): number[] {
  const step = NICE_MS.find((ms) => (last - first) / ms <= 8) ?? 86_400_000
  const ticks: number[] = []
  for (let at = Math.ceil(first / step) * step; at <= last; at += step) ticks.push(at)
  return ticks
}
