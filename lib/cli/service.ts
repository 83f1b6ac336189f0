import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync } from 'node:fs'
import { lastLines, openLog, turnLog } from './log-file'

/** One process that the starter keeps alive. */
export interface ServiceSpec {
  readonly name: string
  readonly argv: readonly [string, ...string[]]
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
  /** Where it writes; null: to this terminal. */
  readonly logFile: string | null
  /**
   * `group` ends its children with it. `alone` leaves them: a change that the worker has started goes on by itself and
   * is never killed.
   */
  readonly ending: 'group' | 'alone'
}

export interface Service {
  readonly name: string
  start(): void
  /** Ends it and starts it anew, for new code. */
  restart(): void
  /** Asks it to end and, past the deadline, ends it. Resolves when it is gone. */
  stop(deadlineMs: number): Promise<void>
}

interface Hooks {
  say(line: string): void
  /** It died too often to be worth another try. */
  givenUp(name: string): void
}

const STEADY_MS = 60_000
const TRIES = 6

/** Started again where it dies, each time after a longer pause; one that lived a minute has earned a fresh start. */
export function createService(spec: ServiceSpec, { say, givenUp }: Hooks): Service {
  let child: ChildProcess | undefined
  let again: NodeJS.Timeout | undefined
  let stopping = false
  let deaths = 0
  let startedAt = 0

  function start(): void {
    again = undefined
    startedAt = Date.now()
    child = spawnService(spec)
    child.once('error', (error) => say(`${spec.name} could not be started: ${error.message}`))
    child.once('exit', (code, signal) => died(signal ?? `exit ${code}`))
  }

  function died(how: string): void {
    child = undefined
    if (stopping) return
    deaths = Date.now() - startedAt > STEADY_MS ? 1 : deaths + 1
    const told = spec.logFile === null ? [] : lastLines(spec.logFile, 4).map((line) => `  ${line.slice(0, 300)}`)
    if (deaths >= TRIES) {
      say([`${spec.name} ended (${how}) ${deaths} times in a row; giving up. Its last words:`, ...told].join('\n'))
      return givenUp(spec.name)
    }
    const pauseMs = Math.min(250 * 2 ** deaths, 15_000)
    say([`${spec.name} ended (${how}); starting it again in ${pauseMs / 1000} s`, ...told].join('\n'))
    again = setTimeout(start, pauseMs)
  }

  async function end(deadlineMs: number): Promise<void> {
    const dying = child
    if (dying === undefined || dying.exitCode !== null || dying.signalCode !== null) return
    const gone = new Promise<void>((resolve) => dying.once('exit', () => resolve()))
    signal(dying, 'SIGTERM', spec.ending)
    const late = setTimeout(() => signal(dying, 'SIGKILL', spec.ending), deadlineMs)
    await gone
    clearTimeout(late)
  }

  return {
    name: spec.name,
    start,
    restart() {
      if (again !== undefined || stopping) return
      deaths = 0
      if (child === undefined) start()
      else signal(child, 'SIGTERM', spec.ending)
    },
    async stop(deadlineMs) {
      stopping = true
      clearTimeout(again)
      await end(deadlineMs)
    },
  }
}

/** In a process group of its own, so that Ctrl-C in the terminal reaches the starter alone and the order of stopping is its. */
function spawnService({ argv: [program, ...args], env, cwd, logFile }: ServiceSpec): ChildProcess {
  if (logFile === null) return spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'inherit', 'inherit'] })
  turnLog(logFile)
  const log = openLog(logFile)
  try {
    return spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', log, log] })
  } finally {
    closeSync(log)
  }
}

function signal(child: ChildProcess, name: NodeJS.Signals, ending: ServiceSpec['ending']): void {
  if (child.pid === undefined) return
  try {
    process.kill(ending === 'group' ? -child.pid : child.pid, name)
  } catch {
    // It ended by itself meanwhile.
  }
}
