import { spawn } from 'node:child_process'
import type { CommandResult } from '@/lib/ports/channel'
import { childEnvironment } from './environment'

/** `timeout -k` behind the exec prefix says this where it ended the command. */
const TIMED_OUT = new Set([124, 137])
const KILL_AFTER_MS = 2_000
const STDERR_MAX = 64 * 1024

/** The answer grew past the cap; the process was ended. */
export class AnswerTooLarge extends Error {}

/**
 * Runs a command that only looks. The process group is told to end at `deadlineMs` and killed 2 s later, so the call
 * never outlives the deadline by more. Rejects where nothing could be spawned, and with AnswerTooLarge past `maxBytes`.
 */
export function runRead(argv: readonly string[], deadlineMs: number, maxBytes: number): Promise<CommandResult> {
  const [program = '', ...args] = argv
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const child = spawn(/* turbopackIgnore: true */ program, args, {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: childEnvironment(),
    })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    let size = 0
    let errSize = 0
    let overdue = false
    let failure: Error | null = null
    const end = (signal: NodeJS.Signals) => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, signal)
      } catch {
        // The whole group has ended already.
      }
    }
    const last = () => {
      end('SIGKILL')
      // A grandchild in a group of its own (behind sudo, say) may hold the pipes open for ever.
      child.stdout.destroy()
      child.stderr.destroy()
    }
    let kill: NodeJS.Timeout | undefined
    const stop = () => {
      end('SIGTERM')
      kill ??= setTimeout(last, KILL_AFTER_MS)
    }
    const deadline = setTimeout(() => {
      overdue = true
      stop()
    }, deadlineMs)
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= maxBytes) stdout.push(chunk)
      else if (failure === null) {
        failure = new AnswerTooLarge(`the answer is larger than ${Math.round(maxBytes / 1e6)} MB`)
        stop()
      }
    })
    child.stderr.on('data', (chunk: Buffer) => {
      errSize += chunk.length
      if (errSize <= STDERR_MAX) stderr.push(chunk)
    })
    child.on('error', (error) => {
      failure ??= error
      if (child.pid === undefined) finish(null)
    })
    child.on('close', finish)

    function finish(code: number | null) {
      clearTimeout(deadline)
      clearTimeout(kill)
      if (failure !== null) return reject(failure)
      const durationMs = performance.now() - started
      const ended = overdue || (code !== null && TIMED_OUT.has(code) && durationMs >= deadlineMs - 1_000)
      resolve({
        exit: ended ? null : code,
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
        durationMs: Math.round(durationMs),
        overdue: ended,
      })
    }
  })
}
