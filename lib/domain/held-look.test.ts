import { expect, test } from 'vitest'
import { type HeldLook, heldByLook } from './held-look'
import type { Journal, Lineage, MirrorSnapshot } from './lineage'
import { known, unknown } from './reading'

const lineage = (over: Partial<Lineage>): Lineage => ({
  spec: { pool: 'p', namespace: '', name: 'n' },
  imageId: 'i',
  globalId: 'g',
  mode: 'journal',
  role: 'primary',
  sizeBytes: 1,
  parent: null,
  snapshots: [],
  journal: null,
  ...over,
})
const journal = (tail: number | null, copy: number): Journal => ({
  clients: [
    { id: '', state: 'connected', position: { tag: 1, entry: 50 } },
    { id: 'west', state: 'connected', position: { tag: 1, entry: copy } },
  ],
  newestTag: { id: 1, mirrorUuid: '', before: '' },
  tail: tail === null ? null : { tag: 1, entry: tail },
})
const base: HeldLook = {
  primary: known(lineage({ journal: journal(50, 50) }), 0),
  copy: known(lineage({ role: 'non-primary' }), 0),
  askedAt: 100_000,
  primaryClockMs: 0,
  copyClockMs: 0,
  copyClientId: 'west',
  followed: true,
  marks: [],
  tails: [],
  before: { untilAt: 40_000, caughtUp: true, grade: 'measured', text: 'as known' },
}
const snapshot = (over: Partial<MirrorSnapshot>): MirrorSnapshot => ({
  id: 1,
  role: 'primary',
  complete: true,
  primarySnapId: null,
  primaryMirrorUuid: '',
  takenAt: 0,
  ...over,
})

test('a copy that has committed the whole journal holds all up to the moment of asking', () => {
  expect(heldByLook(base)).toMatchObject({ untilAt: 100_000, grade: 'measured', caughtUp: true })
})

test('one that is behind holds what the stored samples say of its position', () => {
  const tails = [
    { at: 80_000, tail: { tag: 1, entry: 30 }, exact: true },
    { at: 90_000, tail: { tag: 1, entry: 45 }, exact: true },
  ]
  const primary = known(lineage({ journal: journal(50, 40) }), 0)
  expect(heldByLook({ ...base, primary, tails })).toMatchObject({ untilAt: 80_000, grade: 'measured', caughtUp: false })
})

test('equal commit positions without a tail are never measured, and never "now"', () => {
  const primary = known(lineage({ journal: journal(null, 50) }), 0)
  const held = heldByLook({ ...base, primary })
  expect(held.grade).toBe('bounded')
  expect(held.untilAt).toBeLessThanOrEqual(90_000)
})

test('where a side cannot be read, what was known still stands', () => {
  expect(heldByLook({ ...base, primary: unknown('silent') })).toMatchObject({ untilAt: 40_000, text: 'as known' })
  expect(heldByLook({ ...base, copy: unknown('silent') })).toMatchObject({ untilAt: 40_000 })
})

test('a position is not believed of a copy that was never seen to follow', () => {
  expect(heldByLook({ ...base, followed: false, before: null })).toMatchObject({ untilAt: null, grade: 'unknown' })
})

test("a lost primary's snapshot is told in time by the mark that was stored while it lived", () => {
  const copy = lineage({
    mode: 'snapshot',
    role: 'non-primary',
    snapshots: [snapshot({ id: 9, role: 'non-primary', primarySnapId: 33, takenAt: 99_999 })],
  })
  const look = { ...base, primary: unknown('lost'), copy: known(copy, 0), marks: [{ snapId: 33, takenAt: 60_000 }] }
  expect(heldByLook(look)).toMatchObject({ untilAt: 60_000, grade: 'measured' })
  expect(heldByLook({ ...look, marks: [{ snapId: 30, takenAt: 50_000 }] })).toMatchObject({ grade: 'bounded' })
})

test("a primary that can be read gives the time itself, by the console's clock", () => {
  const primary = lineage({ mode: 'snapshot', snapshots: [snapshot({ id: 33, takenAt: 95_000 })] })
  const copy = lineage({
    mode: 'snapshot',
    role: 'non-primary',
    snapshots: [snapshot({ id: 9, role: 'non-primary', primarySnapId: 33 })],
  })
  const look = { ...base, primary: known(primary, 0), copy: known(copy, 0), primaryClockMs: 20_000 }
  expect(heldByLook(look)).toMatchObject({ untilAt: 75_000, grade: 'measured' })
})
