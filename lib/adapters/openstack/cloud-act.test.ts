import { expect, test } from 'vitest'
import { cloudArgv, TOKEN_HEADER } from '@/lib/ports/cloud'
import { shellWord } from '@/lib/procedures/shell-word'
import { captured, type Said } from './fake-cloud'
import { cloud, failing } from './port-fixture'

const acting = (softDeadlineMs = 5_000) => {
  const started: unknown[] = []
  return { attemptId: 'r1.s1.a1', softDeadlineMs, onStarted: (handle: unknown) => started.push(handle), started }
}

test('a change is sent as it was shown; its answer is kept, and a refusal is told by its status and in words', async () => {
  const { port, made } = await cloud(({ path }) =>
    path.endsWith('/failover_host') ? { status: 202 } : { ...captured('err-cinder-delete-while-frozen') },
  )
  const argv = cloudArgv.failoverHost('cinder@ceph', 'secondary')
  const options = acting()
  expect(await port.act(argv, options)).toMatchObject({ exit: 0, stdout: '', stderr: '', overdue: false })
  expect(options.started).toMatchObject([{ pid: process.pid }])
  expect(made.heard.at(-1)).toMatchObject({
    method: 'PUT',
    path: '/volume/v3/p1/os-services/failover_host',
    body: '{"host":"cinder@ceph","backend_id":"secondary"}',
  })
  const refused = await port.act(cloudArgv.deleteVolume('v1'), acting())
  expect(refused).toMatchObject({ exit: 400, stdout: expect.stringContaining('badRequest') })
  expect(refused.stderr).toMatch(
    /^west: volume in RegionOne: DELETE \/volumes\/v1: 400: .*not allowed on frozen storage backends\. \(req-[\w-]+\)$/,
  )
  expect(port.shown(argv)).toEqual([
    ...['curl', '--fail-with-body', '-sS', '-X', 'PUT', '-H', TOKEN_HEADER, '-H', 'Content-Type: application/json'],
    ...['-H', 'openstack-api-version: volume 3.70', '--data-raw', '{"host":"cinder@ceph","backend_id":"secondary"}'],
    `${made.url}/volume/v3/p1/os-services/failover_host`,
  ])
})

test('past its soft deadline a change lives on, and is gone once it is answered', async () => {
  let answer = (_: Said): void => {}
  const { port } = await cloud(({ method }) =>
    method === 'GET' ? { body: {} } : new Promise<Said>((resolve) => (answer = resolve)),
  )
  expect(await port.mayLive('r1.s1.a1', null)).toBe('gone')
  expect(await port.act(cloudArgv.thaw('cinder@ceph'), acting(200))).toMatchObject({ exit: null, overdue: true })
  expect(await port.mayLive('r1.s1.a1', null)).toBe('lives')
  answer({ status: 200 })
  await expect.poll(() => port.mayLive('r1.s1.a1', null)).toBe('gone')
  expect(await port.mayLive('r1.s1.a1', { pid: process.ppid, startTicks: 1 })).toBe('gone')
})

test('a change whose answer is lost has no exit; one that could not be sent was never started', async () => {
  const { port, made } = await cloud(() => 'hangs-up')
  const lost = await port.act(cloudArgv.freeze('cinder@ceph'), acting())
  expect(lost).toMatchObject({ exit: null, overdue: false })
  expect(lost.stderr).toMatch(/closed the connection before it answered .*; whether west took it is not known$/)
  await made.close()
  await failing(port.act(cloudArgv.freeze('cinder@ceph'), acting()))
})

test('Glance is sent the kind of patch that it takes', async () => {
  const { port, made } = await cloud(() => ({ body: {} }))
  await port.act(cloudArgv.removeGlanceLocation('i1', 0), acting())
  expect(made.heard.at(-1)).toMatchObject({
    method: 'PATCH',
    path: '/image/v2/images/i1',
    headers: { 'content-type': 'application/openstack-images-v2.1-json-patch' },
  })
})

test('nothing is sent that is no request to a cloud', async () => {
  const { port } = await cloud(() => ({ body: {} }))
  await expect(port.act(['rbd', 'rm', 'x'], acting())).rejects.toThrow('not a request to a cloud: rbd rm x')
  expect(() => port.shown(['openstack', 'volume', 'DELETE', 'http://elsewhere'])).toThrow('not a request')
})

test("in a script that is shown the shell fills in the operator's token, and nothing else", () => {
  expect([TOKEN_HEADER, 'X-Auth-Token: $HOME', '{"a":"$OS_TOKEN"}'].map(shellWord)).toEqual([
    '"X-Auth-Token: $OS_TOKEN"',
    "'X-Auth-Token: $HOME'",
    `'{"a":"$OS_TOKEN"}'`,
  ])
})
