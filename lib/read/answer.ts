import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { ZodError } from 'zod'
import { ReadRefusal } from './read-errors'

const zip = promisify(gzip)

/** Below this, packing costs more than it saves. */
const WORTH_BYTES = 4096

/**
 * One read route's answer as JSON. Next 16.4.5 does not compress what a route handler answers, so what is large is
 * packed here, off the event loop. Nothing is cached: every figure is of now.
 */
export async function answerJson(request: Request, read: () => Promise<object>): Promise<Response> {
  try {
    return await packed(request, JSON.stringify(await read()), 200)
  } catch (error) {
    const { status, message, hint } = refusal(error)
    return packed(request, JSON.stringify({ error: message, hint }), status)
  }
}

async function packed(request: Request, body: string, status: number): Promise<Response> {
  const headers = new Headers({
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    vary: 'accept-encoding',
  })
  const wants = request.headers.get('accept-encoding')?.includes('gzip') ?? false
  if (!wants || body.length < WORTH_BYTES) return new Response(body, { status, headers })
  headers.set('content-encoding', 'gzip')
  return new Response(new Uint8Array(await zip(body, { level: 3 })), { status, headers })
}

/** What went wrong, for a screen. A stack trace is for the log. */
function refusal(error: unknown): { status: number; message: string; hint: string } {
  if (error instanceof ReadRefusal) return { status: error.status, message: error.message, hint: error.hint }
  if (error instanceof ZodError) {
    const [first] = error.issues
    return { status: 400, message: `${first?.path.join('.') ?? ''}: ${first?.message ?? 'not understood'}`, hint: '' }
  }
  process.stderr.write(`read failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return { status: 500, message: 'this could not be read from the store', hint: "the console's log says why" }
}
