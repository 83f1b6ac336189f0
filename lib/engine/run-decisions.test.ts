import { expect, test } from 'vitest'
import { command, ended, freshWorld, member, run, start, stepName, until, world } from './run-fixture'

freshWorld()

test('a member that fails holds its clone family and what was demoted is promoted back; strangers go on', async () => {
  world.add('parent', 'journal')
  world.add('clone', 'journal', 'parent')
  world.add('other', 'journal')
  world.refuse.set('rbd mirror image demote volumes/clone', {
    exit: 22,
    stderr: 'librbd: demote: (22) Invalid argument',
  })
  await start()
  await until(async () => (await run()).state === 'waiting' && (await member('parent')).state === 'undone')
  expect(await member('clone')).toMatchObject({ state: 'failed' })
  expect((await member('clone')).reason).toContain('exit 22')
  expect([...(world.images.get('volumes/parent')?.primaryAt ?? [])]).toEqual(['west'])
  expect([...(world.images.get('volumes/other')?.primaryAt ?? [])]).toEqual(['north'])
  const { idx } = await member('clone')
  world.refuse.clear()
  await command({ kind: 'retry', members: [idx] })
  await ended()
  expect((await run()).state).toBe('succeeded')
  expect([...(world.images.get('volumes/clone')?.primaryAt ?? [])]).toEqual(['north'])
})

test('all or nothing: one failure takes everything back', async () => {
  world.add('a', 'journal')
  world.add('b', 'snapshot')
  world.refuse.set('rbd mirror image demote volumes/a', { exit: 22, stderr: 'no' })
  await start({ allOrNothing: true })
  await until(
    async () =>
      (await run()).state === 'waiting' &&
      (await member('b')).state !== 'acting' &&
      (await member('a')).state === 'failed',
  )
  await until(async () => [...(world.images.get('volumes/b')?.primaryAt ?? [])].includes('west'))
  await command({ kind: 'stop', reason: 'not today' })
  await ended()
  expect((await run()).state).toBe('cancelled')
  expect(world.commands.some((text) => text.startsWith('north: rbd mirror image promote'))).toBe(false)
})

test('a stop while the proof is waited for promotes back what was demoted', async () => {
  const one = world.add('j1', 'journal')
  world.arrives = false
  await start()
  await until(async () => (await stepName('j1')) === 'prove')
  await command({ kind: 'stop', reason: 'the copy never comes' })
  await ended()
  expect(await run()).toMatchObject({ state: 'cancelled', reason: 'stopped by the operator' })
  expect([...one.primaryAt]).toEqual(['west'])
})

test('a pause starts nothing more; a resume goes on', async () => {
  world.add('j1', 'journal')
  world.arrives = false
  await start()
  await until(async () => (await stepName('j1')) === 'prove')
  await command({ kind: 'pause' })
  await until(async () => (await run()).state === 'paused')
  world.arriveAll()
  await command({ kind: 'resume' })
  await ended()
  expect((await run()).state).toBe('succeeded')
})

test('set aside while waiting: its demotion is taken back, and the run ends incomplete', async () => {
  world.add('j1', 'journal')
  world.add('s1', 'snapshot')
  const stuck = world.images.get('volumes/j1')
  if (stuck) stuck.watchers = [{ clientId: '9', address: 'x', entity: null, isMirrorDaemon: false }]
  await start()
  await until(async () => (await member('j1')).state === 'waiting')
  await command({ kind: 'set-aside', members: [(await member('j1')).idx], reason: 'belongs to another team' })
  await ended()
  expect(await run()).toMatchObject({ state: 'incomplete' })
  expect([...(stuck?.primaryAt ?? [])]).toEqual(['west'])
})
