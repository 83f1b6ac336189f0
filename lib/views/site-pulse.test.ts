import { expect, test } from 'vitest'
import { pulseOf, staleSince, workerStillSince } from './site-pulse'

const site = { name: 'eu-west', state: 'ok', lastOkAt: 100_000, silentSince: null, error: '', roundMs: 400 } as const

test('a site that answers shows the age of its last answer', () => {
  expect(pulseOf(site, 101_000)).toEqual({ tone: 'ok', text: '1 s' })
  expect(staleSince(site, 101_000)).toBeNull()
})

test('a site that is silent is unknown since it fell silent, never well', () => {
  expect(pulseOf({ ...site, state: 'silent', silentSince: 110_000 }, 158_000)).toEqual({
    tone: 'unknown',
    text: 'no answer for 48 s',
  })
})

test('an old answer is not fresh even where nobody says that the site is silent', () => {
  expect(pulseOf(site, 200_000)).toEqual({ tone: 'unknown', text: 'not read for 100 s' })
  expect(staleSince(site, 200_000)).toBe(100_000)
})

test('a site that was never read is not read yet', () => {
  expect(pulseOf({ ...site, state: 'new', lastOkAt: null }, 200_000)).toEqual({ tone: 'unknown', text: 'not read yet' })
})

test('a site where some reads fail answers, with a warning', () => {
  expect(pulseOf({ ...site, state: 'failing' }, 103_000).tone).toBe('behind')
})

test('where nothing is read any more and no site is silent, the worker stands still', () => {
  const silent = { ...site, state: 'silent', silentSince: 100_000 } as const
  expect(workerStillSince([site, { ...site, lastOkAt: 90_000 }], 200_000)).toBe(100_000)
  expect(workerStillSince([site, silent], 101_000)).toBeNull()
  expect(workerStillSince([silent, silent], 200_000)).toBeNull()
  expect(workerStillSince([{ ...site, lastOkAt: null }], 200_000)).toBeNull()
})
