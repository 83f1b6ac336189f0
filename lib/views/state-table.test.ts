import { expect, test } from 'vitest'
import type { Stream } from '@/lib/domain/summary'
import { stateTable } from './state-table'

const stream = (byVerdict: Stream['byVerdict'], behindObjective: number): Stream => ({
  ...{ pair: 'a~b', from: 'a', to: 'b', pool: null, images: 9, objectiveSec: 30, readAt: 0, worstGrade: 'measured' },
  ...{ worstHeldUntilAt: null, medianHeldUntilAt: null, byVerdict, behindObjective },
})

test('states that matter are always there, others where there are any, late last', () => {
  const lines = stateTable([stream({ following: 8, error: 1 }, 2)], {
    byVerdict: { following: 8, error: 1, 'two-primaries': 3 },
    behindObjective: 2,
  })
  expect(lines.map(({ verdict, byStream, all }) => [verdict, byStream[0], all])).toEqual([
    ['following', 8, 8],
    ['copying', 0, 0],
    ['error', 1, 1],
    ['split-brain', 0, 0],
    ['two-primaries', 0, 3],
    ['unknown', 0, 0],
    ['late', 2, 2],
  ])
})
