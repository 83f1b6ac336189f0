import { expect, test } from 'vitest'
import { backendStanza } from './backend-stanza'
import { standOnBackends, standText } from './group-backends'
import { type GroupFacts, groupFindings, readinessOf, type StandingMember, tallied } from './group-readiness'

const NOW = 1_000_000
const held = (id: string, untilAt: number, more: Partial<StandingMember> = {}): StandingMember => ({
  ...{ id, name: id, mark: null },
  standing: { kind: 'held', untilAt, breachAt: untilAt + 120_000, grade: 'measured' },
  ...more,
})
const tally = (members: StandingMember[], rpoSec: number | null = 60) => tallied(null, members, rpoSec, NOW)

const facts = (change: Partial<GroupFacts> = {}): GroupFacts => ({
  ...{ name: 'shop', servers: 1, conflicts: [], look: 'fresh' },
  tally: tally([held('a', NOW - 10_000)]),
  ...{ drift: { joined: 0, left: 0 }, cuts: { count: 0, first: '' }, ghosts: { count: 0, first: '' } },
  stand: { kind: 'whole', host: 'cinder@ceph' },
  ...change,
})
const readiness = (change: Partial<GroupFacts>) => readinessOf(groupFindings(facts(change)))

test('a group is ready where all its copies are within its RPO and it is all of a backend', () => {
  expect(readiness({})).toBe('ready')
})

test('the member whose copy is oldest holds the group back, and the RPO of the group counts before that of its images', () => {
  const members = [held('a', NOW - 10_000), held('b', NOW - 61_000)]
  expect(tally(members)).toMatchObject({ late: 1, oldest: { name: 'b' }, breachAt: NOW - 1_000 })
  expect(tally(members, null)).toMatchObject({ late: 0, oldest: { name: 'b' }, breachAt: NOW + 59_000 })
  const [first] = groupFindings(facts({ tally: tally(members) }))
  expect(first).toMatchObject({ severity: 'blocks', detail: 'b holds the group back' })
})

test('counted in portions or at once, a group is the same', () => {
  const members = [held('a', NOW - 90_000), held('b', NOW - 1_000), held('c', NOW - 70_000)]
  const [first, ...rest] = members
  expect(tallied(tally(first === undefined ? [] : [first]), rest, 60, NOW)).toEqual(tally(members))
})

test.each<[string, Partial<GroupFacts>]>([
  [
    'a volume without a copy',
    { tally: tally([held('a', NOW), held('b', 0, { standing: { kind: 'no-copy', why: 'not replicated' } })]) },
  ],
  ['a member of two groups', { conflicts: [{ kind: 'volume', id: 'v', name: 'v', groups: ['a', 'b'] }] }],
  ['a cut', { cuts: { count: 1, first: 'server s is in the group without volume v' } }],
  ['a ghost on its backend', { ghosts: { count: 1, first: 'g' } }],
  ['nothing in it', { servers: 0, tally: tally([]) }],
  ['a part of a backend', { stand: { kind: 'part', share: { host: 'h', taken: 3, inGroup: 1, rest: [] } } }],
  ['a late copy', { tally: tally([held('a', NOW - 100_000)]) }],
])('not ready: %s', (_, change) => {
  expect(readiness(change)).toBe('not-ready')
})

test('what is not known makes no group ready, and hides nothing that is in the way', () => {
  const unknown = tally([held('a', 0, { standing: { kind: 'unknown', why: 'its pool is not read' } })])
  expect(readiness({ tally: unknown })).toBe('unknown')
  expect(readiness({ look: 'old' })).toBe('unknown')
  expect(readiness({ tally: unknown, ghosts: { count: 1, first: 'g' } })).toBe('not-ready')
})

test('what replicates itself is listed, and holds nobody back', () => {
  const own = tally([held('a', NOW), held('b', 0, { mark: 'replicates-itself' })])
  expect(own).toMatchObject({ volumes: 1, ownReplication: 1, late: 0 })
  expect(readiness({ tally: own })).toBe('ready')
})

test('a group moves where it is all of one backend; the rest is named', () => {
  const share = { host: 'cinder@ceph', taken: 9, inGroup: 2, rest: [{ id: 'x', name: 'logs' }] }
  expect(standOnBackends([{ ...share, inGroup: 9 }])).toEqual({ kind: 'whole', host: 'cinder@ceph' })
  expect(standText(standOnBackends([share]))).toContain('7 volumes that are not in the group (logs and 6 more)')
  expect(standOnBackends([share, { ...share, host: 'cinder@b' }]).kind).toBe('several')
  expect(standOnBackends([{ ...share, inGroup: 0 }])).toEqual({ kind: 'none' })
})

test('a stanza names what is not known, and lists what its own process serves alone', () => {
  const lines = backendStanza('Big Shop!', { host: 'one@ceph', hosts: ['one@ceph', 'one@b', 'two@c'], pools: [] })
  expect(lines).toContain('enabled_backends = ceph,b,ceph-big-shop')
  expect(lines).toContain('rbd_pool = <its pool>')
  expect(lines.join('\n')).toContain('<name of the other site>')
})
