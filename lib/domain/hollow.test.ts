import { expect, test } from 'vitest'
import {
  afterLook,
  afterNewCopy,
  afterSwitch,
  type CloneMemory,
  isHollow,
  isStillHollow,
  NO_CLONE,
  willBeHollow,
  withHollow,
} from './hollow'
import { hollowItems } from './hollow-item'
import type { Lineage } from './lineage'
import { known, unknown } from './reading'
import type { Judgement } from './verdict'

const CLONE: CloneMemory = { clonedCopy: 'c1', hollow: null }
const HOLLOW: CloneMemory = { clonedCopy: 'c1', hollow: 'seen' }

test('a copy that hung on a parent and does not any more is hollow; one that never did is not', () => {
  expect(afterLook(afterLook(NO_CLONE, 'c1', true), 'c1', false)).toEqual(HOLLOW)
  expect(afterLook(NO_CLONE, 'c1', false)).toEqual(NO_CLONE)
  expect(afterLook(CLONE, 'c1', true)).toEqual(CLONE)
  expect(afterLook(HOLLOW, 'c1', false)).toEqual(HOLLOW)
})

test('a copy that was made anew while it was watched is whole; while nobody looked it is not known which came first', () => {
  expect(afterLook(afterNewCopy(CLONE, 'watched'), 'c2', false)).toEqual(NO_CLONE)
  expect(afterLook(afterNewCopy(CLONE, 'not watched'), 'c2', false)).toEqual({ clonedCopy: 'c2', hollow: 'unseen' })
  expect(afterLook(afterNewCopy(CLONE, 'not watched'), 'c2', true)).toEqual({ clonedCopy: 'c2', hollow: null })
})

test('what was hollow and is another image now was copied from a flat primary, whoever watched', () => {
  expect(afterNewCopy(HOLLOW, 'not watched')).toEqual(NO_CLONE)
  expect(isHollow({ ...HOLLOW, mode: 'snapshot' }, 'c2')).toBe(false)
})

test('a switch of the primary makes no hollow copy whole, and makes none hollow that was flattened as a primary', () => {
  expect(afterSwitch(HOLLOW)).toEqual(HOLLOW)
  expect(afterLook(afterSwitch(CLONE), 'c1', false)).toEqual(NO_CLONE)
  expect(afterLook(afterSwitch(HOLLOW), 'a1', false)).toEqual(HOLLOW)
})

const following: Judgement = {
  verdict: 'following',
  text: 'b copies the snapshots',
  primarySite: 'a',
  syncPercent: null,
}
const at = (memory: CloneMemory, mode: 'journal' | 'snapshot' = 'snapshot') => ({
  ...{ ...memory, mode, copySite: 'b', copyId: 'c1' },
})

test('a hollow copy is hollow whatever its status says, and names what happened and what helps', () => {
  const said = withHollow(following, at(HOLLOW))
  expect(said).toMatchObject({ verdict: 'hollow', primarySite: 'a' })
  expect(said.text).toBe(
    "Hollow: it was flattened at a in snapshot mode, and where its parent's data was the copy at b reads zeros. Ceph says that it follows. Resync it from a",
  )
  expect(withHollow(following, at({ ...HOLLOW, hollow: 'unseen' })).text).toMatch(/^Hollow, perhaps: /)
  expect(withHollow({ ...following, verdict: 'stopped' }, at(HOLLOW)).verdict).toBe('hollow')
})

test('what is worse, or is being copied anew, or is in journal mode, is not called hollow', () => {
  for (const verdict of ['split-brain', 'copying', 'no-copy', 'two-primaries'] as const)
    expect(withHollow({ ...following, verdict }, at(HOLLOW)).verdict).toBe(verdict)
  expect(withHollow({ ...following, verdict: 'both-secondary', primarySite: null }, at(HOLLOW)).verdict).toBe(
    'both-secondary',
  )
  expect(withHollow(following, at(HOLLOW, 'journal'))).toBe(following)
  expect(withHollow(following, at(CLONE))).toBe(following)
})

const lineage = (more: Partial<Lineage>): Lineage => ({
  ...{ spec: { pool: 'p', namespace: '', name: 'clone' }, imageId: 'c1', globalId: 'g', mode: 'snapshot' },
  ...{ role: 'non-primary', sizeBytes: 1, parent: null, snapshots: [], journal: null },
  ...more,
})
const PARENT = { pool: 'p', namespace: '', name: 'parent' }

test('a fresh look decides: a copy that has its parent still, or is another image, is not the hollow one', () => {
  const mark = { copyId: 'c1', hollow: 'seen' } as const
  expect(isStillHollow(mark, known(lineage({}), 0))).toBe(true)
  expect(isStillHollow(mark, known(lineage({ parent: PARENT }), 0))).toBe(false)
  expect(isStillHollow(mark, known(lineage({ imageId: 'c2' }), 0))).toBe(false)
  expect(isStillHollow(mark, known(lineage({ role: 'primary' }), 0))).toBe(false)
  expect(isStillHollow(mark, unknown('silent'))).toBe(false)
  expect(isStillHollow(null, known(lineage({}), 0))).toBe(false)
})

test('a flatten that no mirror snapshot has carried yet is known from both sides alone', () => {
  const primary = lineage({ imageId: 'p1', role: 'primary' })
  expect(willBeHollow(primary, lineage({ parent: PARENT }))).toBe(true)
  expect(willBeHollow(primary, lineage({}))).toBe(false)
  expect(willBeHollow({ ...primary, parent: PARENT }, lineage({ parent: PARENT }))).toBe(false)
  expect(willBeHollow({ ...primary, mode: 'journal' }, lineage({ mode: 'journal', parent: PARENT }))).toBe(false)
})

test('what needs a hand names the image, what happened and what to do, and does not offer a resync from a silent primary', () => {
  const one = { name: 'volumes/db-1', primarySite: 'a', copySite: 'b' }
  expect(hollowItems([one], new Set())).toMatchObject([
    {
      severity: 'critical',
      title: 'volumes/db-1: the copy at b is hollow',
      detail: expect.stringContaining('Resync it'),
    },
  ])
  const [lost] = hollowItems([one], new Set(['a']))
  expect(lost?.detail).toContain('get that site back')
  expect(lost?.detail).not.toContain('Resync')
  const many = [1, 2, 3, 4].map((n) => ({ ...one, name: `volumes/db-${n}` }))
  expect(hollowItems(many, new Set())).toMatchObject([
    {
      title: '4 images with a hollow copy',
      detail: expect.stringMatching(/^volumes\/db-1, volumes\/db-2, volumes\/db-3, …\. /),
    },
  ])
})
