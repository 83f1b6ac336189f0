import { expect, test } from 'vitest'
import type { Watcher } from '@/lib/domain/watcher'
import { ended, freshWorld, member, run, start, stepName, until, world } from './run-fixture'

freshWorld()

test('images of both modes are moved, each with its schedule, and each act is done once', async () => {
  world.add('j1', 'journal')
  world.add('s1', 'snapshot')
  world.schedules.set('west', [{ pool: 'volumes', namespace: null, image: null, interval: '1m', startTime: null }])
  await start()
  await ended()
  expect(await run()).toMatchObject({ state: 'succeeded', reason: '2 images moved, each proven' })
  expect([...world.images.values()].map(({ primaryAt }) => [...primaryAt])).toEqual([['north'], ['north']])
  expect(world.commands.filter((text) => / (de|pro)mote /.test(text)).sort()).toEqual([
    'north: rbd mirror image promote volumes/j1',
    'north: rbd mirror image promote volumes/s1',
    'west: rbd mirror image demote volumes/j1',
    'west: rbd mirror image demote volumes/s1',
  ])
  expect(world.schedules.get('north')).toMatchObject([{ pool: 'volumes', interval: '1m' }])
  expect(world.schedules.get('west')).toEqual([])
})

test('a copy that never got the demotion is not promoted, though Ceph would take it without a word', async () => {
  const one = world.add('s1', 'snapshot')
  world.losesDemotions = true
  await start()
  await until(async () => (await member('s1')).state === 'waiting' && (await stepName('s1')) === 'prove')
  expect((await member('s1')).reason).toBe('the demotion has not arrived at the copy')
  expect(world.commands.some((text) => text.includes('promote'))).toBe(false)
  expect([...one.primaryAt]).toEqual([])
})

test('while the demotion has not arrived the member waits and says why, and goes on by itself when it has', async () => {
  const one = world.add('j1', 'journal')
  world.arrives = false
  await start()
  await until(async () => (await member('j1')).state === 'waiting' && (await stepName('j1')) === 'prove')
  expect((await member('j1')).reason).toBe('the demotion has not arrived at the copy')
  expect(world.commands.some((text) => text.includes('promote'))).toBe(false)
  world.copy(one, 'west')
  await ended()
  expect((await run()).state).toBe('succeeded')
})

test('a client that holds the image open is waited for, and evicted only where that was asked', async () => {
  const one = world.add('j1', 'journal')
  const nova: Watcher = { clientId: '77', address: '10.0.0.1:0/5', entity: 'client.nova', isMirrorDaemon: false }
  one.watchers = [nova]
  await start()
  await until(async () => (await member('j1')).state === 'waiting' && (await stepName('j1')) === 'stop-clients')
  expect((await member('j1')).reason).toContain('client.nova (client.77) at 10.0.0.1:0/5')
  expect(world.commands).toEqual([])
  one.watchers = []
  await ended()
})

test('evicted by blocklist where that was asked', async () => {
  const one = world.add('j1', 'journal')
  one.watchers = [{ clientId: '77', address: '10.0.0.1:0/5', entity: 'client.nova', isMirrorDaemon: false }]
  await start({ clients: 'evict' })
  await ended()
  expect(world.commands[0]).toBe('west: ceph osd blocklist add 10.0.0.1:0/5 3600')
})

test('a site that stops answering makes everybody wait, and nothing fails', async () => {
  world.add('j1', 'journal')
  world.dead.add('north')
  await start()
  await until(async () => (await member('j1')).state === 'waiting')
  expect((await member('j1')).reason).toBe('north: no answer')
  world.dead.clear()
  await ended()
  expect((await run()).state).toBe('succeeded')
})

test('past its deadline an act is in doubt: nothing more is done to it while its command may live, then the look decides', async () => {
  const one = world.add('j1', 'journal')
  world.slow.add('west: rbd mirror image demote volumes/j1'.slice(6))
  await start()
  await until(
    async () => (await member('j1')).state === 'in-doubt' && (await member('j1')).reason === 'its command still runs',
  )
  expect(world.stillRunning).toBe(1)
  expect(world.commands).toEqual([])
  world.dead.add('west')
  await until(async () => (await member('j1')).reason.startsWith('whether its command still runs at west'))
  world.dead.clear()
  world.letGo()
  await ended()
  expect(world.commands.filter((text) => text.includes('demote'))).toHaveLength(1)
  expect([...one.primaryAt]).toEqual(['north'])
})

test('an image that is proven is promoted while another still waits for its proof', async () => {
  const [first] = [world.add('j1', 'journal'), world.add('j2', 'journal')]
  world.arrives = false
  await start()
  await until(async () => (await member('j2')).state === 'waiting' && (await stepName('j2')) === 'prove')
  world.copy(first, 'west')
  await until(async () => first.primaryAt.has('north'))
  expect(await stepName('j2')).toBe('prove')
  world.arriveAll()
  await ended()
  expect(await run()).toMatchObject({ state: 'succeeded' })
})

test('where it is all or nothing, nobody is promoted before the last is proven', async () => {
  const [first] = [world.add('j1', 'journal'), world.add('j2', 'journal')]
  world.arrives = false
  await start({ allOrNothing: true })
  await until(async () => (await member('j2')).state === 'waiting' && (await stepName('j2')) === 'prove')
  world.copy(first, 'west')
  await until(async () => (await stepName('j1')) === 'promote')
  expect((await member('j2')).reason).toBe('the demotion has not arrived at the copy')
  expect(world.commands.filter((text) => text.includes('promote'))).toEqual([])
  world.arriveAll()
  await ended()
  expect(await run()).toMatchObject({ state: 'succeeded' })
})
