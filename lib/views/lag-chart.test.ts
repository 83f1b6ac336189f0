import { expect, test } from 'vitest'
import { lagChart, lagTicks } from './lag-chart'

const series = (pool: string, objectiveSec: number, points: [number, number | null, number | null][]) => ({
  pair: 'a~b',
  pool,
  from: 'a',
  to: 'b',
  objectiveSec,
  points,
})

test('series stand side by side, a minute that nobody wrote is a gap, zero is drawn at the floor', () => {
  const chart = lagChart({
    now: 180_000,
    fromAt: 0,
    slotMs: 60_000,
    series: [
      series('fine', 100, [
        [0, 0, 0],
        [60_000, 3, 2],
      ]),
      series('late', 30, [
        [0, 20, 1],
        [180_000, 45, 2],
      ]),
    ],
  })
  expect(chart.rows).toEqual([
    { at: 0, s0: 0.5, s1: 20 },
    { at: 60_000, s0: 3, s1: null },
    { at: 120_000, s0: null, s1: null },
    { at: 180_000, s0: null, s1: 45 },
  ])
  expect(chart.lines.map((line) => [line.title, line.rank])).toEqual([
    ['late', 0],
    ['fine', 1],
  ])
  expect(chart.objectives).toEqual([30, 100])
  expect(chart.ceilingSec).toBe(600)
})

test('the axis is marked in units that one says', () => {
  expect(lagTicks(600)).toEqual([1, 10, 60, 600])
})
