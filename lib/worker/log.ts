import { destination, type Logger, pino } from 'pino'

/** The log of one part of the worker, on stdout. Written at once: a log that a crash takes along explains no crash. */
export function openLog(part: 'worker' | 'poller'): Logger {
  return pino(
    { base: { part }, redact: ['*.keyring', '*.key', '*.token', '*.password'] },
    destination({ dest: 1, sync: true }),
  )
}

/** A defect of ours: said, and the process ends. The starter starts it again, and all that matters is on disk. */
export const fatalTo =
  (log: Logger) =>
  (error: unknown): never => {
    log.fatal({ error: error instanceof Error ? error.stack : String(error) }, 'it ends')
    process.exit(1)
  }
