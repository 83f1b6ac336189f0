import type { CloudAnswer } from '@/lib/ports/cloud-channel'

/** What a handler answers; `undefined` is an empty body. */
export interface Said {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export const ok = (body: unknown): Said => ({ status: 200, body })
export const accepted = (body?: unknown): Said => ({ status: 202, body })

/** A service says no. Each service words it in its own shape. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message)
  }
}

export const badRequest = (message: string): Refusal => new Refusal(400, message)
export const notFound = (message: string): Refusal => new Refusal(404, message)

const FAULTS: Readonly<Record<number, string>> = {
  400: 'badRequest',
  403: 'forbidden',
  404: 'itemNotFound',
  409: 'conflictingRequest',
  413: 'overLimit',
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  413: 'Request Entity Too Large',
  415: 'Unsupported Media Type',
  503: 'Service Unavailable',
}

export const UNAUTHORIZED = 'The request you have made requires authentication.'

/** Keystone's shape, and that of its middleware in front of Cinder and Nova. */
export const keystoneFault = ({ status, message }: Refusal): object => ({
  error: { code: status, message, title: TITLES[status] ?? '' },
})

/** Cinder's and Nova's. */
export const computeFault = ({ status, message, headers }: Refusal): object => ({
  [FAULTS[status] ?? 'computeFault']: {
    code: status,
    message,
    ...(status === 413 ? { retryAfter: headers['retry-after'] ?? '0' } : {}),
  },
})

/** Glance's: HTML in the text, and a code that is a string. */
export const glanceFault = ({ status, message }: Refusal): object => ({
  message: `${message}<br /><br />\n\n\n`,
  code: `${status} ${TITLES[status] ?? ''}`,
  title: TITLES[status] ?? '',
})

export const neutronFault = ({ message }: Refusal): object => ({
  NeutronError: { type: 'HTTPNotFound', message, detail: '' },
})

/** As it goes over the wire: names of headers in lower case. */
export const sent = (said: Said, headers: Readonly<Record<string, string>>): CloudAnswer => {
  const body = said.body === undefined ? '' : JSON.stringify(said.body)
  return {
    status: said.status,
    headers: {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      ...headers,
      ...said.headers,
    },
    body,
  }
}
