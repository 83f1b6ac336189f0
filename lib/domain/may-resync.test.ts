import { expect, test } from 'vitest'
import { firstSnapshotOfTheCopyAlone } from './may-resync'

test('a snapshot that the copy alone has keeps it; the ones that rbd-mirror makes for itself while it copies do not', () => {
  const lost = firstSnapshotOfTheCopyAlone
  expect(lost(['nightly', 'mine'], ['nightly'])).toBe('mine')
  expect(lost(['.rbd-mirror.ec027c87.0d0d0988', 'nightly'], ['nightly'])).toBeNull()
  expect(lost(['.rbd-mirror.ec027c87.0d0d0988', 'mine'], [])).toBe('mine')
})
