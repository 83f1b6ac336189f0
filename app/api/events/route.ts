import { eventSince, listen, onShutdown } from '@/lib/read/event-hub'
import { webStore } from '@/lib/read/web-store'
import { newestChange } from '@/lib/store/changes'
import type { ServerEvent } from '@/lib/views/server-event'

export const dynamic = 'force-dynamic'

/** A proxy or a laptop that sleeps drops silent connections without a word. */
const HEARTBEAT_MS = 15_000

/** The stream of topics. `after` is the last sequence the browser heard of: what it missed comes first. */
export async function GET(request: Request): Promise<Response> {
  const store = webStore()
  const asked = new URL(request.url).searchParams.get('after')
  const after = asked !== null && /^\d+$/.test(asked) ? Number(asked) : null
  const encoder = new TextEncoder()
  let close = () => {}
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      const say = (text: string) => controller.enqueue(encoder.encode(text))
      const send = (event: ServerEvent) => say(`data: ${JSON.stringify(event)}\n\n`)
      const unlisten = await listen(store, send)
      const heartbeat = setInterval(() => say(': still here\n\n'), HEARTBEAT_MS)
      const forget = onShutdown(() => close())
      let open = true
      close = () => {
        if (!open) return
        open = false
        clearInterval(heartbeat)
        unlisten()
        forget()
        controller.close()
      }
      request.signal.addEventListener('abort', close)
      // The first event says that the stream is open, and brings up to date who was away.
      send(await eventSince(store, after ?? (await newestChange(store))))
      if (request.signal.aborted) close()
    },
    cancel: () => close(),
  })
  return new Response(stream, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      // Without no-transform Next packs the stream.
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}
