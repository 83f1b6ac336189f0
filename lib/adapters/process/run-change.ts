import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { ChangeOptions, CommandResult } from '@/lib/ports/channel'
import { ATTEMPT, childEnvironment } from './environment'
import { processStat } from './process-table'
import { writeSecret } from './secret-stdin'

const KEEP_BYTES = 256 * 1024

const said = (file: string): string => {
  try {
    return readFileSync(/* turbopackIgnore: true */ file).subarray(0, KEEP_BYTES).toString('utf8')
  } catch {
    return ''
  }
}

/**
 * Starts a command that changes something and waits for it until `softDeadlineMs`; the process is never killed.
 * It has a session of its own and writes to files, not to us: our death must not end a promote by SIGPIPE or SIGHUP.
 * Rejects only where nothing was started at all.
 */
export function runChange(argv: readonly string[], folder: string, options: ChangeOptions): Promise<CommandResult> {
  const [program = '', ...args] = argv
  const { attemptId } = options
  // A file name and an environment entry: nothing that could lead out of the folder or end the entry.
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(attemptId)) throw new Error(`not an attempt id: ${attemptId}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const out = join(/* turbopackIgnore: true */ folder, `${attemptId}.out`)
  const err = join(/* turbopackIgnore: true */ folder, `${attemptId}.err`)
  const started = performance.now()
  const outFd = openSync(/* turbopackIgnore: true */ out, 'w', 0o600)
  const errFd = openSync(/* turbopackIgnore: true */ err, 'w', 0o600)
  return new Promise((resolve, reject) => {
    const env = childEnvironment({ [ATTEMPT]: attemptId })
    const child = spawn(/* turbopackIgnore: true */ program, args, {
      detached: true,
      stdio: [options.stdin === undefined ? 'ignore' : 'pipe', outFd, errFd],
      env,
    })
    closeSync(outFd)
    closeSync(errFd)
    if (options.stdin !== undefined && child.stdin !== null) writeSecret(child.stdin, options.stdin)
    const result = (exit: number | null, overdue: boolean): CommandResult => ({
      exit,
      stdout: said(out),
      stderr: said(err),
      durationMs: Math.round(performance.now() - started),
      overdue,
    })
    const deadline = setTimeout(() => {
      // It goes on; what it says later stays in the files.
      child.unref()
      resolve(result(null, true))
    }, options.softDeadlineMs)
    child.on('error', (error) => {
      if (child.pid !== undefined) return
      clearTimeout(deadline)
      for (const file of [out, err]) rmSync(file, { force: true })
      reject(error)
    })
    child.on('exit', (code) => {
      clearTimeout(deadline)
      resolve(result(code, false))
      for (const file of [out, err]) rmSync(file, { force: true })
    })
    // At once, while the process cannot have been collected: even one that ended already has its line in /proc.
    if (child.pid !== undefined) {
      options.onStarted({ pid: child.pid, startTicks: processStat(child.pid)?.startTicks ?? 0 })
    }
  })
}
