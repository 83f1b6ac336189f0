import { attemptHere, ownWorldEachTime } from '@/lib/adapters/process/attempt'
import { behind } from '@/lib/adapters/process/quote'
import { runChange } from '@/lib/adapters/process/run-change'
import { AnswerTooLarge, runRead } from '@/lib/adapters/process/run-read'
import type { Channel, CommandResult, ProcessHandle } from '@/lib/ports/channel'
import { AdapterError } from '@/lib/ports/errors'
import type { HelperMethod, HelperParams } from '@/lib/ports/helper-protocol'
import { readsSecret } from '@/lib/ports/mirror'
import { helperArgv, helperPrelude } from './helper/bootstrap'
import { helperClient } from './helper/client'
import { type ChannelConfig, changeArgv, isChange, readArgv } from './site-argv'

const READ_DEADLINE_MS = 15_000
const CALL_DEADLINE_MS = 20_000
const FIND_DEADLINE_MS = 10_000
/** `rbd mirror pool status --verbose` of 10,000 images is 7 MB. */
const ANSWER_MAX_BYTES = 64 * 1024 * 1024
/** `timeout` at the site is to fire first: it ends the remote command too. */
const GRACE_MS = 500

/**
 * A site reached by spawning processes on this machine, behind its exec prefix. `attempts` is a folder of the data
 * directory where changes write what they say.
 */
export function localChannel(config: ChannelConfig, dirs: { readonly attempts: string }): Channel {
  const site = config.name
  const prelude = helperPrelude({ conf: config.conf, user: config.user, keyring: config.keyring ?? null })
  const helper = helperClient(site, behind(config.exec, helperArgv(config.python ?? 'python3')), prelude)
  const shown = (argv: readonly string[]) =>
    isChange(argv) ? changeArgv(config, argv, null) : readArgv(config, argv, READ_DEADLINE_MS)

  const notRun = (argv: readonly string[], error: unknown): AdapterError => {
    const asked = argv.join(' ')
    if (error instanceof AnswerTooLarge) return new AdapterError('unreadable', site, asked, `${site}: ${error.message}`)
    const code = (error as NodeJS.ErrnoException).code ?? String(error)
    const program = config.exec[0] ?? argv[0]
    return new AdapterError('unavailable', site, asked, `${site}: ${program} cannot be run (${code})`)
  }

  return {
    site,
    async command(argv, options): Promise<CommandResult> {
      const deadlineMs = options?.deadlineMs ?? READ_DEADLINE_MS
      const run = readArgv(config, argv, deadlineMs)
      return runRead(run, deadlineMs + GRACE_MS, ANSWER_MAX_BYTES).catch((error) => Promise.reject(notRun(argv, error)))
    },
    async change(argv, options): Promise<CommandResult> {
      if (readsSecret(argv) !== (options.stdin !== undefined))
        throw new Error(`a secret for ${argv.join(' ')}, or none`)
      const run = changeArgv(config, argv, options.attemptId)
      return runChange(run, dirs.attempts, options).catch((error) => Promise.reject(notRun(argv, error)))
    },
    call: <M extends HelperMethod>(method: M, params: HelperParams<M>, options?: { readonly deadlineMs?: number }) =>
      helper.call(method, params, options?.deadlineMs ?? CALL_DEADLINE_MS),
    mayLive: (attemptId, handle) => mayLive(attemptId, handle),
    shown,
    async close() {
      helper.close()
    },
  }

  async function mayLive(attemptId: string, handle: ProcessHandle | null): Promise<'gone' | 'lives' | 'unknown'> {
    const here = attemptHere(attemptId, handle)
    if (here === 'lives' || config.exec.length === 0) return here
    // Each such command has a container of its own: from the helper's the others' processes cannot be seen.
    if (ownWorldEachTime(config.exec)) return 'unknown'
    try {
      const { pids } = await helper.call('process.find', { attemptId }, FIND_DEADLINE_MS)
      return pids.length > 0 ? 'lives' : 'gone'
    } catch {
      return 'unknown'
    }
  }
}
