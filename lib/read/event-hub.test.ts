import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { announce } from '@/lib/store/changes'
import { openStore, type Store } from '@/lib/store/database'
import { migrate } from '@/lib/store/migrate'
import type { ServerEvent } from '@/lib/views/server-event'
import { eventSince, listen } from './event-hub'

let store: Store

beforeEach(async () => {
  vi.useFakeTimers()
  store = openStore(':memory:')
  await migrate(store)
})

afterEach(async () => {
  vi.useRealTimers()
  await store.destroy()
})

const say = (...topics: string[]) => store.transaction().execute((tx) => announce(tx, topics, 1))

test('all listeners hear of a change within a second, each topic once, and of nothing where nothing is new', async () => {
  const heard: ServerEvent[][] = [[], []]
  const stops = await Promise.all(heard.map((list) => listen(store, (event) => list.push(event))))
  await say('site:west', 'site:west', 'runs')
  await vi.advanceTimersByTimeAsync(1100)
  await vi.advanceTimersByTimeAsync(5000)
  for (const list of heard) expect(list).toEqual([{ kind: 'changes', topics: ['site:west', 'runs'], seq: 3 }])
  for (const stop of stops) stop()
  expect(vi.getTimerCount()).toBe(0)
})

test('who was away is told what it missed', async () => {
  await say('a', 'b')
  expect(await eventSince(store, 1)).toEqual({ kind: 'changes', topics: ['b'], seq: 2 })
  expect(await eventSince(store, 2)).toEqual({ kind: 'changes', topics: [], seq: 2 })
})

test('a gap, and a store that was made anew, mean: read everything again', async () => {
  await say('a', 'b', 'c', 'd')
  await store.deleteFrom('changes').where('seq', '<', 4).execute()
  expect(await eventSince(store, 1)).toMatchObject({ kind: 'reset', seq: 4 })
  expect(await eventSince(store, 99)).toMatchObject({ kind: 'reset', seq: 4 })
})
