import { processLives, processStat } from '@/lib/adapters/process/process-table'
import { CLOUD_SERVICES } from '@/lib/domain/cloud'
import type { SiteName } from '@/lib/domain/words'
import type { ChangeOptions, CommandResult, ProcessHandle } from '@/lib/ports/channel'
import { isCloudArgv } from '@/lib/ports/cloud'
import { AnswerLost } from './retry'
import { refusal } from './service-error'
import type { ServiceRequest, Session } from './session'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** The request that an argv of `cloudArgv` is. Throws where it is none: nothing else is ever sent. */
export function actOf(argv: readonly string[]): ServiceRequest {
  const [, service, method, path, body] = argv
  const known = CLOUD_SERVICES.find((one) => one === service)
  const verb = METHODS.find((one) => one === method)
  if (!isCloudArgv(argv) || argv.length > 5 || known === undefined || verb === undefined || !path?.startsWith('/'))
    throw new Error(`not a request to a cloud: ${argv.slice(0, 4).join(' ')}`)
  return { service: known, method: verb, path, body: body ?? null }
}

export interface Acts {
  act(argv: readonly string[], options: ChangeOptions): Promise<CommandResult>
  mayLive(attemptId: string, handle: ProcessHandle | null): 'gone' | 'lives' | 'unknown'
}

/** Changes under way in this process. They are never called off; past its soft deadline one is waited for by nobody. */
export function cloudActs(site: SiteName, session: Session): Acts {
  const own = { pid: process.pid, startTicks: processStat(process.pid)?.startTicks ?? 0 }
  const waiting = new Set<string>()

  async function sent(request: ServiceRequest, started: number): Promise<CommandResult> {
    const ended = (exit: number | null, stdout: string, stderr: string): CommandResult => ({
      exit,
      stdout,
      stderr,
      durationMs: Math.round(performance.now() - started),
      overdue: false,
    })
    try {
      const { answer, asked } = await session.change(request)
      if (answer.status >= 200 && answer.status < 300) return ended(0, answer.body, '')
      return ended(answer.status, answer.body, refusal(asked, answer).message)
    } catch (error) {
      if (!(error instanceof AnswerLost)) throw error
      return ended(null, '', `${error.message}; whether ${site} took it is not known`)
    }
  }

  return {
    async act(argv, { attemptId, softDeadlineMs, onStarted }) {
      const request = actOf(argv)
      const started = performance.now()
      // Token, URL and version first: where these fail nothing was started.
      await session.place(request.service)
      waiting.add(attemptId)
      onStarted(own)
      const work = sent(request, started).finally(() => waiting.delete(attemptId))
      let timer: NodeJS.Timeout | undefined
      const overdue = new Promise<CommandResult>((resolve) => {
        const late = () =>
          resolve({
            exit: null,
            stdout: '',
            stderr: '',
            durationMs: Math.round(performance.now() - started),
            overdue: true,
          })
        timer = setTimeout(late, softDeadlineMs)
      })
      // What comes after the deadline is of interest to nobody: the second look decides.
      work.catch(() => {})
      return Promise.race([work, overdue]).finally(() => clearTimeout(timer))
    },
    mayLive(attemptId, handle) {
      if (waiting.has(attemptId)) return 'lives'
      if (handle === null || sameProcess(handle, own)) return 'gone'
      // A process that has ended waits for nothing, and its connection ended with it.
      return processLives(handle.pid, handle.startTicks) ? 'unknown' : 'gone'
    },
  }
}

const sameProcess = (a: ProcessHandle, b: ProcessHandle): boolean => a.pid === b.pid && a.startTicks === b.startTicks
