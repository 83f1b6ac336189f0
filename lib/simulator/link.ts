import { connect, type Socket } from 'node:net'
import { type Answer, type Asked, lineReader, type WireError } from './wire'

/** No answer will come. Where there was a connection the request may have been heard, and acted upon. */
export class LinkLost extends Error {
  constructor(
    message: string,
    readonly heard: 'perhaps' | 'never',
  ) {
    super(message)
  }
}

/** The simulator answered with an error. */
export class LinkRefused extends Error {
  constructor(readonly error: WireError) {
    super(error.message)
  }
}

/** What comes before the answer. */
export interface Heard {
  readonly onStarted?: (handle: { pid: number; startTicks: number }) => void
  /** Some of a long list. Throws where it makes no sense: then the whole answer does not. */
  readonly onPart?: (part: unknown) => void
}

interface Waiting {
  readonly resolve: (result: unknown) => void
  readonly reject: (error: Error) => void
  readonly heard: Heard
}

export interface Link {
  /** Sends one request and waits for its answer. Rejects with LinkLost or LinkRefused. */
  ask(asked: Asked, heard?: Heard): Promise<unknown>
  close(): void
}

/** One connection to the simulator, made when it is needed and made again after the simulator was started again. */
export function simulatorLink(path: string): Link {
  let socket: Socket | null = null
  let nextId = 1
  let closed = false
  const waiting = new Map<number, Waiting>()

  function open(): Socket {
    const made = connect(path)
    made.setEncoding('utf8')
    // Whoever waits for an answer has a deadline that keeps the process alive; an idle connection must not.
    made.unref()
    made.on(
      'data',
      lineReader((line) => {
        const answer = JSON.parse(line) as Answer
        const one = waiting.get(answer.id)
        if (one === undefined) return
        if ('started' in answer) return one.heard.onStarted?.(answer.started)
        try {
          if ('part' in answer) return one.heard.onPart?.(answer.part)
        } catch (error) {
          one.reject(error as Error)
        }
        waiting.delete(answer.id)
        if ('part' in answer) return
        if ('error' in answer) one.reject(new LinkRefused(answer.error))
        else one.resolve(answer.result)
      }),
    )
    let heard: 'perhaps' | 'never' = 'never'
    made.on('connect', () => {
      heard = 'perhaps'
    })
    made.on('error', () => made.destroy())
    made.on('close', () => {
      if (socket === made) socket = null
      const lost = [...waiting.values()]
      waiting.clear()
      for (const one of lost) one.reject(new LinkLost(`no connection to the simulator at ${path}`, heard))
    })
    return made
  }

  return {
    ask(asked, heard = {}) {
      if (closed) return Promise.reject(new LinkLost('the channel is closed', 'never'))
      socket ??= open()
      const id = nextId++
      const line = `${JSON.stringify({ id, ...asked })}\n`
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject, heard })
        socket?.write(line)
      })
    },
    close() {
      closed = true
      socket?.destroy()
    },
  }
}
