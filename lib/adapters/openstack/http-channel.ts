import { readFileSync } from 'node:fs'
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { rootCertificates } from 'node:tls'
import type { SiteName } from '@/lib/domain/words'
import { type CloudAnswer, type CloudChannel, type CloudRequest, NeverSent } from '@/lib/ports/cloud-channel'
import { AdapterError } from '@/lib/ports/errors'
import { controllerShell } from './controller-shell'
import { connectionProblem } from './http-problem'
import type { CloudLogin } from './login'

export interface HttpChannelOptions {
  /** Asked once, before the first request. May throw AdapterError. */
  readonly tls: () => CloudLogin['tls']
  /** argv before OpenStack's own tools; null grants none. [] is this machine. */
  readonly controllerExec: readonly string[] | null
  /** Where the tools' runs write what they say. */
  readonly attempts: string
  /** An answer that is larger makes no sense: a page of a thousand volumes is 2 MB. */
  readonly answerMaxBytes?: number
}

const ANSWER_MAX_BYTES = 32 * 1024 * 1024
/** Longer than the services' own idle time would be answered by a reset now and then. */
const IDLE_MS = 4_000

/** A site's cloud over HTTP, by this process. */
export function httpChannel(site: SiteName, options: HttpChannelOptions): CloudChannel {
  const maxBytes = options.answerMaxBytes ?? ANSWER_MAX_BYTES
  let made: Ways | null = null
  const ways = () => {
    made ??= waysOf(site, options.tls())
    return made
  }

  async function send(asked: CloudRequest, { deadlineMs }: { readonly deadlineMs: number }): Promise<CloudAnswer> {
    const { agents, trusted } = ways()
    const url = new URL(asked.url)
    const secure = url.protocol === 'https:'
    const name = `${asked.method} ${url.origin}${url.pathname}`
    // What may be asked twice goes over a connection that is kept. A change has one of its own: a kept one may be closed
    // by the service while the change is on its way, and then nobody knows whether it was taken.
    const agent = asked.method === 'GET' ? (secure ? agents.https : agents.http) : false
    const headers = {
      ...asked.headers,
      ...(asked.body === null ? {} : { 'content-length': String(Buffer.byteLength(asked.body)) }),
    }
    return new Promise((resolve, reject) => {
      const common = { method: asked.method, headers, agent }
      const sent = secure ? httpsRequest(url, { ...common, ...trusted }) : httpRequest(url, common)
      let connected = false
      const fail = (what: string, kind: 'unreachable' | 'unreadable' = 'unreachable') => {
        clearTimeout(deadline)
        reject(
          connected
            ? new AdapterError(kind, site, name, `${site}: ${what}`)
            : new NeverSent(site, name, `${site}: ${what}`),
        )
        sent.destroy()
      }
      const deadline = setTimeout(() => fail(`no answer from ${url.origin} within ${deadlineMs / 1000} s`), deadlineMs)
      sent.on('socket', (socket) => {
        if (!socket.connecting) connected = true
        else socket.once(secure ? 'secureConnect' : 'connect', () => (connected = true))
      })
      sent.on('error', (error) => fail(connectionProblem(error, url, connected)))
      sent.on('response', (answer) => {
        const chunks: Buffer[] = []
        let size = 0
        answer.on('data', (chunk: Buffer) => {
          size += chunk.length
          if (size > maxBytes) fail(`the answer of ${url.origin} is larger than ${maxBytes / 1e6} MB`, 'unreadable')
          else chunks.push(chunk)
        })
        answer.on('error', (error) => fail(connectionProblem(error, url, connected)))
        answer.on('end', () => {
          clearTimeout(deadline)
          const body = Buffer.concat(chunks).toString('utf8')
          resolve({ status: answer.statusCode ?? 0, headers: plainHeaders(answer), body })
        })
      })
      sent.end(asked.body ?? undefined)
    })
  }

  return {
    site,
    send,
    controller:
      options.controllerExec === null ? null : controllerShell(site, options.controllerExec, options.attempts),
    async close() {
      made?.agents.http.destroy()
      made?.agents.https.destroy()
    },
  }
}

interface Ways {
  readonly agents: { readonly http: HttpAgent; readonly https: HttpsAgent }
  readonly trusted: { readonly rejectUnauthorized: boolean; readonly ca?: string[] }
}

function waysOf(site: SiteName, { caFile, verify }: CloudLogin['tls']): Ways {
  const trusted = { rejectUnauthorized: verify, ...(caFile === null ? {} : { ca: withOwn(site, caFile) }) }
  const keep = { keepAlive: true, timeout: IDLE_MS, maxSockets: 8 }
  return { trusted, agents: { http: new HttpAgent(keep), https: new HttpsAgent({ ...keep, ...trusted }) } }
}

function withOwn(site: SiteName, caFile: string): string[] {
  try {
    return [...rootCertificates, readFileSync(/* turbopackIgnore: true */ caFile, 'utf8')]
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
    throw new AdapterError(
      'unavailable',
      site,
      'cacert',
      `${site}: ${caFile}, cacert of its cloud, cannot be read (${code})`,
    )
  }
}

const plainHeaders = ({ headers }: IncomingMessage): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  )
