import { expect, test } from 'vitest'
import { lossOf } from './loss'

const HELD = 100_000

test('the claim runs to the fence; without one to now, and on', () => {
  expect(lossOf(HELD, { lastHeardAt: 103_000, endAt: 110_000 }, 500_000)).toEqual({ atLeastSec: 3, atMostSec: 10 })
  expect(lossOf(HELD, { lastHeardAt: 103_000, endAt: null }, 160_000)).toEqual({ atLeastSec: 3, atMostSec: 60 })
})

test('a fence that is said to be older than the last word of the site does not make the claim smaller', () => {
  expect(lossOf(HELD, { lastHeardAt: 120_000, endAt: 105_000 }, 500_000)).toEqual({ atLeastSec: 20, atMostSec: 20 })
})

test('what is not known has no bound, and a copy that holds more than the end has lost nothing', () => {
  expect(lossOf(null, { lastHeardAt: 1, endAt: 2 }, 3)).toEqual({ atLeastSec: 0, atMostSec: null })
  expect(lossOf(HELD, { lastHeardAt: 90_000, endAt: 95_000 }, 500_000)).toEqual({ atLeastSec: 0, atMostSec: 0 })
})
