import type { MessagePort, Worker } from 'node:worker_threads'
import type { SiteName } from '@/lib/domain/words'
import type { Poller } from './poller'

/** `parentPort` on one side, the thread itself on the other. */
export type ThreadPort = MessagePort | Worker

type Asked = { readonly id: number } & (
  | { readonly kind: 'start' | 'stop' }
  | { readonly kind: 'refresh'; readonly site: SiteName }
)
type Answered = { readonly id: number; readonly error: string | null }

/**
 * A poller that lives in a thread of its own, with ports and a store of its own. Ten pools of ten thousand images are
 * parsed for tenths of a second at a time; an engine that holds leases and kills no process must not wait for that.
 */
export function pollerInThread(thread: ThreadPort): Poller {
  const waiting = new Map<number, { resolve: () => void; reject: (error: Error) => void }>()
  let next = 1
  thread.on('message', ({ id, error }: Answered) => {
    const one = waiting.get(id)
    waiting.delete(id)
    if (error === null) one?.resolve()
    else one?.reject(new Error(error))
  })
  const ask = (question: { kind: 'start' | 'stop' } | { kind: 'refresh'; site: SiteName }): Promise<void> =>
    new Promise((resolve, reject) => {
      const id = next++
      waiting.set(id, { resolve, reject })
      thread.postMessage({ id, ...question })
    })
  return {
    start: () => ask({ kind: 'start' }),
    stop: () => ask({ kind: 'stop' }),
    refreshNow: (site) => ask({ kind: 'refresh', site }),
  }
}

/** The other end: answers for a poller in this thread. */
export function servePoller(port: ThreadPort, poller: Poller): void {
  const run = (asked: Asked): Promise<void> => {
    if (asked.kind === 'refresh') return poller.refreshNow(asked.site)
    return asked.kind === 'start' ? poller.start() : poller.stop()
  }
  port.on('message', (asked: Asked) => {
    const answer = (error: string | null) => port.postMessage({ id: asked.id, error } satisfies Answered)
    run(asked).then(
      () => answer(null),
      (error: unknown) => answer(error instanceof Error ? error.message : String(error)),
    )
  })
}
