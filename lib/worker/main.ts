import { existsSync } from 'node:fs'
import { hostname } from 'node:os'
import { destination, pino } from 'pino'
import { clock } from '@/lib/composition/clock'
import { portsOf } from '@/lib/composition/ports'
import { isGone, ownHandle } from '@/lib/composition/process-life'
import { dataDir, readRuntime, storeFile } from '@/lib/config/runtime'
import { createEngine } from '@/lib/engine/engine'
import { limiter } from '@/lib/engine/limiter'
import { createPoller } from '@/lib/poller/poller'
import { openStore } from '@/lib/store/database'
import { runJournal } from '@/lib/store/run-journal'
import { startHeartbeat } from './heartbeat'
import { startPruning } from './pruning'
import { refreshing } from './refreshing'

/** The starter ends us soon after its SIGTERM; what hangs by then is not waited for. */
const STOP_MS = 1_200

// Written at once: a log that a crash takes along is of no use for finding out about the crash.
const log = pino(
  { base: { process: 'worker' }, redact: ['*.keyring', '*.key', '*.token', '*.password'] },
  destination({ dest: 1, sync: true }),
)

function fatal(error: unknown): never {
  log.fatal({ error: error instanceof Error ? error.stack : String(error) }, 'the worker ends')
  process.exit(1)
}

/** The only process that changes anything outside: poller and engine, put together. */
async function main(): Promise<void> {
  const dir = dataDir()
  const file = storeFile(dir)
  if (!existsSync(file)) throw new Error(`there is no store in ${dir}; npm start makes it`)
  const runtime = readRuntime(dir)
  const store = openStore(file)
  const ports = portsOf(runtime, dir)
  const worker = { owner: `worker-${process.pid}`, host: hostname(), process: ownHandle() }
  const heartbeat = startHeartbeat(store, clock, log)
  const pruning = startPruning(store, clock, log)
  const poller = createPoller({
    config: runtime,
    mirror: ports.mirror,
    cluster: ports.cluster,
    imageCount: ports.imageCount,
    store,
    clock,
    log,
  })
  const engine = createEngine({
    journal: runJournal(store, clock),
    clock,
    worker,
    mirror: refreshing(ports.mirror, poller.refreshNow),
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
  log.info({ sites: runtime.sites.map(({ name }) => name), demo: runtime.demo, ...worker.process }, 'running')
}

process.on('uncaughtException', fatal)
process.on('unhandledRejection', fatal)
main().catch(fatal)
