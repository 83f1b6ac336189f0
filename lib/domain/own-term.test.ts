import { expect, test } from 'vitest'
import type { JournalClient, Lineage, MirrorSnapshot } from './lineage'
import { commonPoint, ownTermOf } from './own-term'

const base = { spec: { pool: 'p', namespace: '', name: 'i' }, imageId: 'i', globalId: 'g', sizeBytes: 1, parent: null }
const snap = (id: number, role: MirrorSnapshot['role'], of: number | null = null, uuid = 'A'): MirrorSnapshot => ({
  ...{ id, role, complete: true, takenAt: id * 1000, primarySnapId: of, primaryMirrorUuid: of === null ? '' : uuid },
})
const bySnapshots = (role: Lineage['role'], ...snapshots: MirrorSnapshot[]): Lineage => ({
  ...{ ...base, mode: 'snapshot', role, snapshots, journal: null },
})
const byJournal = (role: Lineage['role'], owner: string, ...clients: JournalClient[]): Lineage => ({
  ...{ ...base, mode: 'journal', role, snapshots: [] },
  journal: { clients, newestTag: { id: 3, mirrorUuid: owner, before: '' }, tail: { tag: 3, entry: 9 } },
})

/** A was primary and went on; B copied its snapshot 29 and was promoted by force. */
const a = bySnapshots('primary', snap(29, 'primary'), snap(33, 'primary'))
const b = bySnapshots('primary', snap(11, 'non-primary', 29), snap(12, 'non-primary'), snap(13, 'primary'))
const uuids = { a: { own: 'A', other: 'B' }, b: { own: 'B', other: 'A' } }

test('the one that was primary all along is counted from the newest snapshot that the other holds', () => {
  expect(ownTermOf(a, b, uuids.a)).toMatchObject({ kind: 'snapshot', id: 29, sure: 'exact' })
})

test('the one that was promoted is counted from its promotion, not from the copy: that one marks what was copied', () => {
  expect(ownTermOf(b, a, uuids.b)).toMatchObject({ kind: 'snapshot', id: 13, sure: 'exact' })
})

test('the point where they part is what one holds of the other', () => {
  expect(commonPoint([a, b], ['A', 'B'])).toEqual({ kind: 'snapshot', side: 0, id: 29, madeAt: 29_000 })
  expect(commonPoint([b, a], ['B', 'A'])).toMatchObject({ side: 1, id: 29 })
})

test('where the common snapshot was trimmed nothing is counted from another one', () => {
  const trimmed = bySnapshots('primary', snap(28, 'primary'), snap(33, 'primary'))
  expect(ownTermOf(trimmed, b, uuids.a)).toMatchObject({ kind: 'unknown' })
})

test('a copy wrote nothing, in both modes', () => {
  expect(ownTermOf(bySnapshots('non-primary', snap(11, 'non-primary', 29)), a, uuids.b).kind).toBe('follower')
  expect(ownTermOf(byJournal('non-primary', 'A'), null, uuids.b).kind).toBe('follower')
})

test('in a journal it is counted past what the other committed, and a destroyed site that is registered counts for nothing', () => {
  const gone: JournalClient = { id: 'destroyed', state: 'connected', position: { tag: 3, entry: 8 } }
  const peer: JournalClient = { id: 'B', state: 'connected', position: { tag: 2, entry: 7 }, filled: 'i' }
  expect(ownTermOf(byJournal('primary', '', gone, peer), null, uuids.a)).toMatchObject({
    position: { tag: 2, entry: 7 },
  })
  expect(ownTermOf(byJournal('primary', '', gone), null, uuids.a)).toMatchObject({ position: null })
})

test('a reader that never copied the image may have been registered late: its position parts nothing, and the whole term is an upper bound', () => {
  const late: JournalClient = { id: 'B', state: 'connected', position: { tag: 3, entry: 9 }, filled: null }
  const here = byJournal('primary', '', late)
  const there = byJournal('non-primary', '<orphan>')
  expect(ownTermOf(here, there, uuids.a)).toMatchObject({ kind: 'journal', position: null, sure: 'at-most' })
  expect(commonPoint([here, there], ['A', 'B'])).toBeNull()
  expect(commonPoint([byJournal('primary', '', { ...late, filled: 'i' }), there], ['A', 'B'])).toMatchObject({
    position: { tag: 3, entry: 9 },
  })
})

test('after a promotion by force neither side says what both hold: it is the oldest that a peer still needs', () => {
  const forced = bySnapshots('primary', snap(161, 'primary'), snap(163, 'primary'))
  const old = bySnapshots(
    'primary',
    { ...snap(73, 'primary'), linked: false },
    { ...snap(80, 'primary'), linked: true },
  )
  expect(ownTermOf(forced, old, uuids.b)).toMatchObject({ id: 161, sure: 'about' })
  expect(ownTermOf(old, forced, uuids.a)).toMatchObject({ id: 80, sure: 'about' })
  expect(commonPoint([old, forced], ['A', 'B'])).toBeNull()
})
