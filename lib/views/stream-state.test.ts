import { expect, test } from 'vitest'
import type { Stream } from '@/lib/domain/summary'
import { streamState } from './stream-state'

const NOW = 1_000_000
const pulse = (name: string, lastOkAt: number) =>
  ({ name, state: 'ok', lastOkAt, silentSince: null, error: '', roundMs: 400 }) as const
const sites = [pulse('north', NOW - 1000), pulse('west', NOW - 1000)]
const stream = (more: Partial<Stream> = {}): Stream => ({
  ...{ pair: 'north~west', from: 'west', to: 'north', pool: null, images: 10, byVerdict: { following: 10 } },
  ...{ behindObjective: 0, worstHeldUntilAt: NOW - 20_000, medianHeldUntilAt: NOW - 5000, worstGrade: 'measured' },
  ...{ objectiveSec: 30, readAt: NOW - 1000 },
  ...more,
})

test('the figure is of the pool that stands worst against its own objective', () => {
  const pools = [
    stream({ pool: 'archive', objectiveSec: 900, worstHeldUntilAt: NOW - 200_000 }),
    stream({ pool: 'vms', objectiveSec: 30, worstHeldUntilAt: NOW - 20_000 }),
  ]
  expect(streamState(stream(), pools, sites, NOW)).toEqual({
    tone: 'ok',
    worst: { heldUntilAt: NOW - 20_000, objectiveSec: 30, pool: 'vms' },
  })
})

test('a stream with a silent end is unknown, whatever it said last', () => {
  const silent = [pulse('north', NOW - 1000), pulse('west', NOW - 300_000)]
  expect(streamState(stream({ behindObjective: 3 }), [], silent, NOW).tone).toBe('unknown')
})

test('late before broken, broken before well', () => {
  expect(streamState(stream({ behindObjective: 1, byVerdict: { error: 1 } }), [], sites, NOW).tone).toBe('behind')
  expect(streamState(stream({ byVerdict: { following: 9, 'split-brain': 1 } }), [], sites, NOW).tone).toBe('bad')
  expect(streamState(stream(), [], sites, NOW).tone).toBe('ok')
})
