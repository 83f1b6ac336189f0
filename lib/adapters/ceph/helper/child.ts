import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { childEnvironment } from '@/lib/adapters/process/environment'
import { withoutSecrets } from '../secrets'

const STDERR_KEEP = 2_048

export interface HelperEnd {
  /** The one line that says why, without secrets. */
  readonly reason: string
  /** True where the tool itself is missing: no Python, no binding. */
  readonly unavailable: boolean
}

export interface HelperChild {
  readonly pid: number | undefined
  write(line: string): void
  /** Ends the helper and, where it has children, its group. */
  kill(): void
}

interface Listener {
  readonly onLine: (line: string) => void
  readonly onEnd: (end: HelperEnd) => void
}

/** Starts a helper: a process of its own group that reads and writes lines. `onEnd` is called exactly once. */
export function startHelper(argv: readonly string[], prelude: string, listener: Listener): HelperChild {
  const [program = '', ...args] = argv
  const child: ChildProcessWithoutNullStreams = spawn(/* turbopackIgnore: true */ program, args, {
    detached: true,
    env: childEnvironment(),
  })
  let pieces: Buffer[] = []
  let stderr = ''
  let fatal: string | null = null
  let ended = false

  const take = (line: string) => {
    if (!line.startsWith('{"fatal"')) return listener.onLine(line)
    fatal = /"fatal":"([^"]*)"/.exec(line)?.[1] ?? line
  }
  const end = (found: HelperEnd) => {
    if (ended) return
    ended = true
    listener.onEnd(found)
  }
  child.stdout.on('data', (chunk: Buffer) => {
    // Answers may be tens of megabytes in one line: pieces are joined once, at its end.
    let rest = chunk
    for (let at = rest.indexOf(10); at >= 0; at = rest.indexOf(10)) {
      pieces.push(rest.subarray(0, at))
      const line = Buffer.concat(pieces).toString('utf8')
      pieces = []
      rest = rest.subarray(at + 1)
      take(line)
    }
    if (rest.length > 0) pieces.push(rest)
  })
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString('utf8')).slice(-STDERR_KEEP)
  })
  // Writing to a helper that has just died: its end is told by 'close'.
  child.stdin.on('error', () => {})
  child.on('error', (error: NodeJS.ErrnoException) => {
    if (child.pid === undefined)
      end({ reason: `${program} cannot be run: ${error.code ?? error.message}`, unavailable: error.code === 'ENOENT' })
  })
  child.on('close', (code, signal) => {
    if (fatal !== null) return end({ reason: fatal, unavailable: true })
    const last = withoutSecrets(stderr).trim().split('\n').at(-1)?.trim().slice(0, 200)
    const how = signal === null ? `exit ${code}` : signal
    const said = last ? `: ${last}` : ''
    // What env, timeout, a shell behind ssh and kubectl say of a program that is not there.
    const missing = code === 127 || code === 126
    end({
      reason: missing ? `python3 cannot be run at the site${said}` : `the helper ended (${how})${said}`,
      unavailable: missing,
    })
  })
  child.stdin.write(prelude)
  return {
    pid: child.pid,
    write: (line) => child.stdin.write(line),
    kill: () => {
      // Its own group: nothing but what we started.
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      } catch {
        child.kill('SIGKILL')
      }
    },
  }
}
