import { parentPort } from 'node:worker_threads'
import { clock } from '@/lib/composition/clock'
import { portsOf } from '@/lib/composition/ports'
import { dataDir, readRuntime, storeFile } from '@/lib/config/runtime'
import { createPoller } from '@/lib/poller/poller'
import { servePoller } from '@/lib/poller/poller-thread'
import { openStore } from '@/lib/store/database'
import { watchEventLoop } from './event-loop'
import { openLog } from './log'

/** The poller's thread, with a store and ways to the sites of its own: parsing must not hold up the engine. */
const log = openLog('poller')
if (parentPort === null) throw new Error('the poller is a thread of the worker')
const dir = dataDir()
const config = readRuntime(dir)
const { mirror, cluster, imageCount, cloud, estate } = portsOf(config, dir)
watchEventLoop(log)
servePoller(
  parentPort,
  createPoller({ config, mirror, cluster, imageCount, cloud, estate, store: openStore(storeFile(dir)), clock, log }),
)
