import { expect, test, vi } from 'vitest'
import type { MirrorPort } from '@/lib/ports/mirror'
import { refreshing } from './refreshing'

const options = { attemptId: 'a', softDeadlineMs: 1, onStarted: () => undefined }

test('changes that end close together are one reading of their site, whatever came of them', async () => {
  vi.useFakeTimers()
  const read: string[] = []
  const act = vi.fn(async () => Promise.reject(new Error('refused')))
  const mirror = refreshing(
    () => ({ act }) as unknown as MirrorPort,
    async (site) => void read.push(site),
  )
  await Promise.allSettled([
    mirror('west').act([], options),
    mirror('west').act([], options),
    mirror('north').act([], options),
  ])
  expect(read).toEqual([])
  await vi.advanceTimersByTimeAsync(400)
  expect(read).toEqual(['west', 'north'])
  await Promise.allSettled([mirror('west').act([], options)])
  await vi.advanceTimersByTimeAsync(400)
  expect(read).toEqual(['west', 'north', 'west'])
  vi.useRealTimers()
})
