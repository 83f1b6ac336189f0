import { changesSince, newestChange } from '@/lib/store/changes'
import type { Store } from '@/lib/store/database'
import type { ServerEvent } from '@/lib/views/server-event'

type Listener = (event: ServerEvent) => void

interface Hub {
  readonly listeners: Set<Listener>
  /** Ends every open stream; Next does not end while one is open. */
  readonly closers: Set<() => void>
  /** The process is on its way out: what opens now is closed at once. */
  ending: boolean
  seq: number
  timer: ReturnType<typeof setInterval> | undefined
}

const KEY = Symbol.for('antipode.events')
const shared = globalThis as { [KEY]?: Hub }

const hub = (): Hub => {
  shared[KEY] ??= { listeners: new Set(), closers: new Set(), ending: false, seq: 0, timer: undefined }
  return shared[KEY]
}

const INTERVAL_MS = 1000

/**
 * One look a second for the whole process, however many browsers listen. It asks `changes` by its primary key and not
 * `PRAGMA data_version`: that does not move for commits of this very connection, and web writes too (it starts runs).
 */
export async function listen(store: Store, listener: Listener): Promise<() => void> {
  const h = hub()
  if (h.timer === undefined) {
    h.timer = setInterval(() => void look(store, h), INTERVAL_MS)
    h.seq = await newestChange(store)
  }
  h.listeners.add(listener)
  return () => {
    h.listeners.delete(listener)
    if (h.listeners.size > 0) return
    clearInterval(h.timer)
    h.timer = undefined
  }
}

async function look(store: Store, h: Hub): Promise<void> {
  const event = await eventSince(store, h.seq).catch(() => null)
  if (event === null || event.seq === h.seq) return
  h.seq = event.seq
  for (const listener of h.listeners) listener(event)
}

/** What a browser that last heard of `seq` has missed; `reset` where that is no longer known. */
export async function eventSince(store: Store, seq: number): Promise<ServerEvent> {
  const newest = await newestChange(store)
  // A store that was made anew counts from 1 again.
  if (newest < seq) return { kind: 'reset', topics: [], seq: newest }
  const { topics, seq: upTo, gap } = await changesSince(store, seq)
  if (gap || upTo < newest) return { kind: 'reset', topics: [], seq: newest }
  return { kind: 'changes', topics, seq: upTo }
}

/** `close` is called when the process ends, at once where it does already. */
export function onShutdown(close: () => void): () => void {
  if (hub().ending) close()
  hub().closers.add(close)
  return () => void hub().closers.delete(close)
}

/** Next waits for every open answer before it ends, and an event stream never ends by itself. */
export function closeStreamsAtTheEnd(): void {
  process.once('SIGTERM', closeStreams)
  process.once('SIGINT', closeStreams)
}

function closeStreams(): void {
  const h = hub()
  h.ending = true
  clearInterval(h.timer)
  for (const close of [...h.closers]) close()
}
