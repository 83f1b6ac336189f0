import { createServer as createHttp } from 'node:http'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { networkProbe } from './probe'

const HOME = '127.0.0.1'
const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

const listens = (server: ReturnType<typeof createServer>): Promise<number> =>
  new Promise((resolve) => {
    const sockets = new Set<Socket>()
    server.on('connection', (socket) => sockets.add(socket))
    server.listen(0, HOME, () => resolve((server.address() as AddressInfo).port))
    ends.push(() => {
      for (const socket of sockets) socket.destroy()
      server.close()
    })
  })

test('a port that takes connections is open; one that nobody listens at refuses', async () => {
  const server = createServer()
  const port = await listens(server)
  expect(await networkProbe().port(HOME, port)).toEqual({ open: true, text: 'takes connections' })
  await new Promise((resolve) => server.close(resolve))
  expect(await networkProbe().port(HOME, port)).toEqual({ open: false, text: 'refuses connections' })
})

test('an address is open with its status alone; a redirect is an answer and is not followed', async () => {
  const asked: string[] = []
  const port = await listens(
    createHttp(({ url = '' }, response) => {
      asked.push(url)
      response.writeHead(url === '/moved' ? 302 : url === '/ill' ? 503 : 200, { location: '/well' }).end()
    }),
  )
  const at = (path: string) => `http://${HOME}:${port}${path}`
  expect(await networkProbe().http(at('/well'), 200)).toEqual({ open: true, text: 'answers 200' })
  expect(await networkProbe().http(at('/ill'), 200)).toEqual({ open: false, text: 'answers 503' })
  expect(await networkProbe().http(at('/moved'), 200)).toEqual({ open: false, text: 'answers 302' })
  expect(asked).toEqual(['/well', '/ill', '/moved'])
})

test('what takes a connection and says nothing is given up at the deadline, and its connection is closed', async () => {
  let closed = () => {}
  const left = new Promise<void>((resolve) => {
    closed = resolve
  })
  const port = await listens(
    createServer((socket) =>
      socket
        .on('error', () => {})
        .on('close', closed)
        .resume(),
    ),
  )
  expect(await networkProbe(60).http(`http://${HOME}:${port}/`, 200)).toEqual({
    open: false,
    text: 'gives no answer within 0.06 s',
  })
  await left
})

test('what is neither http nor https is not asked', async () => {
  expect(await networkProbe().http('file:///etc/passwd', 200)).toMatchObject({ open: false })
})
