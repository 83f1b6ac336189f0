import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { NeverSent } from '@/lib/ports/cloud-channel'
import { type Answers, type Said, webServer } from './fake-cloud'
import { httpChannel } from './http-channel'
import { failing } from './port-fixture'

const attempts = mkdtempSync(join(tmpdir(), 'antipode-http-'))
afterAll(() => rmSync(attempts, { recursive: true }))
const tlsFile = (name: string): string => join(import.meta.dirname, 'captures/tls', name)
const tlsText = (name: string): string => readFileSync(tlsFile(name), 'utf8')

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

async function serve(answers: Answers, cert?: string) {
  const tls = cert === undefined ? undefined : { key: tlsText('server.key'), cert: tlsText(cert) }
  const server = await webServer(answers, tls)
  open.push(server)
  return server
}

function channel(options: { caFile?: string; verify?: boolean; maxBytes?: number; exec?: readonly string[] } = {}) {
  const made = httpChannel('west', {
    tls: () => ({ caFile: options.caFile ?? null, verify: options.verify ?? true }),
    controllerExec: options.exec ?? null,
    attempts,
    ...(options.maxBytes === undefined ? {} : { answerMaxBytes: options.maxBytes }),
  })
  open.push(made)
  return made
}

const get = (url: string) => ({ method: 'GET', url, headers: {}, body: null }) as const
const FIVE_SEC = { deadlineMs: 5_000 }

test('a request is sent as it is, and any answer is an answer, a redirect too', async () => {
  const server = await serve(
    ({ method, body }): Said =>
      method === 'PUT'
        ? { status: 418, headers: { 'X-Openstack-Request-Id': 'req-1' }, body: `took ${body}` }
        : { status: 302, headers: { location: 'http://elsewhere' } },
  )
  const way = channel()
  const put = { method: 'PUT', url: `${server.url}/a?b=c`, headers: { 'x-auth-token': 't' }, body: '{"ä":1}' } as const
  expect(await way.send(put, FIVE_SEC)).toMatchObject({
    status: 418,
    headers: { 'x-openstack-request-id': 'req-1' },
    body: 'took {"ä":1}',
  })
  expect(server.heard[0]).toMatchObject({ path: '/a?b=c', headers: { 'x-auth-token': 't', 'content-length': '8' } })
  expect(await way.send(get(server.url), FIVE_SEC)).toMatchObject({ status: 302 })
})

test('looks share a connection; a change has one of its own', async () => {
  const server = await serve(() => ({ body: 'x' }))
  const way = channel()
  for (const method of ['GET', 'GET', 'PUT'] as const)
    await way.send({ method, url: server.url, headers: {}, body: null }, FIVE_SEC)
  expect(server.heard.map(({ headers }) => headers.connection)).toEqual(['keep-alive', 'keep-alive', 'close'])
})

test('past its deadline a request is given up, and nothing is said about whether it was taken', async () => {
  const server = await serve(() => null)
  const error = await failing(channel().send({ ...get(server.url), method: 'PUT' }, { deadlineMs: 200 }))
  expect(error).toMatchObject({ kind: 'unreachable', message: `west: no answer from ${server.url} within 0.2 s` })
  expect(error).not.toBeInstanceOf(NeverSent)
})

test('a connection that is refused, and a name that is nobody, were never sent', async () => {
  const server = await webServer(() => ({}))
  await server.close()
  const refused = await failing(channel().send(get(server.url), FIVE_SEC))
  expect(refused).toBeInstanceOf(NeverSent)
  expect(refused.message).toBe(`west: ${server.url} refuses the connection: nothing listens there`)
  const nobody = await failing(channel().send(get('http://keystone.invalid:5000/v3'), FIVE_SEC))
  expect(nobody).toBeInstanceOf(NeverSent)
  expect(nobody.message).toMatch(/^west: keystone\.invalid /)
})

test('a connection that is closed without an answer may have been taken', async () => {
  const rude = createServer((socket) => socket.once('data', () => socket.destroy()))
  await new Promise<void>((done) => rude.listen(0, '127.0.0.1', done))
  open.push({ close: () => new Promise((done) => rude.close(() => done())) })
  const { port } = rude.address() as { port: number }
  const error = await failing(channel().send({ ...get(`http://127.0.0.1:${port}`), method: 'POST' }, FIVE_SEC))
  expect(error).not.toBeInstanceOf(NeverSent)
  expect(error.message).toMatch(/closed the connection before it answered/)
})

test('an answer that is too large is not read to its end', async () => {
  const server = await serve(() => ({ body: 'x'.repeat(300_000) }))
  const error = await failing(channel({ maxBytes: 100_000 }).send(get(server.url), FIVE_SEC))
  expect(error).toMatchObject({
    kind: 'unreadable',
    message: `west: the answer of ${server.url} is larger than 0.1 MB`,
  })
})

test('a certificate is trusted by its own authority, not without it, and anyhow where verify is off', async () => {
  const server = await serve(() => ({ body: 'x' }), 'server.pem')
  const untrusted = await failing(channel().send(get(server.url), FIVE_SEC))
  expect(untrusted).toBeInstanceOf(NeverSent)
  expect(untrusted.message).toMatch(/is not trusted \(\w+\): name its authority as cacert in clouds\.yaml$/)
  expect(server.heard).toEqual([])
  expect(await channel({ caFile: tlsFile('ca.pem') }).send(get(server.url), FIVE_SEC)).toMatchObject({ status: 200 })
  expect(await channel({ verify: false }).send(get(server.url), FIVE_SEC)).toMatchObject({ status: 200 })
  const put = { ...get(server.url), method: 'PUT' } as const
  expect(await channel({ caFile: tlsFile('ca.pem') }).send(put, FIVE_SEC)).toMatchObject({ status: 200 })
})

test("another host's certificate is no proof, and neither is a port that speaks no TLS", async () => {
  const other = await serve(() => ({}), 'elsewhere.pem')
  const wrong = await failing(channel({ caFile: tlsFile('ca.pem') }).send(get(other.url), FIVE_SEC))
  expect(wrong.message).toMatch(/is for another name/)
  const plain = await serve(() => ({}))
  const spoken = await failing(channel().send(get(plain.url.replace('http:', 'https:')), FIVE_SEC))
  expect(spoken.message).toMatch(/does not speak TLS: is its URL meant to be http\?$/)
})

test('a CA file that cannot be read is named', async () => {
  const error = await failing(channel({ caFile: '/nowhere/ca.pem' }).send(get('https://127.0.0.1:1'), FIVE_SEC))
  expect(error).toMatchObject({
    kind: 'unavailable',
    message: 'west: /nowhere/ca.pem, cacert of its cloud, cannot be read (ENOENT)',
  })
})

test('without a grant there is no controller; with one a tool runs there, is found while it lives, and is not afterwards', async () => {
  expect(channel().controller).toBeNull()
  const { controller } = channel({ exec: ['env', 'WHERE=controller'] })
  if (controller === null) throw new Error('no controller')
  const slow = ['sh', '-c', 'echo "$WHERE"; read -r line <"$0"', join(attempts, 'gate')]
  expect(controller.shown(['nova-manage', 'x'])).toEqual(['env', 'WHERE=controller', 'nova-manage', 'x'])
  const { execFileSync } = await import('node:child_process')
  execFileSync('mkfifo', [join(attempts, 'gate')])
  let handle: { pid: number; startTicks: number } | null = null
  const options = { attemptId: 'r1.a1', softDeadlineMs: 300, onStarted: (started: typeof handle) => (handle = started) }
  expect(await controller.run(slow, options)).toMatchObject({ exit: null, overdue: true, stdout: 'controller\n' })
  expect(await controller.mayLive('r1.a1', null)).toBe('lives')
  expect(await controller.mayLive('r1.a2', null)).toBe('gone')
  execFileSync('sh', ['-c', 'echo go >"$0"', join(attempts, 'gate')])
  await expect.poll(() => controller.mayLive('r1.a1', handle)).toBe('gone')
})

test('a controller that cannot be reached by its argv prefix is told with what to check', async () => {
  const { controller } = channel({ exec: ['no-such-program'] })
  const run = controller?.run(['nova-manage'], { attemptId: 'r1.a3', softDeadlineMs: 1_000, onStarted: () => {} })
  expect(await failing(run ?? Promise.resolve())).toMatchObject({
    kind: 'unavailable',
    message: 'west: no-such-program cannot be run (ENOENT): check openstack.controllerExec',
  })
})
