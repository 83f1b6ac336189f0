import { expect, test } from 'vitest'
import { cinderWorld, tinyCinder } from '../tiny-cinder'
import { tinyLook } from '../tiny-look'

test('of an old site that is silent the target is believed after a while, and what is not known is in the proof', async () => {
  const world = cinderWorld()
  const plan = await tinyCinder(world)
  const seen = (memo = {}) => tinyLook(world, 'verify', 'volume-root', plan, memo)
  for (const image of world.images.values()) image.primaryAt = new Set(['north'])
  expect(await seen()).toMatchObject({ kind: 'done', proof: 'primary at north alone' })
  world.dead.add('west')
  expect(await seen()).toMatchObject({ kind: 'waiting', reason: expect.stringContaining('not known at west') })
  const unheardSince = world.clock.now() - 31_000
  expect(await seen({ unheardSince })).toMatchObject({
    kind: 'done',
    proof: expect.stringContaining('proven demoted at west before Cinder was told; what it is there now is not known'),
  })
  for (const image of world.images.values()) image.primaryAt = new Set()
  expect(await seen({ unheardSince })).toMatchObject({
    kind: 'blocked',
    reason: expect.stringContaining('not primary at north'),
  })
})
