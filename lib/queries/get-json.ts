import { z } from 'zod'
import { learnServerTime } from './server-clock'

/** Why a read failed, in words for the screen. `hint` is what to do. */
export class ReadError extends Error {
  readonly hint: string
  readonly status: number

  constructor(message: string, hint: string, status: number) {
    super(message)
    this.name = 'ReadError'
    this.hint = hint
    this.status = status
  }
}

const Refusal = z.object({ error: z.string(), hint: z.string().default('') })

type Params = Readonly<Record<string, string | number | null | undefined>>

/** What a page says that an update of the console has left behind. */
export const OTHER_VERSION = 'the console and this page do not speak of the same thing'

/** One read route, parsed. Parameters that are null, undefined or '' are left out. */
export async function getJson<T extends { readonly now: number }>(
  path: string,
  params: Params,
  schema: z.ZodType<T>,
  signal: AbortSignal,
): Promise<T> {
  const sentAt = Date.now()
  const response = await answer(`${path}${search(params)}`, signal)
  const receivedAt = Date.now()
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok) throw refusalOf(response.status, body)
  const parsed = schema.safeParse(body)
  if (!parsed.success) {
    throw new ReadError(OTHER_VERSION, 'reload the page: the console was probably updated', 0)
  }
  learnServerTime(parsed.data.now, sentAt, receivedAt)
  return parsed.data
}

/** `?a=1&b=2`, or '' where nothing is left. */
export function search(params: Params): string {
  const kept = Object.entries(params).filter(([, value]) => value != null && value !== '')
  return kept.length === 0 ? '' : `?${new URLSearchParams(kept.map(([key, value]) => [key, String(value)]))}`
}

async function answer(url: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { signal, headers: { accept: 'application/json' }, cache: 'no-store' })
  } catch (cause) {
    if (signal.aborted) throw cause
    throw new ReadError('the console does not answer', 'is `npm start` still running on this machine?', 0)
  }
}

function refusalOf(status: number, body: unknown): ReadError {
  const refusal = Refusal.safeParse(body)
  return refusal.success
    ? new ReadError(refusal.data.error, refusal.data.hint, status)
    : new ReadError(`the console answered with status ${status}`, 'its log says more', status)
}
