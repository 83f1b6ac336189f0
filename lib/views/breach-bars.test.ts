import { expect, test } from 'vitest'
import { breachBars, shareWithin } from './breach-bars'

const breach = (startedAt: number, endedAt: number | null) => ({ startedAt, endedAt, worstSec: 60 })

test('breaches become bars, cut at the strip, and one that lasts reaches its end', () => {
  const bars = breachBars([breach(90, null), breach(-50, 10), breach(40, 40), breach(-90, -80)], 0, 100)
  expect(bars.map(({ start, width }) => [start, Number(width.toFixed(3))])).toEqual([
    [0.9, 0.1],
    [0, 0.1],
    [0.4, 0.004],
  ])
})

test('the share within the objective', () => {
  expect(shareWithin([breach(90, null), breach(-50, 10)], 0, 100)).toBeCloseTo(0.8)
  expect(shareWithin([], 0, 100)).toBe(1)
})
