import { ServerEvent } from '@/lib/views/server-event'

const RETRY_MS = 2_000

export type Connection = 'connecting' | 'open' | 'resting' | 'lost'

interface Follow {
  /** How far the page is that the server sent. */
  readonly after: number
  readonly onEvent: (event: ServerEvent) => void
  readonly onConnection: (connection: Connection) => void
}

/**
 * One stream a tab, and none while the tab is hidden: over HTTP/1.1 a browser opens six connections to one host, and a
 * seventh tab would hang. Who comes back names the last sequence it heard of and is told what it missed.
 */
export function followEvents({ after, onEvent, onConnection }: Follow): () => void {
  let heard = after
  let source: EventSource | null = null
  let retry: ReturnType<typeof setTimeout> | undefined

  const stop = () => {
    clearTimeout(retry)
    source?.close()
    source = null
  }
  const start = () => {
    stop()
    source = new EventSource(`/api/events?after=${heard}`)
    source.onmessage = (message) => {
      onConnection('open')
      const parsed = ServerEvent.safeParse(JSON.parse(message.data))
      if (!parsed.success) return
      heard = parsed.data.seq
      if (parsed.data.kind === 'reset' || parsed.data.topics.length > 0) onEvent(parsed.data)
    }
    // The browser's own retry ends for good at the first answer that is no stream: while the console starts again.
    source.onerror = () => {
      stop()
      onConnection('lost')
      retry = setTimeout(start, RETRY_MS)
    }
  }
  const turn = () => {
    if (document.visibilityState === 'visible') return start()
    stop()
    onConnection('resting')
  }
  // A page that is left or frozen gives its connection back.
  window.addEventListener('pagehide', stop)
  document.addEventListener('visibilitychange', turn)
  turn()
  return () => {
    window.removeEventListener('pagehide', stop)
    document.removeEventListener('visibilitychange', turn)
    stop()
  }
}
