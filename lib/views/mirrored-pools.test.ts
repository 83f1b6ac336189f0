import { expect, test } from 'vitest'
import { mirroredPools } from './mirrored-pools'
import type { PoolPulse } from './shell'

const pool = (site: string, pair: string | null): PoolPulse => ({
  ...{ site, pool: 'volumes', pair, observedAt: null, sampledAt: null, fastSampledAt: null },
})

test('a site whose pools have not been read is not taken for one that mirrors nothing', () => {
  expect(mirroredPools([], 'west')).toBe('not-read')
  expect(mirroredPools([pool('north', 'north~west')], 'west')).toBe('not-read')
  expect(mirroredPools([pool('west', null)], 'west')).toBe('none')
  expect(mirroredPools([pool('west', null), pool('west', 'north~west')], 'west')).toBe('some')
})
