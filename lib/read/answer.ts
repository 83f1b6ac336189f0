import { ZodError } from 'zod'
import { ReadRefusal } from './read-errors'

/**
 * One read route's answer as JSON. Nothing is cached: every figure is of now. It is not packed here: Next strips a
 * `content-encoding` that a route handler sets (server/send-response.js), and packs by itself once next.config.ts has
 * put the type on it.
 */
export async function answerJson(request: Request, read: () => Promise<object>): Promise<Response> {
  // Scrolling fast asks for windows and takes it back: what nobody waits for any more is not read.
  if (request.signal.aborted) return new Response(null, { status: 499 })
  try {
    return Response.json(await read(), { headers: NO_STORE })
  } catch (error) {
    const { status, message, hint } = refusal(error)
    return Response.json({ error: message, hint }, { status, headers: NO_STORE })
  }
}

const NO_STORE = { 'cache-control': 'no-store' }

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
