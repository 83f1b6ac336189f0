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
  /** Ends it now. */
  kill(): void
}

interface Hooks {
  say(line: string): void
  /** It died again, `deaths` times with no rest between them. */
  died(name: string, deaths: number): void
}

const STEADY_MS = 30_000
const PAUSE_MS = [250, 5_000] as const

/** Started again where it dies, each time after a longer pause; one that lived half a minute has earned a fresh start. */
export function createService(spec: ServiceSpec, hooks: Hooks): Service {
  let child: ChildProcess | undefined
  let again: NodeJS.Timeout | undefined
  let stopping = false
  let renewing = false
  let deaths = 0
  let startedAt = 0

  function start(): void {
    again = undefined
    startedAt = Date.now()
    child = spawnService(spec)
    child.once('error', (error) => hooks.say(`${spec.name} could not be started: ${error.message}`))
    child.once('exit', (code, signal) => ended(signal ?? `exit ${code}`))
  }

  function ended(how: string): void {
    child = undefined
    if (stopping) return
    if (renewing) {
      renewing = false
      start()
      return
    }
    deaths = Date.now() - startedAt > STEADY_MS ? 1 : deaths + 1
    const pauseMs = Math.min(PAUSE_MS[0] * 2 ** (deaths - 1), PAUSE_MS[1])
    const told = spec.logFile === null ? [] : lastLines(spec.logFile, 4).map((line) => `  ${line.slice(0, 300)}`)
    hooks.say([`${spec.name} ended (${how}); starting it again in ${pauseMs / 1000} s`, ...told].join('\n'))
    again = setTimeout(start, pauseMs)
    hooks.died(spec.name, deaths)
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
      if (stopping || child === undefined) return
      renewing = true
      signal(child, 'SIGTERM', spec.ending)
    },
    async stop(deadlineMs) {
      stopping = true
      clearTimeout(again)
      await end(deadlineMs)
    },
    kill() {
      stopping = true
      clearTimeout(again)
      if (child !== undefined) signal(child, 'SIGKILL', spec.ending)
    },
  }
}

/** In a process group of its own, so that Ctrl-C in the terminal reaches the starter alone and the order of stopping is its. */
function spawnService({ argv: [program, ...args], env, cwd, logFile }: ServiceSpec): ChildProcess {
  if (logFile === null)
    return spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'inherit', 'inherit'] })
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
