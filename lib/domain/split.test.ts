import { expect, test } from 'vitest'
import type { Lineage, MirrorSnapshot } from './lineage'
import type { SiteStatus } from './mirror-status'
import { known, unknown } from './reading'
import { judgeSplit, LOOK_AGAIN_MS, type SplitLook, type SplitSide } from './split'

const SPEC = { pool: 'volumes', namespace: '', name: 'db' }
const base = { spec: SPEC, imageId: 'i', globalId: 'g', sizeBytes: 1, parent: null } as const
const snap = (id: number, role: MirrorSnapshot['role'], of: number | null = null): MirrorSnapshot => ({
  ...{ id, role, complete: true, takenAt: id, primarySnapId: of, primaryMirrorUuid: of === null ? '' : 'uuid-a' },
})

/** As it was read on the lab of a site that was rebuilt: the destroyed one stays registered, at nothing. */
const fromRebuilt = (committed: number, filled: string | null = 'i'): Lineage => ({
  ...base,
  ...{ mode: 'journal', role: 'non-primary', snapshots: [] },
  journal: {
    clients: [
      { id: '', state: 'connected', position: { tag: 6, entry: 0 } },
      { id: 'uuid-destroyed', state: 'connected', position: null },
      { id: 'uuid-a', state: 'connected', position: { tag: committed, entry: 0 }, filled },
    ],
    newestTag: { id: 6, mirrorUuid: '<orphan>', before: '' },
    tail: { tag: 6, entry: 0 },
  },
})
const primary: Lineage = { ...base, mode: 'journal', role: 'primary', snapshots: [], journal: null }
const says = (kind: 'split-brain' | 'primary' | 'replaying-journal', lastUpdateAt: number): SiteStatus =>
  ({ up: true, state: 'error', description: kind, detail: { kind }, lastUpdateAt }) as unknown as SiteStatus

const side = (site: string, lineage: Lineage, status: SiteStatus): SplitSide => ({
  ...{ site, lineage: known(lineage, 0), status, peerUuid: site === 'b' ? 'uuid-a' : 'uuid-b' },
})
const look = (at: number, copy: Lineage, report = at, kind: 'split-brain' | 'replaying-journal' = 'split-brain') =>
  ({ at, sides: [side('a', primary, says('primary', report)), side('b', copy, says(kind, report))] }) as SplitLook

test('after a rebuild: the primary committed the journal of the copy to its end, so nothing was written twice', () => {
  const found = judgeSplit(look(0, fromRebuilt(6)), look(40_000, fromRebuilt(6)))
  expect(found).toMatchObject({ kind: 'spurious', loser: 'b' })
  expect(found.text).toContain('tag 6 entry 0')
})

test('entries that the primary never committed are a real split', () => {
  const found = judgeSplit(look(0, fromRebuilt(3)), look(40_000, fromRebuilt(3)))
  expect(found).toMatchObject({ kind: 'real', text: expect.stringContaining('up to tag 3 entry 0') })
})

test('a reader that never copied from there may have been registered late, at the end of what it never read: not known', () => {
  for (const filled of [null, 'another-image']) {
    const late = fromRebuilt(6, filled)
    const found = judgeSplit(look(0, late), look(40_000, late))
    expect(found).toMatchObject({ kind: 'unknown', text: expect.stringContaining('registered there late') })
  }
})

test('one look is none: rbd-mirror has to say it again, or a minute has to pass', () => {
  expect(judgeSplit(null, look(0, fromRebuilt(6))).kind).toBe('unknown')
  expect(judgeSplit(look(0, fromRebuilt(6), 7), look(40_000, fromRebuilt(6), 7)).kind).toBe('unknown')
  expect(judgeSplit(look(0, fromRebuilt(6), 7), look(LOOK_AGAIN_MS, fromRebuilt(6), 7)).kind).toBe('spurious')
})

test('what follows again is gone by itself', () => {
  const again = look(40_000, fromRebuilt(6), 40_000, 'replaying-journal')
  expect(judgeSplit(look(0, fromRebuilt(6)), again).kind).toBe('gone')
})

test('a side that does not answer is never taken for one that has nothing', () => {
  const seen = look(40_000, fromRebuilt(6))
  const [a, b] = seen.sides
  const silent = { ...seen, sides: [{ ...a, lineage: unknown('no answer') }, b] } as SplitLook
  expect(judgeSplit(look(0, fromRebuilt(6)), silent)).toEqual({ kind: 'unknown', text: 'a cannot be read: no answer' })
})

test('two primaries are said, whatever rbd-mirror says of them', () => {
  const seen = look(40_000, { ...primary, role: 'primary' })
  expect(judgeSplit(null, seen).kind).toBe('two-primaries')
})

const bySnapshots = (a: MirrorSnapshot[], b: MirrorSnapshot[]) => {
  const seen = (at: number): SplitLook => ({
    at,
    sides: [
      side('a', { ...primary, mode: 'snapshot', snapshots: a }, says('primary', at)),
      side('b', { ...primary, mode: 'snapshot', role: 'non-primary', snapshots: b }, says('split-brain', at)),
    ],
  })
  return judgeSplit(seen(0), seen(40_000))
}

test('snapshot mode: a demotion that the primary holds is contained, one that never arrived is a real split', () => {
  const demoted = snap(46, 'primary-demoted')
  const held = (role: MirrorSnapshot['role'], of: number, primaryMirrorUuid = 'uuid-b') => [
    { ...snap(11, role, of), primaryMirrorUuid },
    snap(18, 'primary'),
  ]
  expect(bySnapshots(held('non-primary-demoted', 46), [demoted]).kind).toBe('spurious')
  expect(bySnapshots(held('non-primary', 40), [demoted]).kind).toBe('real')
  expect(bySnapshots([snap(18, 'primary')], [demoted]).kind).toBe('unknown')
  // Of the same number, and copied from a third site.
  expect(bySnapshots(held('non-primary-demoted', 46, 'uuid-third'), [demoted]).kind).toBe('unknown')
})

test('snapshot mode: a copy of a snapshot that the primary still has holds nothing of its own', () => {
  expect(bySnapshots([snap(18, 'primary'), snap(19, 'primary')], [snap(5, 'non-primary', 18)]).kind).toBe('spurious')
  expect(bySnapshots([snap(19, 'primary')], [snap(5, 'non-primary', 18)]).kind).toBe('unknown')
  const stranger = { ...snap(5, 'non-primary', 18), primaryMirrorUuid: 'uuid-destroyed' }
  expect(bySnapshots([snap(18, 'primary')], [stranger]).kind).toBe('unknown')
})
