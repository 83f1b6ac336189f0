import { expect, test } from 'vitest'
import { scene } from './tiny-fixture'

test('a mirror snapshot that the copy has gone past is needed by no peer any more, even where it is the first of two', async () => {
  const at = scene()
  await at.clock.advance(20_000)
  at.fault({ kind: 'make-image', image: 'volumes/fresh', site: 'site-a', mode: 'snapshot' })
  await at.clock.advance(4_000)
  await at.run('site-a', 'rbd mirror image snapshot volumes/fresh')
  await at.clock.advance(10_000)
  const needed = (await at.lineage('site-a', 'fresh'))?.snapshots.map(({ peerUuids }) => peerUuids?.length)
  expect(needed).toEqual([0, 1])
})
