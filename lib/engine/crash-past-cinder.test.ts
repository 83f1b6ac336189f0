import { expect, test } from 'vitest'
import type { PastCinder } from '@/lib/domain/cloud-plan'
import { carryThrough } from './crash-harness'
import { type CinderWorld, cinderWorld, tinyCinderPast } from './tiny-cinder'
import { tinyLook } from './tiny-look'
import { hurried } from './world-of-three'

const GRANTED: PastCinder = { records: 'controller', conf: [], start: ['start-cinder-volume'] }
const HAND: PastCinder = { records: 'hand', conf: [], start: null }

const OWN = ['see-cinder-down', 'force-promote', 'set-records', 'start-cinder-volume']

/** A clock that goes ten times as fast: what was started is waited for for half a minute. */
const began = Date.now()
const fast = { ...hurried, now: () => began + (Date.now() - began) * 10 }

/** West is lost, and cinder-volume was started since: it is down, with a failover_host in its queue. */
async function lostWorld(past: PastCinder) {
  const world = Object.assign(cinderWorld(), { clock: fast })
  const plan = await tinyCinderPast(world, past)
  world.dead.add('west')
  world.tinyCloud.kill(1)
  world.tinyCloud.byHand = past.records === 'hand'
  return { world, plan }
}

function judged({ tinyCloud: { service, servers, volumes }, images, commands }: CinderWorld) {
  for (const { primaryAt, points } of images.values()) {
    expect(primaryAt.has('north')).toBe(true)
    expect(points.get('north')).toHaveLength(1)
  }
  expect(service).toMatchObject({ status: 'enabled', frozen: false, activeBackendId: 'secondary', state: 'up' })
  expect([...servers.values()].map(({ status }) => status)).toEqual(['ACTIVE', 'ACTIVE'])
  expect(
    [...volumes.values()].map(({ id, status, replicationStatus }) => `${id} ${status} ${replicationStatus}`),
  ).toEqual([
    ...['root in-use failed-over', 'data in-use failed-over', 'files in-use failed-over', 'scratch error not-capable'],
  ])
  expect(commands.filter((line) => line.includes('failover_host') || line.includes('/freeze'))).toEqual([])
}

test('killed at any point of the way past cinder-volume: each image promoted once, the records set before it starts', {
  timeout: 240_000,
}, async () => {
  async function past(kills: readonly number[]) {
    const { world, plan } = await lostWorld(GRANTED)
    const { points, run } = await carryThrough(world, plan, kills)
    expect({ kills, ...run }).toMatchObject({ kills, state: 'succeeded' })
    judged(world)
    const lines = world.commands
    const order = ['promote --force', 'controller: python3', 'controller: start-cinder-volume', 'os-start', '/thaw']
    const at = order.map((text) => lines.findIndex((line) => line.includes(text)))
    expect(at).not.toContain(-1)
    expect(at).toEqual([...at].sort((a, b) => a - b))
    expect(lines.findLastIndex((line) => line.includes('promote --force'))).toBeLessThan(at[1] ?? 0)
    for (const image of world.images.keys())
      expect(
        lines.filter((line) => line.includes('promote --force') && line.endsWith(image)),
        image,
      ).toHaveLength(1)
    return points
  }
  const points = await past([])
  // The other steps are carried through with a kill at every point elsewhere.
  const own = points.flatMap((point, index) => (OWN.some((step) => point.endsWith(step)) ? [index + 1] : []))
  expect(own.length).toBeGreaterThan(20)
  for (const kill of own) await past([kill])
})

test('without a controller it waits for a person at each of the two steps, says what for, and goes on by what Cinder says', async () => {
  const { world, plan } = await lostWorld(HAND)
  const asked: string[] = []
  const { run } = await carryThrough(world, plan, [], ({ state }, members) => {
    if (state === 'succeeded') return true
    const backend = members.find(({ key }) => key.startsWith('backend:'))
    if (backend?.state !== 'waiting') return false
    if (backend.reason !== asked.at(-1)) asked.push(backend.reason)
    if (backend.reason.includes('records')) world.tinyCloud.setRecords('secondary')
    if (backend.reason.includes('start it')) world.tinyCloud.startVolume()
    return false
  })
  expect(run).toMatchObject({ state: 'succeeded' })
  judged(world)
  expect(asked[0]).toContain("Cinder's records of cinder@ceph are of before: its row says failing-over")
  expect(asked[0]).toContain('queue')
  expect(asked.some((text) => text.includes('is down: start it'))).toBe(true)
})

test('a cinder-volume that comes up of its own keeps everything waiting: nothing is promoted beside it', async () => {
  const { world, plan } = await lostWorld(GRANTED)
  world.tinyCloud.service = { ...world.tinyCloud.service, state: 'up' }
  const waits = (_: unknown, members: readonly { key: string; state: string; reason: string }[]) =>
    members.some(({ state, reason }) => state === 'waiting' && reason.includes('stop it on every controller'))
  await carryThrough(world, plan, [], waits)
  expect(world.commands.filter((line) => line.includes('promote') || line.includes('controller'))).toEqual([])
})

test('what a cinder-volume has called failover-error beside it is not taken for set', async () => {
  const { world, plan } = await lostWorld(GRANTED)
  world.tinyCloud.setRecords('secondary')
  const root = world.tinyCloud.volumes.get('root')
  if (root === undefined) throw new Error('there is no root')
  world.tinyCloud.volumes.set('root', { ...root, status: 'error', replicationStatus: 'failover-error' })
  expect(await tinyLook(world, 'set-records', 'cinder@ceph', plan)).not.toMatchObject({ kind: 'done' })
})
