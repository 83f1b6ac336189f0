import { expect, test } from 'vitest'
import { gradeNow, type HeldEvidence, heldFrom, heldUntilOf } from './held'
import type { StatusDetail } from './mirror-status'

const none: HeldEvidence = {
  copy: 'whole',
  journal: null,
  snapshot: null,
  status: { detail: null, snapshotAt: null },
  before: null,
}
const measured = { untilAt: 500, caughtUp: false, grade: 'measured', text: 'x' } as const
const journal = (entriesBehind: number): StatusDetail => ({
  kind: 'replaying-journal',
  primaryPosition: null,
  nonPrimaryPosition: null,
  entriesBehind,
  bytesPerSecond: null,
})

test('without any evidence nothing is held and nothing is claimed', () => {
  expect(heldFrom(none)).toMatchObject({ untilAt: null, grade: 'unknown', caughtUp: false })
})

test('a sampled journal is measured; from commit positions alone it is bounded', () => {
  expect(heldFrom({ ...none, journal: { untilAt: 900, caughtUp: true, exact: true } })).toMatchObject({
    untilAt: 900,
    caughtUp: true,
    grade: 'measured',
  })
  const unsure = { untilAt: 900, caughtUp: true, exact: false }
  expect(heldFrom({ ...none, journal: unsure }).grade).toBe('bounded')
})

test('the status alone bounds by the snapshot that it names; of a journal it supports nothing, however few entries are behind', () => {
  const named = { detail: null, snapshotAt: 700 }
  expect(heldFrom({ ...none, status: named })).toMatchObject({ untilAt: 700, grade: 'bounded' })
  for (const behind of [0, 7])
    expect(heldFrom({ ...none, status: { detail: journal(behind), snapshotAt: null } })).toMatchObject({
      untilAt: null,
    })
})

test('what was held stays held when the evidence stops coming', () => {
  expect(heldFrom({ ...none, before: measured })).toMatchObject({ untilAt: 500, grade: 'measured' })
  const older = { untilAt: 400, snapId: 3, exact: true }
  expect(heldFrom({ ...none, snapshot: older, before: measured }).untilAt).toBe(500)
})

test('a copy that is being replaced or has parted ways holds nothing, whatever was known before', () => {
  const evidence = { ...none, journal: { untilAt: 900, caughtUp: true, exact: true }, before: measured }
  expect(heldFrom({ ...evidence, copy: 'copying' }).untilAt).toBeNull()
  expect(heldFrom({ ...evidence, copy: 'broken' }).untilAt).toBeNull()
})

test('a commit position is not believed before the copy has said that it is whole', () => {
  const evidence: HeldEvidence = { ...none, copy: 'not-said', journal: { untilAt: 900, caughtUp: true, exact: true } }
  expect(heldFrom(evidence).untilAt).toBeNull()
  expect(heldFrom({ ...evidence, before: measured }).untilAt).toBe(900)
})

test('a look at a complete snapshot counts before the daemon has reported it', () => {
  const snapshot = { untilAt: 300, snapId: 9, exact: true }
  expect(heldFrom({ ...none, copy: 'first-copy', snapshot })).toMatchObject({ untilAt: 300, grade: 'measured' })
})

test('a caught-up row is as old as the time of sampling, and counts on when that stands still', () => {
  const row = { caughtUp: true, sampled: true, untilAt: 100, grade: 'measured' } as const
  expect(heldUntilOf(row, { sampledAt: 800, fastSampledAt: 950 })).toBe(950)
  expect(heldUntilOf({ ...row, sampled: false }, { sampledAt: 800, fastSampledAt: 950 })).toBe(800)
  expect(heldUntilOf(row, null)).toBe(100)
  expect(heldUntilOf({ ...row, caughtUp: false }, { sampledAt: 800, fastSampledAt: 950 })).toBe(100)
})

test('what was measured is only a bound while a side cannot be read', () => {
  const read = (observedAt: number) => ({ site: 's', observedAt, roundMs: null })
  expect(gradeNow('measured', read(1000), read(1000), 2000)).toBe('measured')
  expect(gradeNow('measured', read(1000), read(90_000), 90_000)).toBe('bounded')
  expect(gradeNow('unknown', read(1000), read(90_000), 90_000)).toBe('unknown')
})
