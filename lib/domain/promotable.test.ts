import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Lineage, MirrorSnapshot } from './lineage'
import { ORPHAN } from './lineage'
import type { PeerMark } from './peer-mark'
import { promotable } from './promotable'
import { known, type Reading, unknown } from './reading'

const base = {
  spec: { pool: 'p', namespace: '', name: 'i' },
  ...({ imageId: '1', globalId: 'g', role: 'non-primary', sizeBytes: 1, parent: null, journal: null } as const),
} as const
const snap = (id: number, role: MirrorSnapshot['role'], primarySnapId: number | null = null): MirrorSnapshot => ({
  ...{ id, role, complete: true, primarySnapId, primaryMirrorUuid: 'u', takenAt: 0 },
})
const snapshots = (...list: MirrorSnapshot[]): Lineage => ({ ...base, mode: 'snapshot', snapshots: list })
const journal = (owner: string, before: string, committed = 9): Lineage => ({
  ...{ ...base, mode: 'journal', snapshots: [] },
  journal: {
    clients: [
      { id: '', state: 'connected', position: { tag: 1, entry: 9 } },
      { id: 'peer', state: 'connected', position: { tag: 1, entry: committed } },
    ],
    newestTag: { id: 1, mirrorUuid: owner, before },
    tail: { tag: 1, entry: 9 },
  },
})
const ONLY = { from: { kind: 'only' }, to: { kind: 'only' } } as const
const says = (other: Lineage, here: Lineage) => promotable(known(other, 0), known(here, 0), ONLY).kind

test('demoted at one site and arrived at the other, it may be promoted at each', () => {
  const demoted = snapshots(snap(1, 'primary'), snap(2, 'primary-demoted'))
  const copy = snapshots(snap(7, 'non-primary-demoted', 2))
  expect(says(demoted, copy)).toBe('proven')
  expect(says(copy, demoted)).toBe('proven')
  expect(says(journal(ORPHAN, ''), journal(ORPHAN, 'u'))).toBe('proven')
  expect(says(journal(ORPHAN, 'u', 0), journal(ORPHAN, ''))).toBe('proven')
})

test('where the demotion has not arrived, it may be promoted back where it was demoted, and nowhere else', () => {
  const demoted = snapshots(snap(1, 'primary'), snap(2, 'primary-demoted'))
  const behind = snapshots(snap(7, 'non-primary', 1))
  expect(says(behind, demoted)).toBe('proven')
  expect(says(demoted, behind)).toBe('unproven')
  expect(says(journal('u', 'u'), journal(ORPHAN, '', 3))).toBe('proven')
  expect(says(journal(ORPHAN, '', 3), journal('u', 'u'))).toBe('unproven')
})

test('two terms that each ended in a demotion of their own are not told apart, and refused at both', () => {
  const one = snapshots(snap(1, 'primary'), snap(2, 'primary-demoted'))
  const other = snapshots(snap(5, 'primary'), snap(6, 'primary-demoted'))
  expect(says(one, other)).toBe('unproven')
  expect(says(other, one)).toBe('unproven')
  // The last term is the other's, and was never replayed here: the positions of the term before look whole.
  expect(says(journal(ORPHAN, '', 0), journal(ORPHAN, ''))).toBe('unproven')
  // A reader that was registered late stands at the end of what it never read.
  expect(says(journal(ORPHAN, '', 9), journal(ORPHAN, ''))).toBe('unproven')
  // Of a peer that the other side knows nothing of: the copy is of an older cluster.
  expect(says(snapshots(snap(7, 'non-primary', 99)), one)).toBe('unproven')
})

test('never while either side is primary or unread, whatever the rest says', () => {
  const roles = fc.constantFrom('primary', 'non-primary', 'unread')
  const owner = fc.constantFrom('', ORPHAN, 'u')
  const before = fc.constantFrom('', 'u')
  const list = fc.array(
    fc.tuple(
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom('primary', 'primary-demoted', 'non-primary', 'non-primary-demoted'),
      fc.option(fc.integer({ min: 1, max: 4 })),
    ),
    { maxLength: 3 },
  )
  const side = fc.record({
    role: roles,
    owner,
    before,
    list,
    journal: fc.boolean(),
    committed: fc.integer({ min: 0, max: 9 }),
  })
  type Side = typeof side extends fc.Arbitrary<infer T> ? T : never
  const read = ({
    role,
    owner: own,
    before: from,
    list: marks,
    journal: journaled,
    committed,
  }: Side): Reading<Lineage> => {
    if (role === 'unread') return unknown('dead')
    const lineage = journaled
      ? journal(own, from, committed)
      : snapshots(...marks.map(([id, kind, of]) => snap(id, kind as MirrorSnapshot['role'], of)))
    return known({ ...lineage, role: role as Lineage['role'] }, 0)
  }
  fc.assert(
    fc.property(side, side, (other, here) => {
      if (promotable(read(other), read(here), ONLY).kind !== 'proven') return
      expect([other.role, here.role]).toEqual(['non-primary', 'non-primary'])
      // Of two, at least one ends in a demotion: nobody is promoted out of the middle of a term.
      const ends = [other, here].some(({ journal: journaled, owner: own, list: marks }) =>
        journaled ? own === ORPHAN : (marks.at(-1)?.[1] ?? '') === 'primary-demoted',
      )
      expect(ends).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})

describe('with a third site', () => {
  const uuid = (name: string): PeerMark => ({ kind: 'uuid', uuid: name })
  const UNKNOWN: PeerMark = { kind: 'unknown' }
  const told = (other: Lineage, here: Lineage, from: PeerMark, to: PeerMark) => {
    const said = promotable(known(other, 0), known(here, 0), { from, to })
    return said.kind === 'proven' ? 'proven' : said.reason
  }
  const demoted = snapshots(snap(1, 'primary'), snap(2, 'primary-demoted'))
  const copy = snapshots(snap(7, 'non-primary-demoted', 2))
  const behind = snapshots(snap(7, 'non-primary', 1))

  test('a snapshot of the same number, copied from the third, proves nothing', () => {
    expect(told(demoted, copy, uuid('u'), uuid('x'))).toBe('proven')
    expect(told(demoted, copy, uuid('other'), uuid('x'))).toContain('it is of another site (mirror uuid u)')
    expect(told(demoted, copy, UNKNOWN, uuid('x'))).toContain('which of several peers it is of is not known')
    expect(told(copy, demoted, uuid('x'), uuid('other'))).not.toBe('proven')
    expect(told(behind, demoted, uuid('x'), uuid('u'))).toBe('proven')
    expect(told(behind, demoted, uuid('x'), uuid('other'))).not.toBe('proven')
  })

  test('the position of the third in the journal proves nothing, and does not stand in the way', () => {
    const from = journal(ORPHAN, '')
    const to = journal(ORPHAN, 'u')
    const both = {
      ...from,
      journal: from.journal && {
        ...from.journal,
        clients: [...from.journal.clients, { id: 'late', state: 'connected' as const, position: { tag: 1, entry: 3 } }],
      },
    }
    expect(told(from, to, uuid('u'), uuid('peer'))).toBe('proven')
    expect(told(from, to, uuid('u'), uuid('absent'))).toContain('the target is not registered')
    expect(told(both, to, uuid('u'), uuid('peer'))).toBe('proven')
    expect(told(both, to, uuid('u'), uuid('late'))).toContain('has not committed all entries')
    expect(told(from, to, uuid('u'), UNKNOWN)).toContain('which of them the target is is not known')
    expect(told(from, to, uuid('other'), uuid('peer'))).toContain('the demotion that the copy replayed')
  })

  test('a copy that replays the third is not behind this one', () => {
    const here = journal(ORPHAN, '', 3)
    expect(told(journal('u', 'u'), here, uuid('x'), uuid('u'))).toBe('proven')
    expect(told(journal('u', 'u'), here, uuid('x'), uuid('third'))).not.toBe('proven')
  })
})
