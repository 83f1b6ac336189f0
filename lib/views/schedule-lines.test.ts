import { expect, test } from 'vitest'
import { scheduleLines } from './schedule-lines'
import type { PoolView } from './site'

const pool = (schedules: PoolView['schedules']) => ({ schedules }) as PoolView
const schedule = (where: string | null, image: string | null, interval: string) => ({
  ...{ pool: where, namespace: null, image, interval, startTime: null },
})

test('schedules of the cluster are told once, those of single images are summed', () => {
  const lines = scheduleLines([
    pool([schedule(null, null, '1h'), schedule('volumes', null, '1m'), schedule('volumes', 'a', '5m')]),
    pool([schedule(null, null, '1h'), schedule('volumes', 'b', '5m')]),
    pool(null),
  ])
  expect(lines.map(({ place, interval }) => [place, interval])).toEqual([
    ['the whole cluster', '1h'],
    ['volumes, 2 images', '5m'],
    ['volumes', '1m'],
  ])
})
