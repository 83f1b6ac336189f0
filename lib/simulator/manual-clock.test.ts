import { expect, test } from 'vitest'
import { manualClock, virtualClock } from './manual-clock'

test('a manual clock wakes sleepers in order, each at its own time', async () => {
  const clock = manualClock(1_000)
  const woken: [string, number][] = []
  const sleeper = async (name: string, ms: number) => {
    await clock.sleep(ms)
    woken.push([name, clock.now()])
    await clock.sleep(ms)
    woken.push([name, clock.now()])
  }
  void sleeper('slow', 30)
  void sleeper('quick', 20)
  await clock.advance(25)
  expect(woken).toEqual([['quick', 1_020]])
  await clock.advance(100)
  expect(woken.slice(1)).toEqual([
    ['slow', 1_030],
    ['quick', 1_040],
    ['slow', 1_060],
  ])
  expect(clock.now()).toBe(1_125)
})

test('a sleeper whose signal is aborted wakes at once, and time stands', async () => {
  const clock = manualClock(0)
  const stop = new AbortController()
  const slept = clock.sleep(1_000, stop.signal)
  stop.abort()
  await slept
  expect(clock.now()).toBe(0)
})

test('a virtual clock lets hours pass whenever everybody sleeps', async () => {
  const clock = virtualClock(0)
  await Promise.all([clock.sleep(3_600_000), clock.sleep(60_000)])
  expect(clock.now()).toBe(3_600_000)
})
