import { expect, test } from 'vitest'
import { readingsOf, rowNow, stalePools } from './readings'

const site = (name: string) => ({ name, state: 'ok', lastOkAt: 0, silentSince: null, error: '', roundMs: 400 }) as const
const pool = (name: string, observedAt: number | null) => ({
  site: name,
  pool: 'volumes',
  pair: 'north~west',
  observedAt,
  sampledAt: 90_000,
  fastSampledAt: 98_000,
})
const shell = { sites: [site('north'), site('west')], pools: [pool('north', 99_000), pool('west', 99_500)] }
const row = {
  pair: 'north~west',
  pool: 'volumes',
  primarySite: 'west',
  verdict: 'following',
  caughtUp: true,
  sampled: true,
  heldUntilAt: 50_000,
  grade: 'measured',
} as const

test('what is caught up is held up to the last sample of its pool', () => {
  expect(rowNow(row, 'ok', readingsOf(shell), 100_000)).toMatchObject({ verdict: 'following', heldUntilAt: 98_000 })
  expect(rowNow({ ...row, sampled: false }, 'ok', readingsOf(shell), 100_000).heldUntilAt).toBe(90_000)
  expect(rowNow({ ...row, caughtUp: false }, 'ok', readingsOf(shell), 100_000).heldUntilAt).toBe(50_000)
})

test('nothing stays green on old evidence, and what was measured becomes a bound', () => {
  const silent = { ...shell, pools: [pool('north', 99_000), pool('west', 40_000)] }
  expect(rowNow(row, 'the copy follows', readingsOf(silent), 100_000)).toMatchObject({
    verdict: 'unknown',
    grade: 'bounded',
    unknownSince: 40_000,
  })
  expect(stalePools(silent, 100_000)).toEqual(['north~west/volumes'])
  expect(stalePools(shell, 100_000)).toEqual([])
})

test('a site that was found silent is stale at once, though its rounds are far apart; one that only fails is not', () => {
  const big = { ...site('west'), roundMs: 20_000, silentSince: 99_500 }
  const at = (state: 'silent' | 'failing' | 'ok') => ({ ...shell, sites: [site('north'), { ...big, state }] })
  expect(rowNow(row, 'ok', readingsOf(at('silent')), 110_000)).toMatchObject({
    ...{ verdict: 'unknown', grade: 'bounded', unknownSince: 99_500 },
    text: 'west cannot be read; when last read: ok',
  })
  expect(stalePools(at('silent'), 110_000)).toEqual(['north~west/volumes'])
  for (const state of ['failing', 'ok'] as const) {
    const shellNow = { ...shell, sites: [site('north'), { ...site('west'), roundMs: 20_000, state }] }
    expect(rowNow(row, 'ok', readingsOf(shellNow), 110_000).verdict).toBe('following')
  }
})

test('a pool that was never read is not known', () => {
  const never = { ...shell, pools: [pool('north', 99_000)] }
  expect(rowNow(row, 'ok', readingsOf(never), 100_000).verdict).toBe('unknown')
})
