import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LONGEST_WAIT_MS, retryWaitMs, roundPaceMs } from './pace'

const lot = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

test('a site is never read more often than every three times what a round takes there, nor than every 5 s', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 600_000 }), lot, (busyMs, drawn) => {
      const paceMs = roundPaceMs(busyMs, drawn)
      expect(paceMs).toBeGreaterThanOrEqual(Math.max(5_000, 3 * busyMs))
      expect(paceMs).toBeLessThanOrEqual(1.05 * Math.max(5_000, 3 * busyMs))
    }),
  )
  expect(roundPaceMs(10_000, 0.9)).toBeGreaterThan(roundPaceMs(10_000, 0.1))
})

test('a site that does not answer is asked half as often each time, down to every half minute, and never in step', () => {
  const waits = [1, 2, 3, 4, 5, 6, 60].map((failures) => retryWaitMs(failures, 1))
  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, LONGEST_WAIT_MS, LONGEST_WAIT_MS])
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2_000 }), lot, (failures, drawn) => {
      expect(retryWaitMs(failures, drawn)).toBeGreaterThanOrEqual(0.75 * retryWaitMs(failures, 1))
      expect(retryWaitMs(failures, drawn)).toBeLessThanOrEqual(LONGEST_WAIT_MS)
    }),
  )
  expect(retryWaitMs(3, 0)).toBe(3_000)
})
