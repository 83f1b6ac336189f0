import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Journal, type JournalClient, type Lineage, type MirrorSnapshot, ORPHAN } from './lineage'
import type { PeerMark, PeerMarks } from './peer-mark'
import { proof } from './proof'
import { known } from './reading'

/* The copy holds what its primary acknowledged, or it does not: each way of not doing so has a word of its own. */

const base: Omit<Lineage, 'mode'> = {
  spec: { pool: 'p', namespace: '', name: 'i' },
  ...({ imageId: '1', globalId: 'g', role: 'non-primary', sizeBytes: 1, parent: null } as const),
  ...{ snapshots: [], journal: null },
}
const only: PeerMark = { kind: 'only' }
const ONLY = { from: only, to: only }
const says = (from: Lineage, to: Lineage, marks: PeerMarks = ONLY) => {
  const held = proof(known(from, 0), known(to, 0), marks)
  return held.kind === 'proven' ? 'proven' : held.reason
}

const snap = (id: number, role: MirrorSnapshot['role'], more: Partial<MirrorSnapshot> = {}): MirrorSnapshot => ({
  ...{ id, role, complete: true, primarySnapId: null, primaryMirrorUuid: 'u', takenAt: 0, ...more },
})
const snapshots = (...list: MirrorSnapshot[]): Lineage => ({ ...base, mode: 'snapshot', snapshots: list })
const demoted = snapshots(snap(1, 'primary'), snap(2, 'primary-demoted'))
const holding = (more: Partial<MirrorSnapshot> = {}) =>
  snapshots(snap(7, 'non-primary-demoted', { primarySnapId: 2, ...more }))

test('snapshot mode: the demotion snapshot has to be at the copy, of this primary, a demotion, and completely copied', () => {
  expect(says(demoted, holding())).toBe('proven')
  expect(says(demoted, holding({ complete: false }))).toBe('the demotion snapshot is not completely copied')
  expect(says(demoted, holding({ primarySnapId: 1 }))).toBe('the demotion has not arrived at the copy')
  expect(says(demoted, holding({ role: 'non-primary' }))).toBe('the newest snapshot of the copy is not a demotion')
  expect(says(demoted, snapshots())).toBe('the copy has no mirror snapshot')
  expect(says(snapshots(snap(1, 'primary')), holding())).toBe('the old primary has no demotion snapshot as its newest')
  const other = { from: { kind: 'uuid', uuid: 'v' }, to: only } as const
  expect(says(demoted, holding(), other)).toContain('it is of another site')
})

const reader = (more: Partial<JournalClient> = {}): JournalClient => ({
  ...{ id: 'peer', state: 'connected', position: { tag: 1, entry: 9 }, ...more },
})
const own: JournalClient = { id: '', state: 'connected', position: { tag: 1, entry: 9 } }
const journaled = (journal: Partial<Journal>): Lineage => ({
  ...{ ...base, mode: 'journal' },
  journal: {
    ...{ clients: [own, reader()], tail: { tag: 1, entry: 9 } },
    ...{ newestTag: { id: 1, mirrorUuid: ORPHAN, before: '' }, ...journal },
  },
})
const replayed = journaled({ clients: [], tail: null, newestTag: { id: 1, mirrorUuid: ORPHAN, before: 'u' } })

test('journal mode: the copy has to be connected and to have committed up to the end, the demotion included', () => {
  expect(says(journaled({}), replayed)).toBe('proven')
  const at = (clients: readonly JournalClient[]) => says(journaled({ clients }), replayed)
  expect(at([own, reader({ state: 'disconnected' })])).toBe('the copy is disconnected from the journal')
  expect(at([own, reader({ position: null })])).toBe('the copy has committed nothing of the journal')
  expect(at([own, reader({ position: { tag: 1, entry: 8 } })])).toBe(
    'the copy has not committed all entries of the old primary',
  )
  expect(at([own])).toBe('no copy is registered in the journal of the old primary')
  expect(at([{ ...own, position: null }, reader()])).toBe('the old primary has no commit position')
  expect(says(journaled({ tail: { tag: 1, entry: 10 } }), replayed)).toBe(
    'the journal of the old primary has entries that the copy has not committed',
  )
  expect(says(journaled({ newestTag: { id: 1, mirrorUuid: '', before: '' } }), replayed)).toBe(
    'the journal of the old primary does not end in a demotion',
  )
  expect(says(journaled({}), journaled({ newestTag: { id: 1, mirrorUuid: 'u', before: '' } }))).toBe(
    'the demotion has not arrived at the copy',
  )
})

test('a primary that is not demoted, another image, another mode: nothing is proven', () => {
  expect(says({ ...demoted, role: 'primary' }, holding())).toBe('the old primary is not demoted')
  expect(says(demoted, { ...holding(), globalId: 'h' })).toContain('their global ids differ')
  expect(says(demoted, replayed)).toBe('mode is snapshot at the old primary and journal at the copy')
})

const position = fc.record({ tag: fc.integer({ min: 0, max: 3 }), entry: fc.integer({ min: 0, max: 5 }) })

test('wherever positions stand, what is proven committed every entry that either the primary or its journal has', () => {
  fc.assert(
    fc.property(
      position,
      fc.option(position),
      fc.option(position),
      fc.constantFrom('connected' as const, 'disconnected' as const),
      (mine, theirs, tail, state) => {
        const clients = [{ ...own, position: mine }, reader({ position: theirs, state })]
        const proven = says(journaled({ clients, tail }), replayed) === 'proven'
        const order = (one: { tag: number; entry: number }) => one.tag * 10 + one.entry
        const needed = Math.max(order(mine), tail === null ? 0 : order(tail))
        expect(proven).toBe(state === 'connected' && theirs !== null && order(theirs) >= needed)
      },
    ),
  )
})
