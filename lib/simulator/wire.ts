import { z } from 'zod'
import type { ProcessHandle } from '@/lib/ports/channel'
import { FaultSchema } from './faults'

/** What goes over the socket: one JSON a line, requests in any number at a time, answers in any order. */
const RequestSchema = z.discriminatedUnion('kind', [
  z.object({ id: z.number(), kind: z.literal('command'), site: z.string(), argv: z.array(z.string()).min(1) }),
  z.object({
    id: z.number(),
    kind: z.literal('change'),
    site: z.string(),
    argv: z.array(z.string()).min(1),
    attemptId: z.string().min(1),
    stdin: z.string().optional(),
  }),
  /** Waits for the end of a change that runs; null where it was never begun or died with an earlier simulator. */
  z.object({ id: z.number(), kind: z.literal('attempt'), attemptId: z.string() }),
  z.object({ id: z.number(), kind: z.literal('call'), site: z.string(), method: z.string(), params: z.unknown() }),
  /** One HTTP request to the cloud of the site. */
  z.object({
    id: z.number(),
    kind: z.literal('http'),
    site: z.string(),
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
    url: z.url(),
    headers: z.record(z.string(), z.string()),
    body: z.string().nullable(),
  }),
  z.object({ id: z.number(), kind: z.literal('mayLive'), attemptId: z.string() }),
  z.object({ id: z.number(), kind: z.literal('fault'), fault: FaultSchema }),
  z.object({ id: z.number(), kind: z.literal('faults') }),
  z.object({ id: z.number(), kind: z.literal('recorded'), since: z.number().default(0) }),
  z.object({ id: z.number(), kind: z.literal('truth'), pool: z.string(), name: z.string() }),
])

export const parseRequest = (line: string): Request => RequestSchema.parse(JSON.parse(line))

export type Request = z.output<typeof RequestSchema>
/** A request as it is sent: without the number that the connection gives it. */
export type Asked =
  z.input<typeof RequestSchema> extends infer R ? (R extends { id: number } ? Omit<R, 'id'> : never) : never

export interface WireError {
  readonly kind: 'missing' | 'refused' | 'unreachable' | 'unreadable'
  readonly message: string
  readonly errno: number | null
}

export type Answer =
  | { readonly id: number; readonly started: ProcessHandle }
  | { readonly id: number; readonly part: unknown }
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: WireError }

/** Cuts a stream of text into lines; keeps the rest for the next piece. */
export function lineReader(onLine: (line: string) => void): (piece: string) => void {
  let parts: string[] = []
  return (piece) => {
    let from = 0
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', from)) {
      parts.push(piece.slice(from, end))
      const line = parts.join('')
      parts = []
      from = end + 1
      if (line !== '') onLine(line)
    }
    if (from < piece.length) parts.push(piece.slice(from))
  }
}
