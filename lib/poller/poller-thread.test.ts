import { MessageChannel } from 'node:worker_threads'
import { expect, test } from 'vitest'
import type { Poller } from './poller'
import { pollerInThread, servePoller } from './poller-thread'

test('a poller in a thread does what it is told, and its errors come back', async () => {
  const told: string[] = []
  const poller: Poller = {
    start: async () => void told.push('start'),
    stop: async () => Promise.reject(new Error('the disk is full')),
    refreshNow: async (site) => void told.push(`refresh ${site}`),
  }
  const { port1, port2 } = new MessageChannel()
  servePoller(port2, poller)
  const remote = pollerInThread(port1)
  await remote.start()
  await remote.refreshNow('west')
  await expect(remote.stop()).rejects.toThrow('the disk is full')
  expect(told).toEqual(['start', 'refresh west'])
  port1.close()
})
