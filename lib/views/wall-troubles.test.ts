import { expect, test } from 'vitest'
import type { Attention, IfLost } from '@/lib/domain/summary'
import type { WallSite } from './wall-sites'
import { troublesIn, wallTroubles } from './wall-troubles'

const item = (key: string, severity: Attention['severity'], over: Partial<Attention> = {}): Attention => ({
  ...{ key, severity, title: key, detail: '', since: 1000, action: { label: '', href: '' } },
  ...over,
})

const site = (name: string, lost: IfLost['lost'], over: Partial<WallSite> = {}): WallSite => ({
  site: { name, state: 'ok', lastOkAt: 1, silentSince: null, error: '', roundMs: 1 },
  ifLost: {
    ...{ site: name, known: true, primaries: 100, recover: 50, targets: [], worstHeldUntilAt: null, lost, readAt: 1 },
    ...{ medianHeldUntilAt: null, worstGrade: 'measured', behindObjective: 0 },
  },
  ...{ tone: 'bad', dark: null, since: null, lost: 50, bare: false },
  ...over,
})

const keys = (attention: Attention[], sites: WallSite[]) =>
  wallTroubles({ attention }, sites).map(({ key, severity }) => `${severity} ${key}`)

test('each reason why images would be lost is in the list, before what loses none', () => {
  const attention = [item('verdict:split-brain', 'critical'), item('clock:a', 'warning'), item('parents', 'warning')]
  const lost = [
    { reason: 'not-mirrored', images: 33 },
    { reason: 'split-brain', images: 4 },
    { reason: 'copying', images: 1 },
  ] as const
  expect(keys(attention, [site('a', lost), site('b', [{ reason: 'not-mirrored', images: 9 }])])).toEqual([
    'critical verdict:split-brain',
    'critical parents',
    'critical lost:not-mirrored',
    'critical lost:copying',
    'warning clock:a',
  ])
  expect(wallTroubles({ attention: [] }, [site('a', lost)]).map(({ title }) => title)).toEqual([
    '33 images not mirrored',
    '1 image still copying',
  ])
})

test('a site of which nothing is mirrored comes first; figures of a site that is not seen are not listed', () => {
  const dark = site('a', [{ reason: 'copying', images: 6 }], { tone: 'unknown', dark: 'silent' })
  const bare = site('c', [], { ifLost: null, bare: true, lost: 0 })
  expect(keys([item('silent:a', 'critical')], [dark, bare])).toEqual(['critical bare:c', 'critical silent:a'])
})

test('what finds no room is named by how bad it is', () => {
  const many = [item('a', 'critical'), item('b', 'critical'), item('c', 'warning')]
  expect(troublesIn(3, many)).toEqual({ shown: many, more: '' })
  expect(troublesIn(2, many)).toEqual({ shown: many.slice(0, 2), more: 'and 1 less bad' })
  expect(troublesIn(1, many)).toEqual({ shown: many.slice(0, 1), more: 'and 2 more, 1 as bad' })
  const note = { kind: 'suspended', until: 2, by: 'Anna', reason: 'splice' } as const
  expect(troublesIn(2, [item('a', 'critical'), item('s', 'suspended', { note })]).shown).toHaveLength(1)
})
