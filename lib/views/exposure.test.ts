import { expect, test } from 'vitest'
import { exposureSec, heldUntil, lateness } from './exposure'

const samples = new Map([['west/volumes', 5_000]])
const row = { pool: 'volumes', primarySite: 'west', caughtUp: true, heldUntilAt: null }

test('exposure counts on from what is held and is never negative', () => {
  expect(exposureSec(1_000, 43_000)).toBe(42)
  expect(exposureSec(5_000, 1_000)).toBe(0)
})

test('nothing held is not late: it is unknown', () => {
  expect(lateness(null, 30, 1e12)).toBe('in time')
  expect(lateness(0, 30, 30_000)).toBe('in time')
  expect(lateness(0, 30, 30_001)).toBe('late')
})

test('a copy that is caught up holds all up to the last sample of its pool', () => {
  expect(heldUntil(row, samples)).toBe(5_000)
  expect(heldUntil({ ...row, heldUntilAt: 7_000 }, samples)).toBe(7_000)
  expect(heldUntil({ ...row, caughtUp: false, heldUntilAt: 2_000 }, samples)).toBe(2_000)
})

test('without a sample nothing is known to be held', () => {
  expect(heldUntil(row, new Map())).toBeNull()
  expect(heldUntil({ ...row, primarySite: null }, samples)).toBeNull()
})
