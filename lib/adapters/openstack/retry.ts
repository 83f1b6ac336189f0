import { type CloudAnswer, NeverSent } from '@/lib/ports/cloud-channel'
import { AdapterError } from '@/lib/ports/errors'
import { type Asked, placeOf } from './service-error'

const TRIES = 3
const FIRST_PAUSE_MS = 200
/** What a proxy says while its service is started again. */
const PASSING = new Set([502, 503, 504])

/**
 * Asks again where no answer came or a proxy had nobody to pass it on to: for what may be asked twice. All of it takes
 * `totalMs` at most. `ask` is given what is left of that.
 */
export async function again(totalMs: number, ask: (deadlineMs: number) => Promise<CloudAnswer>): Promise<CloudAnswer> {
  const until = Date.now() + totalMs
  for (let tries = 1; ; tries++) {
    const pauseMs = FIRST_PAUSE_MS * 2 ** (tries - 1)
    const more = () => tries < TRIES && Date.now() + pauseMs < until
    try {
      const answer = await ask(Math.max(1, until - Date.now()))
      if (!PASSING.has(answer.status) || !more()) return answer
    } catch (error) {
      if (!(error instanceof AdapterError) || error.kind !== 'unreachable' || !more()) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}

/** A channel's error knows no service; this one does. */
export function placed(asked: Asked, error: unknown): unknown {
  if (!(error instanceof AdapterError)) return error
  const head = `${asked.site}: `
  const what = error.message.startsWith(head) ? error.message.slice(head.length) : error.message
  const text = `${placeOf(asked)}: ${asked.what}: ${what}`
  if (error instanceof NeverSent) return new NeverSent(asked.site, asked.what, text)
  return new AdapterError(error.kind, asked.site, asked.what, text, error.exit)
}

/** A change went out, and no answer to it came back. Nobody knows whether the service took it. */
export class AnswerLost extends AdapterError {
  constructor({ kind, site, asked, message }: AdapterError) {
    super(kind, site, asked, message)
    this.name = 'AnswerLost'
  }
}

/** What an error means for a change that was to be sent. */
export const lost = (error: unknown): unknown =>
  error instanceof AdapterError && !(error instanceof NeverSent) ? new AnswerLost(error) : error
