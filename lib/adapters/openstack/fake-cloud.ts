import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { CloudAnswer } from '@/lib/ports/cloud-channel'
import { Secret } from '@/lib/ports/secret'
import type { CloudLogin } from './login'

/** What a real service answered once: `captures/NAME.json`. */
export function captured(name: string): CloudAnswer & { readonly method: string; readonly url: string } {
  const { body, ...rest } = JSON.parse(readFileSync(join(import.meta.dirname, 'captures', `${name}.json`), 'utf8'))
  return { ...rest, body: typeof body === 'string' ? body : JSON.stringify(body) }
}

export interface Heard {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export type Said = {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}
/** Null: no answer at all, and the connection stays open. `hangs-up`: it is closed instead. */
export type Answers = (heard: Heard) => Said | null | 'hangs-up' | Promise<Said | null>

/** A web server of a test's own on a port of the machine's choice. Everything that it was asked is in `heard`. */
export async function webServer(answers: Answers, tls?: { readonly key: string; readonly cert: string }) {
  const heard: Heard[] = []
  const listener: RequestListener = async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { method = '', url: path = '', headers } = request
    const one: Heard = { method, path, headers, body: Buffer.concat(chunks).toString() }
    heard.push(one)
    const said = await answers(one)
    if (said === null) return
    if (said === 'hangs-up') return void request.socket.destroy()
    const { status = 200, headers: more = {}, body = '' } = said
    response.writeHead(status, { 'content-type': 'application/json', ...more })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }
  const server = tls === undefined ? createServer(listener) : createTlsServer({ ...tls }, listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    heard,
    close: () =>
      new Promise<void>((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}

export interface FakeCloud {
  readonly url: string
  readonly heard: readonly Heard[]
  readonly login: () => CloudLogin
  /** Requests that have this path, without the query. */
  asked(path: string): readonly Heard[]
  close(): Promise<void>
}

interface FakeCloudOptions {
  readonly tokenLifeMs?: number
  /** Tokens that its services do not accept. */
  readonly refuses?: readonly string[]
  /** Does Keystone take the password? */
  readonly admits?: boolean
}

const HOUR_MS = 3_600_000

/**
 * A cloud whose Keystone gives `token-1`, `token-2`, … with a catalogue of itself, whose services say their versions, and
 * whose other answers are the test's. `/volume/p1` and so on are the services' URLs.
 */
export async function fakeCloud(
  answers: Answers,
  { tokenLifeMs = HOUR_MS, refuses = [], admits = true }: FakeCloudOptions = {},
): Promise<FakeCloud> {
  let tokens = 0
  const server = await webServer((heard) => {
    if (heard.path === '/identity/v3/auth/tokens') {
      tokens += 1
      if (!admits) return captured('err-keystone-401-bad-password')
      return {
        status: 201,
        headers: { 'x-subject-token': `token-${tokens}` },
        body: tokenBody(server.url, tokenLifeMs),
      }
    }
    if (heard.path === '/volume/v3/') return { body: captured('cinder-versions').body }
    if (heard.path === '/compute/v2.1/') return { body: captured('nova-versions').body }
    if (refuses.includes(String(heard.headers['x-auth-token']))) return captured('err-cinder-401')
    return answers(heard)
  })
  const login: CloudLogin = {
    cloud: 'test',
    authUrl: `${server.url}/identity/v3`,
    credentials: {
      kind: 'password',
      user: { id: 'u1' },
      project: { id: 'p1' },
      password: new Secret('pass-of-test'),
    },
    region: 'RegionOne',
    interface: 'public',
    tls: { caFile: null, verify: true },
  }
  return {
    url: server.url,
    heard: server.heard,
    login: () => login,
    asked: (path) => server.heard.filter((one) => one.path.replace(/\?.*/, '') === path),
    close: () => server.close(),
  }
}

function tokenBody(url: string, lifeMs: number): unknown {
  const issued = Date.UTC(2026, 10, 21)
  const service = (type: string, path: string) => ({
    type,
    endpoints: [{ interface: 'public', region_id: 'RegionOne', url: `${url}${path}` }],
  })
  return {
    token: {
      issued_at: new Date(issued).toISOString(),
      expires_at: new Date(issued + lifeMs).toISOString(),
      user: { name: 'dr' },
      project: { id: 'p1', name: 'ops' },
      roles: [{ name: 'admin' }],
      catalog: [
        service('identity', '/identity'),
        service('volumev3', '/volume/v3/p1'),
        service('compute', '/compute/v2.1'),
        service('image', '/image'),
      ],
    },
  }
}
