import { existsSync } from 'node:fs'
import { hostname } from 'node:os'
import { Worker } from 'node:worker_threads'
import { clock } from '@/lib/composition/clock'
import { portsOf } from '@/lib/composition/ports'
import { isGone, ownHandle } from '@/lib/composition/process-life'
import { dataDir, readRuntime, storeFile } from '@/lib/config/runtime'
import { createEngine } from '@/lib/engine/engine'
import { limiter } from '@/lib/engine/limiter'
import { pollerInThread } from '@/lib/poller/poller-thread'
import { openStore } from '@/lib/store/database'
import { runJournal } from '@/lib/store/run-journal'
import { startApartMeter } from './apart-meter'
import { watchEventLoop } from './event-loop'
import { startHeartbeat } from './heartbeat'
import { fatalTo, openLog } from './log'
import { startPruning } from './pruning'
import { refreshing } from './refreshing'

/** The starter ends us soon after its SIGTERM; what hangs by then is not waited for. */
const STOP_MS = 1_200

const log = openLog('worker')
const fatal = fatalTo(log)

/** The only process that changes anything outside: poller and engine, put together. */
async function main(): Promise<void> {
  const dir = dataDir()
  const file = storeFile(dir)
  if (!existsSync(file)) throw new Error(`there is no store in ${dir}; npm start makes it`)
  const runtime = readRuntime(dir)
  const store = openStore(file)
  const ports = portsOf(runtime, dir)
  const worker = { owner: `worker-${process.pid}`, host: hostname(), process: ownHandle() }
  const loop = watchEventLoop(log)
  const heartbeat = startHeartbeat(store, clock, log, loop)
  const pruning = startPruning(store, clock, log)
  const sites = runtime.sites.map(({ name }) => name)
  const meter = startApartMeter({ store, clock, sites, mirror: ports.mirror }, log)
  const thread = new Worker(new URL('./poller.js', import.meta.url), { execArgv: ['--enable-source-maps'] })
  thread.on('error', fatal)
  thread.on('exit', (code) => fatal(new Error(`the poller's thread ended with ${code}`)))
  const poller = pollerInThread(thread)
  const engine = createEngine({
    journal: runJournal(store, clock),
    clock,
    worker,
    mirror: refreshing(ports.mirror, poller.refreshNow),
    cloud: ports.cloud,
    probe: ports.probe,
    limiter: limiter(runtime.limits.changesPerCluster),
    isGone,
    newAttemptId: () => crypto.randomUUID(),
    leaseMs: 15_000,
    softDeadlineMs: 120_000,
    lookEveryMs: [250, 2_000],
    retryMs: [500, 4_000],
    log: (level, text) => log[level](text),
  })

  const stop = async (signal: string) => {
    log.info({ signal }, 'stopping')
    setTimeout(() => {
      log.warn('something hangs; leaving it')
      process.exit(0)
    }, STOP_MS).unref()
    heartbeat.stop()
    pruning.stop()
    meter.stop()
    loop.stop()
    await Promise.allSettled([engine.stop(), poller.stop()])
    await ports.close()
    await store.destroy()
    log.info('stopped')
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop(signal).catch(fatal))

  // Before the first reading: a run that was cut off must not wait for a round over every site.
  engine.start()
  await poller.start()
  log.info({ sites, demo: runtime.demo, ...worker.process }, 'running')
}

process.on('uncaughtException', fatal)
process.on('unhandledRejection', fatal)
main().catch(fatal)
