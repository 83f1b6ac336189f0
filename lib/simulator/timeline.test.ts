import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Gap, gapsOf, unionOf, valueAt, workAfter, workBefore, workedMs } from './timeline'

const gaps = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 1, max: 2_000 })), { maxLength: 6 })
  .map((spans): Gap[] => unionOf([spans.map(([from, length]) => ({ from, to: from + length }))]))
const moment = fc.integer({ min: 0, max: 12_000 })
const work = fc.integer({ min: 1, max: 3_000 })

test('work that is begun at a moment is done when exactly so much working time has passed', () => {
  fc.assert(
    fc.property(gaps, moment, work, (off, t, ms) => {
      expect(workedMs(off, t, workAfter(off, t, ms))).toBe(ms)
    }),
  )
})

test('what was made by the horizon is done, and what was made after it is not', () => {
  fc.assert(
    fc.property(gaps, moment, work, (off, t, ms) => {
      const horizon = workBefore(off, t, ms)
      expect(workAfter(off, horizon, ms)).toBeLessThanOrEqual(t)
      expect(workAfter(off, horizon + 1, ms)).toBeGreaterThan(t)
    }),
  )
})

test('the horizon never goes back as time passes', () => {
  fc.assert(
    fc.property(gaps, moment, moment, work, (off, a, b, ms) => {
      const [earlier, later] = a < b ? [a, b] : [b, a]
      expect(workBefore(off, later, ms)).toBeGreaterThanOrEqual(workBefore(off, earlier, ms))
    }),
  )
})

test('a line that is bad to this day has a gap without an end', () => {
  const line = [
    { at: 5, value: 'down' },
    { at: 9, value: 'up' },
    { at: 20, value: 'down' },
  ]
  expect(gapsOf(line, 'up')).toEqual([
    { from: 5, to: 9 },
    { from: 20, to: Number.POSITIVE_INFINITY },
  ])
  expect([4, 5, 9, 30].map((t) => valueAt(line, t, 'up'))).toEqual(['up', 'down', 'up', 'down'])
})
