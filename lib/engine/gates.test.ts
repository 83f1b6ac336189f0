import { expect, test } from 'vitest'
import type { BootGate, Gate } from '@/lib/domain/boot-order'
import type { Probed, ProbePort } from '@/lib/ports/probe'
import { runbook } from '@/lib/procedures/runbook'
import { command, ended, freshWorld, member, run, startPlan, until } from './run-fixture'
import { type CinderWorld, cinderWorld, tinyCinder, tinyCinderGated } from './tiny-cinder'

let world: CinderWorld
/** What answers inside the servers, by address; what is not here refuses. */
const inside = new Map<string, Probed>()
const asked: string[] = []
let skewMs = 0
const seen = async (address: string): Promise<Probed> => {
  asked.push(address)
  return inside.get(address) ?? { open: false, text: 'refuses connections' }
}
const probe: ProbePort = { port: (host, port) => seen(`${host}:${port}`), http: (url) => seen(url) }
freshWorld(
  (usual) => ({
    ...usual,
    cloud: (site) => world.cloud(site),
    probe,
    clock: { ...usual.clock, now: () => usual.clock.now() + skewMs },
  }),
  () => {
    inside.clear()
    asked.length = 0
    skewMs = 0
    world = cinderWorld()
    return world
  },
)

const after = (order: number, gate: Gate): BootGate => ({ after: order, gate })
const PORT: Gate = { kind: 'port', host: '10.0.0.4', port: 5432 }
const HUMAN: Gate = { kind: 'human', question: 'Does the ledger balance?' }
const keyOf = (order: number, place = 0) => `gate:west/cinder@ceph/${order}/${place}`
const gateOf = (order: number, place = 0) => member(keyOf(order, place))
const waits = (reason: string, order = 1) =>
  until(async () => (await gateOf(order)).state === 'waiting' && (await gateOf(order)).reason.includes(reason))
const startedApp = () => world.commands.some((line) => line.includes('/servers/app/action {"os-start"'))
const status = (id: string) => world.tinyCloud.servers.get(id)?.status

test('the next order starts when the port behind the one before takes connections, which is not asked earlier', async () => {
  await startPlan(await tinyCinderGated(world, [after(1, PORT)]))
  await waits('port 5432 of 10.0.0.4 refuses connections')
  expect(status('db')).toBe('ACTIVE')
  expect(startedApp()).toBe(false)
  expect((await run()).reason).toContain('port 5432 of 10.0.0.4')
  inside.set('10.0.0.4:5432', { open: true, text: 'takes connections' })
  await ended()
  expect(await run()).toMatchObject({ state: 'succeeded' })
  expect(startedApp()).toBe(true)
})

test('no gate is looked at before the servers in front of it are ACTIVE, though it would be open', async () => {
  inside.set('http://app/health', { open: true, text: 'answers 200' })
  await startPlan(
    await tinyCinderGated(world, [after(1, HUMAN), after(2, { kind: 'http', url: 'http://app/health', status: 200 })]),
  )
  await waits('Does the ledger balance?')
  expect(asked).toEqual([])
  await command({ kind: 'answer', member: (await gateOf(1)).idx, answer: 'yes' })
  await ended()
  expect(asked).toEqual(['http://app/health'])
})

test('all gates of an order have to be open', async () => {
  inside.set('10.0.0.4:5432', { open: true, text: 'takes connections' })
  await startPlan(
    await tinyCinderGated(world, [after(1, PORT), after(1, { kind: 'http', url: 'http://db/', status: 204 })]),
  )
  await until(async () => (await gateOf(1, 1)).reason.includes('http://db/ refuses connections, and 204 is waited for'))
  expect((await gateOf(1)).state).toBe('done')
  expect(startedApp()).toBe(false)
})

test('a pause counts from when the last of the order was seen ACTIVE, and the worker needs no memory of it', async () => {
  await startPlan(await tinyCinderGated(world, [after(1, { kind: 'pause', sec: 60 })]))
  await waits('60 s pass after the last of boot order 1 was seen ACTIVE')
  expect(JSON.parse((await gateOf(1)).memo)).toMatchObject({ since: expect.any(Number) })
  expect(startedApp()).toBe(false)
  skewMs = 61_000
  await ended()
  expect(startedApp()).toBe(true)
})

test('a person is asked in its turn: nobody says yes earlier, a no stays, a yes goes on, and both are in the audit trail', async () => {
  world.arrives = false
  await startPlan(await tinyCinderGated(world, [after(1, HUMAN)]))
  const { idx } = await gateOf(1)
  await expect(command({ kind: 'answer', member: idx, answer: 'yes' })).rejects.toThrow('is not asked yet')
  world.arriveAll()
  await waits('somebody has to say yes: Does the ledger balance?')
  await command({ kind: 'answer', member: idx, answer: 'no' })
  await waits('anna said no')
  expect(startedApp()).toBe(false)
  await command({ kind: 'answer', member: idx, answer: 'yes' })
  await ended()
  expect(startedApp()).toBe(true)
  const { idx: server } = await member('server:west/db')
  await expect(command({ kind: 'answer', member: server, answer: 'yes' })).rejects.toThrow()
})

test('a gate is passed by hand by setting it aside; the run says that it is not complete', async () => {
  await startPlan(await tinyCinderGated(world, [after(1, PORT)]))
  await waits('refuses connections')
  await command({ kind: 'set-aside', members: [(await gateOf(1)).idx], reason: 'its firewall lets nobody in' })
  await ended()
  expect(await run()).toMatchObject({ state: 'incomplete' })
  expect(startedApp()).toBe(true)
})

test('a server that failed holds up those of later orders, until somebody decides about it', async () => {
  await startPlan(await tinyCinder(world))
  world.arrives = false
  await until(async () => status('app') === 'SHUTOFF' && status('db') === 'SHUTOFF')
  const db = world.tinyCloud.servers.get('db')
  if (db === undefined) throw new Error('there is no db')
  world.tinyCloud.servers.set('db', { ...db, status: 'ERROR' })
  world.arriveAll()
  const app = () => member('server:west/app')
  await until(async () => (await app()).reason.includes('server db has stopped. Retry it, or set it aside'))
  expect(startedApp()).toBe(false)
  await command({ kind: 'set-aside', members: [(await member('server:west/db')).idx], reason: 'rebuilt elsewhere' })
  await ended()
  expect(startedApp()).toBe(true)
})

test('the runbook looks at a gate where the engine does: between the orders', async () => {
  const plan = await tinyCinderGated(world, [
    after(1, PORT),
    after(1, { kind: 'http', url: 'http://db/?a=1&b=2', status: 200 }),
    after(1, { kind: 'pause', sec: 60 }),
    after(1, { kind: 'human', question: "Is it 'well'?" }),
  ])
  const lines = runbook(
    plan,
    'by hand',
    (_, argv) => argv,
    () => 0,
  ).split('\n')
  const at = (text: string) => lines.findIndex((line) => line.includes(text))
  const order = [
    at('/servers/db/action \'{"unshelve"'),
    at('until nc -z -w 3 10.0.0.4 5432; do sleep 2; done'),
    at("'http://db/?a=1&b=2')\" = 200 ]"),
    at('sleep 60'),
    at("'Is it '\\''well'\\''?'"),
    at('/servers/app/action \'{"os-start"'),
  ]
  expect(order).not.toContain(-1)
  expect(order).toEqual([...order].sort((a, b) => a - b))
})
