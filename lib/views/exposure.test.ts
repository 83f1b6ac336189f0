import { expect, test } from 'vitest'
import { exposureSec, lateness } from './exposure'

test('exposure counts on from what is held and is never negative', () => {
  expect(exposureSec(1_000, 43_000)).toBe(42)
  expect(exposureSec(5_000, 1_000)).toBe(0)
})

test('nothing held is not late: it is unknown', () => {
  expect(lateness(null, 30, 1e12)).toBe('in time')
  expect(lateness(0, 30, 30_000)).toBe('in time')
  expect(lateness(0, 30, 30_001)).toBe('late')
})
