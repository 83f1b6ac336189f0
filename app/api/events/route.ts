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
  const ends: (() => void)[] = []
  const close = () => {
    for (const end of ends.splice(0)) end()
  }
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      const say = (text: string) => ends.length > 0 && controller.enqueue(encoder.encode(text))
      const send = (event: ServerEvent) => say(`data: ${JSON.stringify(event)}\n\n`)
      ends.push(() => controller.close())
      request.signal.addEventListener('abort', close)
      const heartbeat = setInterval(() => say(': still here\n\n'), HEARTBEAT_MS)
      ends.push(() => clearInterval(heartbeat))
      const unlisten = await listen(store, send)
      if (ends.length === 0) return unlisten()
      ends.push(unlisten)
      const forget = onShutdown(close)
      if (ends.length === 0) return forget()
      ends.push(forget)
      // The first event says that the stream is open, and brings up to date who was away.
      send(await eventSince(store, after ?? (await newestChange(store))))
    },
    cancel() {
      // Who cancels has closed it already.
      ends.shift()
      close()
    },
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
