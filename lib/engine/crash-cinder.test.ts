import { expect, test } from 'vitest'
import type { VolumeMember } from '@/lib/domain/cloud-plan'
import type { Clock } from '@/lib/ports/clock'
import type { ProbePort } from '@/lib/ports/probe'
import { carryThrough } from './crash-harness'
import { type CinderWorld, cinderWorld, tinyCinder, tinyCinderForced, tinyCinderGated } from './tiny-cinder'

const told = (world: CinderWorld) => world.commands
const failovers = (world: CinderWorld) => world.commands.filter((line) => line.includes('failover_host'))
const statuses = (world: CinderWorld) =>
  Object.fromEntries([...world.tinyCloud.volumes.values()].map(({ id, status }) => [id, status]))

/** What must hold of every member after the backend was moved to a site, however often a worker died on the way. */
function judged(world: CinderWorld, site: string, monitor: string) {
  for (const { primaryAt } of world.images.values()) expect([...primaryAt]).toEqual([site])
  const { service, servers, volumes, attachments } = world.tinyCloud
  expect(service).toMatchObject({ status: 'enabled', frozen: false })
  expect([...servers.values()].map(({ status }) => status)).toEqual(['ACTIVE', 'ACTIVE'])
  for (const { attachedTo } of volumes.values())
    for (const { attachmentId } of attachedTo)
      expect(attachments.get(attachmentId)?.connection?.monitors).toEqual([monitor])
}

test('a whole backend moves: servers in boot order, Cinder told once, and told to promote only what is demoted', async () => {
  const world = cinderWorld()
  const { run } = await carryThrough(world, await tinyCinder(world), [])
  expect(run).toMatchObject({ state: 'succeeded', reason: '3 images moved, with their backend and its servers' })
  judged(world, 'north', '10.0.2.1:6789')
  expect(statuses(world)).toEqual({ root: 'in-use', data: 'in-use', files: 'in-use', scratch: 'error' })
  const lines = told(world)
  const at = (text: string) => lines.findIndex((line) => line.includes(text))
  const order = [
    ...['PUT /os-services/freeze', '/servers/app/action {"os-stop"', '/servers/db/action {"os-stop"'],
    ...[
      'demote',
      'failover_host',
      'DELETE /servers/',
      '/servers/db/action {"shelve"',
      '/servers/db/action {"unshelve"',
    ],
    ...['/servers/app/action {"os-start"', 'PUT /os-services/thaw'],
  ].map(at)
  expect(order).not.toContain(-1)
  expect(order).toEqual([...order].sort((a, b) => a - b))
  expect(lines.some((line) => line.includes('--force'))).toBe(false)
})

test('killed at any point of any step, there and back: Cinder is told once a way, every status is as it was', {
  timeout: 240_000,
}, async () => {
  async function thereAndBack(kills: readonly number[], killsBack: readonly number[]) {
    const world = cinderWorld()
    const plan = await tinyCinder(world)
    const there = await carryThrough(world, plan, kills)
    expect({ kills, ...there.run }).toMatchObject({ kills, state: 'succeeded' })
    judged(world, 'north', '10.0.2.1:6789')
    expect(failovers(world)).toHaveLength(1)
    const former = new Map(
      plan.members.filter((one): one is VolumeMember => one.kind === 'volume').map((one) => [one.id, one]),
    )
    world.tinyCloud.failsOverFor = 2
    const back = await carryThrough(world, await tinyCinder(world, true, former), killsBack)
    expect({ killsBack, ...back.run }).toMatchObject({ killsBack, state: 'succeeded' })
    judged(world, 'west', '10.0.1.1:6789')
    expect(failovers(world)).toHaveLength(2)
    expect(statuses(world)).toEqual({ root: 'in-use', data: 'in-use', files: 'in-use', scratch: 'available' })
    return [there.points.length, back.points.length] as const
  }
  const [there, back] = await thereAndBack([], [])
  for (let kill = 1; kill <= Math.max(there, back); kill++)
    await thereAndBack(kill <= there ? [kill] : [], kill <= back ? [kill] : [])
})

test('killed at any point while its site is dead: Cinder promotes by force once, and servers come up on the survivor', {
  timeout: 240_000,
}, async () => {
  async function lost(kills: readonly number[]) {
    const world = cinderWorld()
    const plan = await tinyCinderForced(world)
    world.dead.add('west')
    const { points, run } = await carryThrough(world, plan, kills)
    expect({ kills, ...run }).toMatchObject({ kills, state: 'succeeded' })
    expect(failovers(world)).toHaveLength(1)
    for (const { primaryAt, points: marks } of world.images.values()) {
      expect(primaryAt.has('north')).toBe(true)
      expect(marks.get('north')).toHaveLength(1)
    }
    const { service, servers } = world.tinyCloud
    expect(service).toMatchObject({ status: 'enabled', frozen: false, activeBackendId: 'secondary' })
    expect([...servers.values()].map(({ status }) => status)).toEqual(['ACTIVE', 'ACTIVE'])
    return points.length
  }
  const points = await lost([])
  for (let kill = 1; kill <= points; kill++) await lost([kill])
})

test('killed at any point while gates wait: none is lost, none is passed twice, and no order starts before its gates', {
  timeout: 240_000,
}, async () => {
  async function gated(kills: readonly number[]) {
    const world = cinderWorld()
    let looks = 0
    // Shut at the first looks of whichever worker.
    const probe: ProbePort = {
      port: async () => (++looks > 2 ? { open: true, text: 'open' } : { open: false, text: 'refuses' }),
      http: async () => ({ open: false, text: 'is never asked' }),
    }
    const plan = await tinyCinderGated(world, [
      { after: 1, gate: { kind: 'port', host: '10.0.0.4', port: 5432 } },
      { after: 1, gate: { kind: 'pause', sec: 1 } },
    ])
    const clock = quick(world.clock)
    const { points, run } = await carryThrough(
      { ...world, port: (site) => world.port(site), clock, probe },
      plan,
      kills,
    )
    expect({ kills, ...run }).toMatchObject({ kills, state: 'succeeded' })
    expect(looks).toBeGreaterThan(2)
    judged(world, 'north', '10.0.2.1:6789')
    // What comes before is the same without gates.
    return points.flatMap((point, index) => (point.endsWith('start-servers') ? [index + 1] : []))
  }
  const kills = await gated([])
  expect(kills.length).toBeGreaterThan(10)
  for (const kill of kills) await gated([kill])
})

/** Twenty times as fast, so that a pause of a second is soon over; faster still, and leases would run out under load. */
function quick(clock: Clock): Clock {
  const from = clock.now()
  return { ...clock, now: () => from + (clock.now() - from) * 20 }
}

test('a site that answers after all is not given up: Cinder is told nothing', async () => {
  const world = cinderWorld()
  const plan = await tinyCinderForced(world)
  const stopped = (_: unknown, members: readonly { state: string }[]) => members.some(({ state }) => state === 'failed')
  await carryThrough(world, plan, [], stopped)
  expect(failovers(world)).toEqual([])
})
