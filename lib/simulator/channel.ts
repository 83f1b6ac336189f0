import { z } from 'zod'
import type { SiteName } from '@/lib/domain/words'
import type { Channel, CommandResult } from '@/lib/ports/channel'
import { AdapterError } from '@/lib/ports/errors'
import { answerInParts, senseless } from '@/lib/ports/helper-answer'
import type { HelperMethod, HelperParams, HelperResult } from '@/lib/ports/helper-protocol'
import { readsSecret } from '@/lib/ports/mirror'
import { type Heard, LinkLost, LinkRefused, simulatorLink } from './link'
import type { Asked } from './wire'
import { OVERDUE, within } from './within'

/** As the channel to real sites has them. */
const READ_DEADLINE_MS = 15_000
const CALL_DEADLINE_MS = 20_000
const MAY_LIVE_DEADLINE_MS = 5_000
const RECONNECT_MS = 200

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * The way to one site of the simulator's world. Deadlines end the waiting here, whatever the simulator does; a change
 * that was begun goes on there, as a process does. A simulator that was started again is found again.
 */
export function simulatorChannel(site: SiteName, socketPath: string): Channel {
  const link = simulatorLink(socketPath)
  let closed = false

  /** Asks until there is a connection: for questions that may be asked twice. */
  async function askAgain(asked: Asked, until: number, heard: () => Heard = () => ({})): Promise<unknown> {
    for (;;) {
      try {
        return await link.ask(asked, heard())
      } catch (error) {
        if (!(error instanceof LinkLost) || closed || Date.now() + RECONNECT_MS > until) throw error
        await pause(RECONNECT_MS)
      }
    }
  }

  const notEnded = (startedAt: number, overdue: CommandResult['overdue']): CommandResult => ({
    exit: null,
    stdout: '',
    stderr: '',
    durationMs: Date.now() - startedAt,
    overdue,
  })

  return {
    site,
    async command(argv, options) {
      const deadlineMs = options?.deadlineMs ?? READ_DEADLINE_MS
      const startedAt = Date.now()
      const work = askAgain({ kind: 'command', site, argv: [...argv] }, startedAt + deadlineMs)
      const said = await within(work, deadlineMs).catch((error) => {
        if (error instanceof LinkLost) return OVERDUE
        throw new AdapterError('unavailable', site, argv.join(' '), `${site}: ${(error as Error).message}`)
      })
      return said === OVERDUE ? notEnded(startedAt, true) : (said as CommandResult)
    },

    async change(argv, { attemptId, softDeadlineMs, onStarted, stdin }) {
      if (readsSecret(argv) !== (stdin !== undefined)) throw new Error(`a secret for ${argv.join(' ')}, or none`)
      const startedAt = Date.now()
      const left = () => Math.max(0, softDeadlineMs - (Date.now() - startedAt))
      try {
        const typed = stdin === undefined ? {} : { stdin: stdin.reveal() }
        const asked = link.ask({ kind: 'change', site, argv: [...argv], attemptId, ...typed }, { onStarted })
        const said = await within(asked, softDeadlineMs)
        return said === OVERDUE ? notEnded(startedAt, true) : (said as CommandResult)
      } catch (error) {
        if (!(error instanceof LinkLost) || error.heard === 'never') {
          throw new AdapterError('unavailable', site, argv.join(' '), `${site}: ${(error as Error).message}`)
        }
      }
      // The simulator went away: the change was kept on disk with its result, or died with it, at whatever point.
      const kept = await within(askAgain({ kind: 'attempt', attemptId }, startedAt + softDeadlineMs), left()).catch(
        () => null,
      )
      if (kept === OVERDUE) return notEnded(startedAt, true)
      return kept === null ? notEnded(startedAt, false) : (kept as CommandResult)
    },

    async call<M extends HelperMethod>(
      method: M,
      params: HelperParams<M>,
      options?: { readonly deadlineMs?: number },
    ): Promise<HelperResult<M>> {
      const deadlineMs = options?.deadlineMs ?? CALL_DEADLINE_MS
      const no = (kind: 'unreachable' | 'unreadable', text: string) =>
        new AdapterError(kind, site, method, `${site}: ${text}`)
      const silent = no('unreachable', `no answer to ${method} within ${deadlineMs / 1000} s`)
      const whole = async () => {
        let answer = answerInParts(method)
        const last = await askAgain({ kind: 'call', site, method, params }, Date.now() + deadlineMs, () => {
          // A connection that was lost in the middle of an answer begins it anew.
          answer = answerInParts(method)
          return { onPart: answer.part }
        })
        return answer.end(last)
      }
      const said = await within(whole(), deadlineMs).catch((error) => {
        if (error instanceof z.ZodError)
          throw no('unreadable', `the simulator's answer to ${method} makes no sense at ${senseless(error)}`)
        if (!(error instanceof LinkRefused)) throw silent
        const { kind, message, errno } = error.error
        throw new AdapterError(kind, site, method, `${site}: ${message}`, errno)
      })
      if (said === OVERDUE) throw silent
      return said
    },

    async mayLive(attemptId) {
      const asked = askAgain({ kind: 'mayLive', attemptId }, Date.now() + MAY_LIVE_DEADLINE_MS)
      const said = await within(asked, MAY_LIVE_DEADLINE_MS).catch(() => OVERDUE)
      return said === 'gone' || said === 'lives' ? said : 'unknown'
    },

    shown([program = '', ...rest]) {
      return [program, '--cluster', site, ...rest]
    },

    async close() {
      closed = true
      link.close()
    },
  }
}
