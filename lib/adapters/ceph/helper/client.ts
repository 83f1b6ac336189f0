import type { SiteName } from '@/lib/domain/words'
import { AdapterError, type AdapterErrorKind } from '@/lib/ports/errors'
import { type AnswerInParts, answerInParts, senseless } from '@/lib/ports/helper-answer'
import type { HelperMethod, HelperParams, HelperResult } from '@/lib/ports/helper-protocol'
import { type HelperChild, type HelperEnd, startHelper } from './child'

const LINGER_MS = 10_000
const BACK_OFF_MAX_MS = 30_000
const KINDS: readonly AdapterErrorKind[] = ['unreachable', 'refused', 'denied', 'missing', 'unreadable', 'unavailable']

interface Waiting {
  readonly asked: string
  readonly answer: AnswerInParts<HelperMethod>
  readonly resolve: (result: unknown) => void
  readonly reject: (error: AdapterError) => void
  readonly timer: NodeJS.Timeout
}

interface Running {
  readonly child: HelperChild
  readonly waiting: Map<number, Waiting>
  linger: NodeJS.Timeout | null
}

export interface HelperClient {
  call<M extends HelperMethod>(method: M, params: HelperParams<M>, deadlineMs: number): Promise<HelperResult<M>>
  /** The process that answers now, for tests and for the operator's eye. */
  pid(): number | null
  close(): void
}

interface Answer {
  readonly id?: number
  readonly part?: unknown
  readonly result?: unknown
  readonly error?: { readonly kind?: string; readonly message?: string; readonly errno?: number }
}

/**
 * The site's resident helper: started with the first question, started again after a crash or a hang, never twice in
 * quick succession. A question past its deadline retires the process that left it: others that wait there may still be
 * answered, the next one is asked of a new one. All errors are AdapterError.
 */
export function helperClient(site: SiteName, argv: readonly string[], prelude: string): HelperClient {
  let current: Running | null = null
  const all = new Set<Running>()
  let nextId = 1
  let failures = 0
  let notBefore = 0
  let lastEnd: HelperEnd | null = null
  let closed = false

  function start(): Running {
    const waiting = new Map<number, Waiting>()
    const child = startHelper(argv, prelude, {
      onLine: (line) => answered(running, line),
      onEnd: (end) => ended(running, end),
    })
    const running: Running = { child, waiting, linger: null }
    all.add(running)
    return running
  }

  function ended(running: Running, end: HelperEnd) {
    all.delete(running)
    if (running.linger !== null) clearTimeout(running.linger)
    if (current === running) {
      current = null
      lastEnd = end
      failures += 1
      notBefore = Date.now() + Math.min(BACK_OFF_MAX_MS, 250 * 2 ** Math.min(failures, 10))
    }
    for (const one of running.waiting.values()) {
      clearTimeout(one.timer)
      one.reject(
        new AdapterError(end.unavailable ? 'unavailable' : 'unreachable', site, one.asked, `${site}: ${end.reason}`),
      )
    }
    running.waiting.clear()
  }

  function answered(running: Running, line: string) {
    let answer: Answer
    try {
      answer = JSON.parse(line)
    } catch {
      // A login banner, or a line of another program behind the prefix: no answer to anything.
      return
    }
    const one = running.waiting.get(answer.id ?? -1)
    if (one === undefined) return
    failures = 0
    const judge = (work: () => void): boolean => {
      try {
        work()
        return true
      } catch (error) {
        const text = `${site}: the helper's answer to ${one.asked} makes no sense at ${senseless(error)}`
        one.reject(new AdapterError('unreadable', site, one.asked, text))
        return false
      }
    }
    if (answer.part !== undefined && judge(() => one.answer.part(answer.part))) return
    running.waiting.delete(answer.id ?? -1)
    clearTimeout(one.timer)
    if (running.linger !== null && running.waiting.size === 0) running.child.kill()
    if (answer.part !== undefined) return
    if (answer.error === undefined) return void judge(() => one.resolve(one.answer.end(answer.result)))
    const kind = KINDS.find((known) => known === answer.error?.kind) ?? 'unreadable'
    const message = `${site}: ${answer.error.message ?? 'the helper gave no reason'}`
    one.reject(new AdapterError(kind, site, one.asked, message, answer.error.errno ?? null))
  }

  function retire(running: Running) {
    if (current === running) current = null
    if (running.linger !== null) return
    running.linger = setTimeout(() => running.child.kill(), running.waiting.size === 0 ? 0 : LINGER_MS)
  }

  function running(asked: string): Running {
    if (closed) throw new AdapterError('unreachable', site, asked, `${site}: the channel is closed`)
    if (current !== null) return current
    if (Date.now() < notBefore && lastEnd !== null) {
      throw new AdapterError(
        lastEnd.unavailable ? 'unavailable' : 'unreachable',
        site,
        asked,
        `${site}: ${lastEnd.reason}`,
      )
    }
    current = start()
    return current
  }

  return {
    async call<M extends HelperMethod>(
      method: M,
      params: HelperParams<M>,
      deadlineMs: number,
    ): Promise<HelperResult<M>> {
      const helper = running(method)
      const id = nextId++
      return (await new Promise<unknown>((resolve, reject) => {
        const timer = setTimeout(() => {
          helper.waiting.delete(id)
          reject(
            new AdapterError(
              'unreachable',
              site,
              method,
              `${site}: no answer to ${method} within ${deadlineMs / 1000} s`,
            ),
          )
          retire(helper)
        }, deadlineMs)
        helper.waiting.set(id, { asked: method, answer: answerInParts(method), resolve, reject, timer })
        helper.child.write(`${JSON.stringify({ id, method, params })}\n`)
      })) as HelperResult<M>
    },
    pid: () => current?.child.pid ?? null,
    close() {
      closed = true
      for (const one of all) one.child.kill()
    },
  }
}
