import { expect, test } from 'vitest'
import type { StatusDetail } from './mirror-status'
import { type Side, unreadSide } from './side'
import { judge } from './verdict'
import { freshMs, verdictNow } from './verdict-now'

const primary = (site: string, over: Partial<Side> = {}): Side => ({
  ...unreadSide(site),
  role: 'primary',
  up: true,
  state: 'stopped',
  description: 'local image is primary',
  detail: { kind: 'primary' },
  imageId: 'i1',
  readAt: 100,
  ...over,
})
const journal: StatusDetail = {
  kind: 'replaying-journal',
  primaryPosition: null,
  nonPrimaryPosition: null,
  entriesBehind: 0,
  bytesPerSecond: 0,
}
const copy = (site: string, detail: StatusDetail, over: Partial<Side> = {}): Side => ({
  ...primary(site),
  role: 'non-primary',
  state: 'replaying',
  description: 'replaying, {}',
  detail,
  ...over,
})
const snapshot = (localSnapshotAt: number | null, syncingPercent: number | null = null): StatusDetail => ({
  kind: 'replaying-snapshot',
  replayState: 'syncing',
  remoteSnapshotAt: 5,
  localSnapshotAt,
  syncingPercent,
  bytesPerSecond: null,
})
const verdictOf = (left: Side, right: Side) => judge(left, right).verdict

test('one primary and a copy that replays is following', () => {
  expect(judge(primary('a'), copy('b', journal))).toMatchObject({ verdict: 'following', primarySite: 'a' })
  expect(judge(copy('a', journal), primary('b'))).toMatchObject({ verdict: 'following', primarySite: 'b' })
})

test('two primaries are found by looking at both sides, though each side says all is well', () => {
  const judged = judge(primary('a'), primary('b'))
  expect(judged).toMatchObject({ verdict: 'two-primaries', primarySite: null })
  expect(judged.text).toContain('Ceph reports this as OK')
})

test('a reading from before the switch does not make two primaries', () => {
  const old = primary('a', { readAt: 100 })
  const now = primary('b', { readAt: 200, roleSeenAt: 201 })
  expect(judge(old, now)).toMatchObject({ verdict: 'unknown', primarySite: 'b' })
  expect(verdictOf({ ...old, readAt: 202 }, now)).toBe('two-primaries')
})

test('a first copy in snapshot mode says replaying and is copying all the same', () => {
  expect(judge(primary('a'), copy('b', snapshot(null, 27.4)))).toMatchObject({ verdict: 'copying', syncPercent: 27 })
  expect(verdictOf(primary('a'), copy('b', snapshot(3)))).toBe('following')
})

test('a copy whose daemon is down is stopped, whatever its last words were', () => {
  expect(verdictOf(primary('a'), copy('b', journal, { up: false }))).toBe('stopped')
  const ended = copy('b', { kind: 'other' }, { up: false, state: 'stopped', description: 'stopped' })
  expect(verdictOf(primary('a'), ended)).toBe('stopped')
})

test('each way to be unwell has its word', () => {
  const error = copy('b', { kind: 'other' }, { state: 'error', description: 'failed to refresh remote image' })
  expect(judge(primary('a'), error)).toMatchObject({ verdict: 'error' })
  expect(judge(primary('a'), error).text).toContain('failed to refresh remote image')
  const split = copy('b', { kind: 'split-brain' }, { state: 'error', description: 'split-brain' })
  expect(verdictOf(primary('a'), split)).toBe('split-brain')
  expect(verdictOf(primary('a'), { ...unreadSide('b'), role: 'absent' })).toBe('no-copy')
  expect(verdictOf(copy('a', { kind: 'remote-demoted' }), copy('b', journal))).toBe('both-secondary')
  expect(verdictOf(copy('a', journal), { ...unreadSide('b'), role: 'absent' })).toBe('no-copy')
  expect(verdictOf(primary('a'), copy('b', { kind: 'not-reported' }))).toBe('unknown')
  expect(verdictOf(primary('a'), copy('b', { kind: 'resync-requested' }))).toBe('copying')
  expect(verdictOf(primary('a'), copy('b', journal, { mirrorState: 'creating' }))).toBe('copying')
  const stuck = copy('b', { kind: 'other' }, { state: 'starting_replay', description: 'starting replay' })
  expect(verdictOf(primary('a'), stuck)).toBe('stopped')
})

test('a side that was never read makes it unknown, never healthy', () => {
  expect(judge(primary('a'), unreadSide('b'))).toMatchObject({ verdict: 'unknown', primarySite: 'a' })
  expect(verdictOf(unreadSide('a'), copy('b', journal))).toBe('unknown')
})

test('a site left behind by a promotion follows nobody: unprotected while its primary alone is read', () => {
  const left = primary('a', { readAt: 100 })
  const now = primary('b', { readAt: 60_101, roleSeenAt: 60_200 })
  expect(judge(left, now)).toMatchObject({ verdict: 'unprotected', primarySite: 'b' })
  expect(verdictOf(left, { ...now, readAt: 60_100 })).toBe('unknown')
  const restarted = { ...left, readAt: 0 }
  const fromStore = { ...now, roleSeenAt: 0 }
  expect(judge(restarted, fromStore, { verdict: 'unprotected', primarySite: 'b' })).toMatchObject({
    verdict: 'unprotected',
    primarySite: 'b',
  })
  const stored = { verdict: 'unprotected', text: 'alone', primarySite: 'b' } as const
  const read = (site: string, observedAt: number) => ({ site, observedAt, roundMs: 1000 })
  expect(verdictNow(stored, read('a', 1000), read('b', 90_000), 90_000)).toEqual({
    ...{ verdict: 'unprotected', text: 'alone', unknownSince: 1000 },
  })
  expect(verdictNow(stored, read('a', 90_000), read('b', 1000), 90_000).verdict).toBe('unknown')
})

test('an old reading makes any verdict unknown, and says since when', () => {
  const read = (site: string, observedAt: number | null) => ({ site, observedAt, roundMs: 1000 })
  const stored = { verdict: 'following', text: 'b replays the journal' } as const
  expect(verdictNow(stored, read('a', 1000), read('b', 2000), 30_000)).toMatchObject({ verdict: 'following' })
  const later = verdictNow(stored, read('a', 1000), read('b', 30_000), 40_000)
  expect(later).toMatchObject({ verdict: 'unknown', unknownSince: 1000 })
  expect(later.text).toContain('b replays the journal')
  expect(verdictNow(stored, read('a', null), read('b', 2000), 3000)).toMatchObject({ verdict: 'unknown' })
})

test('a slow site is given three rounds, but never more than two minutes', () => {
  expect(freshMs(null)).toBe(30_000)
  expect(freshMs(8_000)).toBe(72_000)
  expect(freshMs(60_000)).toBe(120_000)
})
