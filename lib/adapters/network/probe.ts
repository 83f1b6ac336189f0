import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { connect } from 'node:net'
import type { Probed, ProbePort } from '@/lib/ports/probe'

/** Of the whole: name, connection, TLS and the head of the answer. */
const DEADLINE_MS = 3_000

const closed = (text: string): Probed => ({ open: false, text })

/** What one of these can be left with: by us at the deadline, or by what came of it. */
interface Open {
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown
  destroy(): unknown
}

/** The real thing, from this machine. `deadlineMs`: other than usual, for tests. */
export const networkProbe = (deadlineMs = DEADLINE_MS): ProbePort => {
  /** Settles once, and leaves nothing open: a deadline alone would let what hangs pile up, one a look. */
  const within = (begin: (settle: (seen: Probed) => void) => Open): Promise<Probed> =>
    new Promise((resolve) => {
      const settle = (seen: Probed) => {
        clearTimeout(timer)
        resolve(seen)
        open.destroy()
      }
      const timer = setTimeout(() => settle(closed(`gives no answer within ${deadlineMs / 1000} s`)), deadlineMs)
      const open = begin(settle)
      // Also what comes after it was left: an error that nobody hears would end the worker.
      open.on('error', (error) => settle(closed(errorText(error))))
    })
  return {
    port: (host, port) =>
      within((settle) => connect({ host, port }, () => settle({ open: true, text: 'takes connections' }))),
    async http(url, status) {
      const { protocol } = new URL(url)
      const request = protocol === 'https:' ? httpsRequest : protocol === 'http:' ? httpRequest : null
      if (request === null) return closed('is neither http nor https, and is not asked')
      return within((settle) => {
        const answered = ({ statusCode }: IncomingMessage) =>
          settle({ open: statusCode === status, text: `answers ${statusCode}` })
        // No agent: a connection that is kept would answer for a server that is long gone.
        const asked = request(url, { agent: false, headers: { 'user-agent': 'antipode' } }, answered)
        asked.end()
        return asked
      })
    },
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refuses connections',
  ECONNRESET: 'closes the connection',
  EHOSTUNREACH: 'cannot be reached: no route to it',
  ENETUNREACH: 'cannot be reached: no route to its network',
  ENOTFOUND: 'is a name that nobody knows',
  ETIMEDOUT: 'gives no answer',
}

const errorText = ({ code, message }: NodeJS.ErrnoException): string =>
  WORDS[code ?? ''] ?? `cannot be asked: ${message || code || 'no reason was given'}`
