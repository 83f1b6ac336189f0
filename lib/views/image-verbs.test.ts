import { expect, test } from 'vitest'
import type { ImageDetail } from './image-detail'
import { imageVerbs } from './image-verbs'

const detail = (image: object, more: object = {}): ImageDetail =>
  ({
    image: { id: 'i', verdict: 'following', primarySite: 'a', mode: 'snapshot', parent: { name: 'p' }, ...image },
    sides: [{ site: 'a' }, { site: 'b' }],
    run: null,
    ...more,
  }) as unknown as ImageDetail
const said = (of: ImageDetail, unknownSince: number | null = null) =>
  Object.fromEntries(imageVerbs(of, unknownSince).map(({ title, href, refusal }) => [title, href ?? refusal]))

test('a following clone in snapshot mode can be snapshotted and demoted where it is primary, not promoted, never flattened', () => {
  expect(said(detail({}))).toEqual({
    'Mirror snapshot now…': '/recover/snapshot?from=a&to=b&ids=i',
    'Promote…': expect.stringContaining('not demoted at both sites'),
    'Demote at a…': '/recover/demote?from=a&to=b&ids=i',
    'End mirroring…': '/recover/disable?from=a&to=b&ids=i',
    'Flatten…': expect.stringContaining('read zeros'),
  })
})

test('a clone in journal mode is flattened where it is primary', () => {
  expect(said(detail({ mode: 'journal' }))['Flatten…']).toBe('/recover/flatten?from=a&to=b&ids=i')
})

test('what is demoted at both sites can be promoted at each', () => {
  expect(said(detail({ verdict: 'both-secondary', primarySite: null }))).toMatchObject({
    'Promote at a…': '/recover/promote?from=b&to=a&ids=i',
    'Promote at b…': '/recover/promote?from=a&to=b&ids=i',
    'Demote…': 'No site is primary alone.',
  })
})

test('a live run, a silent site and two histories stop every verb, with the reason', () => {
  const all = (of: ImageDetail, unknownSince: number | null = null) => new Set(Object.values(said(of, unknownSince)))
  expect([...all(detail({}, { run: { title: 'Move ERP' } }))]).toEqual([expect.stringContaining('Move ERP')])
  expect([...all(detail({}), 5)]).toEqual([expect.stringContaining('not read now')])
  expect([...all(detail({ verdict: 'split-brain' }))]).toEqual([expect.stringContaining('separate ways')])
})

test('no snapshot in journal mode, no flatten without a parent, no demotion of what has no whole copy', () => {
  expect(said(detail({ mode: 'journal', parent: null, verdict: 'copying' }))).toMatchObject({
    'Mirror snapshot now…': expect.stringContaining('journal mode'),
    'Flatten…': expect.stringContaining('no parent'),
    'Demote at a…': expect.stringContaining('first copy'),
  })
})
