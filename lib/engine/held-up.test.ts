import { expect, test } from 'vitest'
import { ended, freshWorld, run, start, until, world } from './run-fixture'

const LEASE_MS = 80

// Nothing is renewed, as where the whole machine stands still for longer than the lease.
freshWorld((usual) => ({
  ...usual,
  leaseMs: LEASE_MS,
  journal: { ...usual.journal, renew: () => Promise.reject(new Error('held up')) },
}))

test('a worker that was held up past its lease lets the run go and takes it up again, and nothing is done twice', async () => {
  world.add('j1', 'journal')
  world.arrives = false
  await start()
  await until(async () => (await run()).fence >= 3)
  world.arriveAll()
  await ended()
  expect(await run()).toMatchObject({ state: 'succeeded' })
  expect(world.commands).toEqual([
    'west: rbd mirror image demote volumes/j1',
    'north: rbd mirror image promote volumes/j1',
  ])
})
