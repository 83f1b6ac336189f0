import { expect, test } from 'vitest'
import { type VolumeEvidence, volumeStanding } from './volume-standing'

const image = (change: Partial<NonNullable<VolumeEvidence['image']>> = {}) => ({
  fate: { kind: 'recovers' } as const,
  copyRead: true,
  untilAt: 1_000,
  objectiveSec: 60,
  grade: 'measured' as const,
  ...change,
})
const stand = (change: Partial<VolumeEvidence> = {}) =>
  volumeStanding({ replicationStatus: 'enabled', poolRead: true, image: image(), ...change })

test('a volume whose copy holds something is late from its own objective on', () => {
  expect(stand()).toEqual({ kind: 'held', untilAt: 1_000, breachAt: 61_000, grade: 'measured' })
})

test('a volume without replication has no copy, whatever was read', () => {
  for (const replicationStatus of ['disabled', 'not-capable'])
    expect(stand({ replicationStatus, image: null, poolRead: false })).toEqual({
      kind: 'no-copy',
      why: 'not replicated',
    })
})

test('a replicated volume without a mirrored image has no copy where its pool was read, and is unknown where not', () => {
  expect(stand({ image: null })).toMatchObject({ kind: 'no-copy' })
  expect(stand({ image: null, poolRead: false })).toMatchObject({ kind: 'unknown' })
})

test('what would not come back has no copy to count on, and says why', () => {
  for (const reason of ['split-brain', 'copying', 'hollow', 'parent-not-mirrored', 'no-copy', 'error'] as const)
    expect(stand({ image: image({ fate: { kind: 'lost', reason } }) })).toMatchObject({ kind: 'no-copy', why: /\w/ })
})

test('old evidence, an unread copy and nothing held are unknown, never held', () => {
  expect(stand({ image: image({ fate: { kind: 'lost', reason: 'stale-evidence' } }) }).kind).toBe('unknown')
  expect(stand({ image: image({ copyRead: false }) }).kind).toBe('unknown')
  expect(stand({ image: image({ untilAt: null }) }).kind).toBe('unknown')
})
