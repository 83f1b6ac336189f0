import type { Said } from './answers'
import type { Cloud } from './cloud'
import type { Token } from './tokens'

/** One request as a handler sees it: past the token and the microversion. */
export interface Asked {
  readonly method: string
  /** What follows the endpoint: `/volumes/detail`. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>> | readonly unknown[] | null
  readonly bodyText: string | null
  readonly token: Token
  /** The project that the token is for. */
  readonly projectId: string
  /** The part of the microversion behind the dot. */
  readonly minor: number
  readonly requestId: string
}

export type Handler = (cloud: Cloud, asked: Asked, ids: readonly string[]) => Said | Promise<Said>

/** Method, pattern of the path (each group is an id), and what answers. */
export type Route = readonly [method: string, path: RegExp, answer: Handler]

export interface Routed {
  readonly answer: Handler
  readonly ids: readonly string[]
}

export function routed(routes: readonly Route[], method: string, path: string): Routed | null {
  for (const [wanted, pattern, answer] of routes) {
    const hit = wanted === method ? pattern.exec(path) : null
    if (hit !== null) return { answer, ids: hit.slice(1).map((id) => id ?? '') }
  }
  return null
}

export const isAdmin = ({ token }: Asked): boolean => token.roles.includes('admin')

/** What the body has under `key`, where that is an object. */
export function inside(asked: Asked, key: string): Readonly<Record<string, unknown>> {
  const value = asked.body !== null && !Array.isArray(asked.body) ? (asked.body as Record<string, unknown>)[key] : null
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

/** The first word of an action: `{"os-start": null}`. */
export const actionOf = (asked: Asked): string =>
  asked.body === null || Array.isArray(asked.body) ? '' : (Object.keys(asked.body)[0] ?? '')

export const textOr = <T>(value: unknown, other: T): string | T => (typeof value === 'string' ? value : other)
