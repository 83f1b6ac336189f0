import { expect, test } from 'vitest'
import { command, ended, freshWorld, member, run, startPlan, stepName, until } from './run-fixture'
import { type CinderWorld, cinderWorld, tinyCinder } from './tiny-cinder'

let world: CinderWorld
let skewMs = 0
freshWorld(
  (usual) => ({
    ...usual,
    cloud: (site) => world.cloud(site),
    clock: { ...usual.clock, now: () => usual.clock.now() + skewMs },
  }),
  () => {
    skewMs = 0
    world = cinderWorld()
    return world
  },
)

const failovers = () => world.commands.filter((line) => line.includes('failover_host'))
const serversNow = () => [...world.tinyCloud.servers.values()].map(({ status }) => status)
const primaries = () => [...world.images.values()].flatMap(({ primaryAt }) => [...primaryAt])
const waitsForProof = () => until(async () => (await stepName('volume-root')) === 'prove')

test('a stop before Cinder was told takes all back in turn: images, then servers, then the freeze', async () => {
  world.arrives = false
  await startPlan(await tinyCinder(world))
  await waitsForProof()
  expect(serversNow()).toEqual(['SHUTOFF', 'SHUTOFF'])
  await command({ kind: 'stop', reason: 'the copies never come' })
  await ended()
  expect(await run()).toMatchObject({ state: 'cancelled', reason: 'stopped by the operator' })
  expect(primaries()).toEqual(['west', 'west', 'west'])
  expect(serversNow()).toEqual(['ACTIVE', 'ACTIVE'])
  expect(world.tinyCloud.service).toMatchObject({ frozen: false, status: 'enabled', activeBackendId: null })
  expect(failovers()).toEqual([])
  const firstStart = world.commands.findIndex((line) => line.includes('os-start'))
  const lastPromote = world.commands.findLastIndex((line) => line.includes('promote'))
  expect(lastPromote).toBeLessThan(firstStart)
})

test('one image set aside keeps Cinder from being told: it would force that one into a split-brain', async () => {
  world.arrives = false
  await startPlan(await tinyCinder(world))
  await waitsForProof()
  await command({ kind: 'set-aside', members: [(await member('volume-data')).idx], reason: 'not today' })
  world.arriveAll()
  await until(async () => (await member('backend:west/cinder@ceph')).state === 'failed')
  expect((await member('backend:west/cinder@ceph')).reason).toContain('volume-data is primary at west')
  expect(failovers()).toEqual([])
})

test('once Cinder is told, a stop promotes nothing back beside it', async () => {
  world.tinyCloud.failsOverFor = Number.POSITIVE_INFINITY
  await startPlan(await tinyCinder(world))
  await until(async () => failovers().length === 1 && (await member('backend:west/cinder@ceph')).state === 'waiting')
  await command({ kind: 'stop', reason: 'too late' })
  await ended()
  expect((await run()).state).toBe('cancelled')
  expect(world.commands.some((line) => line.startsWith('west: rbd mirror image promote'))).toBe(false)
})

async function diesOnceCinderIsTold(): Promise<void> {
  world.tinyCloud.failsOverFor = Number.POSITIVE_INFINITY
  await startPlan(await tinyCinder(world))
  await until(async () => failovers().length === 1)
  world.dead.add('west')
  world.tinyCloud.failsOverFor = 1
  await until(async () => (await member('volume-root')).reason.includes('not known at west'))
}

test('the old site dies once Cinder has moved: servers come up by the word of the target, and what is not known is said', async () => {
  await diesOnceCinderIsTold()
  expect(serversNow()).toEqual(['SHUTOFF', 'SHUTOFF'])
  skewMs = 31_000
  await until(async () => (await stepName('volume-root')) === 'see-replication')
  expect(serversNow()).toEqual(['ACTIVE', 'ACTIVE'])
  expect(world.tinyCloud.service).toMatchObject({ frozen: false, status: 'enabled' })
  expect((await run()).state).toBe('waiting')
})

test('where the image of the target is not primary, no server is started, however silent the old site is', async () => {
  await diesOnceCinderIsTold()
  world.images.get('volumes/volume-root')?.primaryAt.clear()
  skewMs = 31_000
  await until(async () => (await member('volume-root')).state === 'failed')
  expect((await member('volume-root')).reason).toContain('not primary at north')
  await until(async () => (await member('server:west/db')).state === 'failed')
  expect(world.tinyCloud.servers.get('db')?.status).toBe('SHUTOFF')
})
