import type { SiteName } from '@/lib/domain/words'
import type { HelperMethod, HelperParams, HelperResult } from './helper-protocol'
import type { Secret } from './secret'

/** What a command said. `exit` is null where it ended by a signal or was not seen to end. */
export interface CommandResult {
  readonly exit: number | null
  readonly stdout: string
  readonly stderr: string
  readonly durationMs: number
  /** True where the deadline ended it (reads) or passed while it still ran (changes). */
  readonly overdue: boolean
}

/** A process that was started for a change, so that somebody else can ask later whether it may still live. */
export interface ProcessHandle {
  readonly pid: number
  /** Start time of the process in clock ticks since boot, as /proc/PID/stat has it: pids are used again. */
  readonly startTicks: number
}

export interface ReadOptions {
  readonly deadlineMs?: number
}

export interface ChangeOptions {
  /** Names this act for ever. It travels in the environment of the command, here and behind ssh, so that it can be found. */
  readonly attemptId: string
  /** Past this the answer is `overdue`; the process is never killed. */
  readonly softDeadlineMs: number
  /** Called once with what was started, before its outcome is known. */
  readonly onStarted: (handle: ProcessHandle) => void
  /** What the command reads from its stdin, for the commands that do (`readsSecret`). It is complete there, or not at all. */
  readonly stdin?: Secret
}

/**
 * The one way to a site. `command` and `change` run `rbd` and `ceph`; `call` asks the resident, read-only helper.
 * Everything above this line is the same for real clusters and for the simulator.
 */
export interface Channel {
  readonly site: SiteName
  /** A command that only looks. Carries Ceph's three time-outs and is killed past its deadline. argv[0] is `rbd` or `ceph`. */
  command(argv: readonly string[], options?: ReadOptions): Promise<CommandResult>
  /** A command that changes something. Carries the mount and monitor time-outs alone and is never killed. */
  change(argv: readonly string[], options: ChangeOptions): Promise<CommandResult>
  /** One read-only question to the helper. Throws AdapterError. */
  call<M extends HelperMethod>(method: M, params: HelperParams<M>, options?: ReadOptions): Promise<HelperResult<M>>
  /** May a process started for this attempt still live, here or behind the exec prefix? `unknown` counts as yes. */
  mayLive(attemptId: string, handle: ProcessHandle | null): Promise<'gone' | 'lives' | 'unknown'>
  /** The exact argv that `command` or `change` would run, for the eye and for the runbook. Never contains a secret. */
  shown(argv: readonly string[]): readonly string[]
  close(): Promise<void>
}
