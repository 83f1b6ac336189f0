import { rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { inParts } from '@/lib/ports/helper-answer'
import type { HelperMethod } from '@/lib/ports/helper-protocol'
import { breath } from '@/lib/ports/slices'
import { faultKinds } from './faults'
import { HelperRefusal } from './helper-refusal'
import { type Answer, lineReader, parseRequest, type Request, type WireError } from './wire'
import type { World } from './world'

export interface Serving {
  /** Ends all connections and frees the path. What the world was told goes on until the process ends. */
  close(): Promise<void>
}

/** Puts a world behind a unix socket. Rejects where another simulator answers there already. */
export async function serve(world: World, path: string): Promise<Serving> {
  if (await answers(path)) throw new Error(`another simulator answers at ${path}`)
  rmSync(path, { force: true })
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.setEncoding('utf8')
    socket.on(
      'data',
      lineReader((line) => void onLine(world, socket, line)),
    )
    socket.on('close', () => sockets.delete(socket))
    // A client that died in the middle: what it asked for goes on without it.
    socket.on('error', () => socket.destroy())
  })
  await listening(server, path)
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

const answers = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = connect(path)
    probe.once('connect', () => {
      probe.destroy()
      resolve(true)
    })
    probe.once('error', () => resolve(false))
  })

const listening = (server: Server, path: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => resolve())
  })

async function onLine(world: World, socket: Socket, line: string): Promise<void> {
  const say = (answer: Answer): void => {
    if (!socket.destroyed) socket.write(`${JSON.stringify(answer)}\n`)
  }
  let request: Request
  try {
    request = parseRequest(line)
  } catch (error) {
    const id = idOf(line)
    if (id !== null) say({ id, error: wireError(error) })
    return
  }
  const { id } = request
  try {
    const { parts, rest } = inParts(await answered(world, request, (started) => say({ id, started })))
    for (const part of parts) {
      say({ id, part })
      await breath()
    }
    say({ id, result: rest })
  } catch (error) {
    say({ id, error: wireError(error) })
  }
}

/** The number of a request that could not be read otherwise, so that whoever waits for it is told. */
function idOf(line: string): number | null {
  const found = /"id":(\d+)/.exec(line)
  return found === null ? null : Number(found[1])
}

function wireError(error: unknown): WireError {
  if (error instanceof HelperRefusal) return { kind: error.kind, message: error.message, errno: error.errno }
  return { kind: 'refused', message: error instanceof Error ? error.message : String(error), errno: null }
}

type Started = (handle: { readonly pid: number; readonly startTicks: number }) => void

async function answered(world: World, request: Request, onStarted: Started): Promise<unknown> {
  switch (request.kind) {
    case 'command':
      return world.command(request.site, request.argv)
    case 'change':
      return world.change(request.site, request.argv, {
        attemptId: request.attemptId,
        stdin: request.stdin ?? '',
        onStarted,
      })
    case 'attempt':
      return world.attemptResult(request.attemptId)
    case 'call':
      // The protocol's own schema judges the answer at the client; a wrong question is answered with an error.
      return world.call(request.site, request.method as HelperMethod, request.params as never)
    case 'http':
      return world.http(request.site, request)
    case 'mayLive':
      return world.mayLive(request.attemptId)
    case 'fault':
      return world.fault(request.fault)
    case 'faults':
      return faultKinds
    case 'recorded':
      return world.recorded(request.since)
    case 'truth':
      return world.truth(request.pool, request.name)
  }
}
