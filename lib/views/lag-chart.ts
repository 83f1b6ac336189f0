import type { LagSeries, LagView } from './lag'

/** A row of the chart: the slot's time and each series' worst exposure by its key, seconds. */
export interface LagRow {
  readonly at: number
  readonly [series: string]: number | null
}

export interface LagLine {
  readonly key: string
  readonly title: string
  readonly objectiveSec: number
  /** The newest figure, null where the last slot was not read. */
  readonly lastSec: number | null
  /** Drawn in a colour of its own; the others are many and grey. */
  readonly rank: number
}

export interface LagChart {
  readonly rows: readonly LagRow[]
  /** Worst first. */
  readonly lines: readonly LagLine[]
  readonly objectives: readonly number[]
  readonly ceilingSec: number
}

/** The axis is logarithmic and has no zero: what is less than half a second is drawn at half a second. */
const FLOOR_SEC = 0.5

/** Series beside each other, slot by slot. A slot that nobody wrote stays empty: a gap is a gap. */
export function lagChart({
  series,
  fromAt,
  slotMs,
  now,
}: LagView & { readonly series: readonly LagSeries[] }): LagChart {
  const directions = new Set(series.map(({ from, to }) => `${from}>${to}`))
  const keyed = series.map((one, index) => ({
    ...one,
    key: `s${index}`,
    title: directions.size > 1 ? `${one.pool} · ${one.from} → ${one.to}` : one.pool,
    byAt: new Map(one.points.map(([at, worst]) => [at, worst])),
    lastSec: one.points.findLast(([, worst]) => worst !== null)?.[1] ?? null,
  }))
  const rows: LagRow[] = []
  for (let at = startOf(series, fromAt, now, slotMs); at <= now; at += slotMs) {
    const row: Record<string, number | null> & { at: number } = { at }
    for (const { key, byAt } of keyed) {
      const worst = byAt.get(at) ?? null
      row[key] = worst === null ? null : Math.max(FLOOR_SEC, worst)
    }
    rows.push(row)
  }
  const past = (line: { lastSec: number | null; objectiveSec: number }) => (line.lastSec ?? 0) / line.objectiveSec
  const lines = keyed
    .filter(({ points }) => points.length > 0)
    .sort((a, b) => past(b) - past(a))
    .map(({ key, title, objectiveSec, lastSec }, rank) => ({ key, title, objectiveSec, lastSec, rank }))
  const objectives = [...new Set(lines.map((line) => line.objectiveSec))].sort((a, b) => a - b)
  const most = series.flatMap(({ points }) => points.map(([, worst]) => worst ?? 0))
  return { rows, lines, objectives, ceilingSec: niceCeiling(Math.max(...objectives, ...most, 10)) }
}

/** A console that was started a few minutes ago has no hour to show: the axis begins where the history does. */
function startOf(series: readonly LagSeries[], fromAt: number, now: number, slotMs: number): number {
  const first = Math.min(...series.flatMap(({ points }) => points[0]?.[0] ?? []))
  if (!Number.isFinite(first)) return fromAt
  const least = Math.floor((now - LEAST_SLOTS * slotMs) / slotMs) * slotMs
  return Math.max(fromAt, Math.min(first, least))
}

const LEAST_SLOTS = 10

const STEPS = [1, 10, 60, 600, 3600, 36_000, 86_400, 864_000]

/** Marks of the axis: 1 s, 10 s, 1 min, 10 min, 1 h and so on, as far as needed. */
export const lagTicks = (ceilingSec: number): number[] => STEPS.filter((step) => step <= ceilingSec)

const niceCeiling = (sec: number): number => STEPS.find((step) => step >= sec * 1.05) ?? sec * 2

export { FLOOR_SEC as LAG_FLOOR_SEC }
