import { describe, expect, test } from 'vitest'
import { covers, holdingFor, linkExplains, phaseOf, type Suspension, sameGround, timesRefusal } from './suspension'
import { VERDICTS } from './verdict-words'
import { REPLAY_STATES } from './words'

const HOUR = 3600_000
const one = (more: Partial<Suspension> = {}): Suspension => ({
  id: 's',
  pair: 'north~west',
  from: null,
  pools: [],
  reason: 'fibre is spliced',
  by: 'Anna',
  startsAt: HOUR,
  endsAt: 2 * HOUR,
  endedAt: null,
  closedAt: null,
  ...more,
})
const way = { pair: 'north~west', from: 'west', pool: 'volumes' }

test('it holds from its beginning until before its end; then it is overdue until all has caught up', () => {
  expect(phaseOf(one(), HOUR - 1)).toBe('planned')
  expect(phaseOf(one(), HOUR)).toBe('holding')
  expect(phaseOf(one(), 2 * HOUR - 1)).toBe('holding')
  expect(phaseOf(one(), 2 * HOUR)).toBe('overdue')
  expect(phaseOf(one({ endedAt: HOUR + 1 }), HOUR + 1)).toBe('ended')
  expect(phaseOf(one({ closedAt: 3 * HOUR }), 3 * HOUR)).toBe('closed')
})

test('it is about its own pair, direction and pools alone', () => {
  expect(covers(one(), way)).toBe(true)
  expect(covers(one({ from: 'north' }), way)).toBe(false)
  expect(covers(one({ pools: ['vms'] }), way)).toBe(false)
  expect(covers(one({ pair: 'south~west' }), way)).toBe(false)
  expect(holdingFor([one(), one({ id: 'later', endsAt: 3 * HOUR })], way, HOUR)?.id).toBe('later')
  expect(holdingFor([one({ endedAt: HOUR })], way, HOUR)).toBeNull()
})

test('two of them share ground where a direction of a pool is in both', () => {
  expect(sameGround(one(), one({ from: 'west', pools: ['vms'] }))).toBe(true)
  expect(sameGround(one({ from: 'north' }), one({ from: 'west' }))).toBe(false)
  expect(sameGround(one({ pools: ['a'] }), one({ pools: ['b'] }))).toBe(false)
})

test.each([
  [null, HOUR - 1, 'the end has passed'],
  [3 * HOUR, 2 * HOUR, 'before the beginning'],
  [null, 26 * HOUR, '24 hours at most'],
  [0, 2 * HOUR, 'the beginning has passed'],
  [32 * 24 * HOUR, 32 * 24 * HOUR + 1, '30 days ahead'],
])('times that make no sense are refused: %s to %s', (startsAt, endsAt, words) => {
  expect(timesRefusal(startsAt, endsAt, HOUR)).toContain(words)
})

test('times that make sense are taken', () => {
  expect(timesRefusal(null, 2 * HOUR, HOUR)).toBeNull()
  expect(timesRefusal(5 * HOUR, 6 * HOUR, HOUR)).toBeNull()
})

describe('a maintenance of the link explains a copy that tries to reach its primary, and nothing else', () => {
  const copy = { up: true, state: 'starting_replay', detail: null } as const
  test.each(VERDICTS)('%s', (verdict) => {
    expect(linkExplains(verdict, copy)).toBe(verdict === 'stopped')
  })
  test.each(REPLAY_STATES)('a copy that is stopped, state %s', (state) => {
    expect(linkExplains('stopped', { ...copy, state })).toBe(state === 'starting_replay')
  })
  test('an rbd-mirror that does not report is not explained', () => {
    expect(linkExplains('stopped', { ...copy, up: false })).toBe(false)
  })
})
