import { expect, test } from 'vitest'
import { fullBefore, type RoomReading, roomForecast } from './room-forecast'

const PLACE = { site: 'west', pool: 'volumes' }
const GIB = 2 ** 30
const at = (minute: number, availableBytes: number, journalBytes: number | null = null): RoomReading => ({
  at: minute * 60_000,
  availableBytes,
  journalBytes,
})

test('the rate so far is carried on: a GiB in ten minutes, and nine are left', () => {
  const forecast = roomForecast(PLACE, [at(0, 10 * GIB, 0), at(10, 9 * GIB, GIB / 2)], 10 * 60_000)
  expect(forecast).toMatchObject({ kind: 'filling', availableBytes: 9 * GIB, overMs: 600_000 })
  if (forecast.kind !== 'filling') throw new Error()
  expect(forecast.bytesPerSec).toBeCloseTo(GIB / 600)
  expect(forecast.journalBytesPerSec).toBeCloseTo(GIB / 1200)
  expect(forecast.fullAt).toBeCloseTo(100 * 60_000, -3)
  expect(fullBefore(forecast, 101 * 60_000, 10 * 60_000)).toBe(true)
  expect(fullBefore(forecast, 99 * 60_000, 10 * 60_000)).toBe(false)
})

test('an alarm carries a rate no further than ten times what it was measured over', () => {
  const forecast = roomForecast(PLACE, [at(0, 10 * GIB), at(4, 9 * GIB)], 4 * 60_000)
  expect(forecast).toMatchObject({ kind: 'filling', fullAt: 40 * 60_000 })
  expect(fullBefore(forecast, 60 * 60_000, 4 * 60_000)).toBe(true)
  const slower = roomForecast(PLACE, [at(0, 20 * GIB), at(4, 19 * GIB)], 4 * 60_000)
  expect(fullBefore(slower, 600 * 60_000, 4 * 60_000)).toBe(false)
})

test('no figure is made up: without readings, with too few, with old ones it is not known, and why is said', () => {
  const why = (readings: readonly RoomReading[], minute: number) => {
    const forecast = roomForecast(PLACE, readings, minute * 60_000)
    return forecast.kind === 'unknown' ? forecast.reason : forecast.kind
  }
  expect(why([], 1)).toContain('has not been read since')
  expect(why([at(0, 9), at(1, 8)], 1)).toContain('takes three minutes')
  expect(why([at(0, 9), at(10, 8)], 16)).toContain('not been read for five minutes')
})

test('a pool that does not shrink is steady, whatever its journals do', () => {
  expect(roomForecast(PLACE, [at(0, 9, 1), at(10, 9, 5)], 600_000).kind).toBe('steady')
  expect(roomForecast(PLACE, [at(0, 8), at(10, 9)], 600_000).kind).toBe('steady')
})

test('only the last hour makes the rate; journals that were not read have none', () => {
  const forecast = roomForecast(PLACE, [at(0, 100 * GIB), at(100, 10 * GIB, 5), at(150, 9 * GIB)], 150 * 60_000)
  expect(forecast).toMatchObject({ kind: 'filling', overMs: 50 * 60_000, journalBytesPerSec: null })
})
