import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Condition, GroupSpec } from './group'
import { conflictsOf, conflictText } from './group-conflicts'
import { aGroup, aPicture } from './group-fixture'
import { fits } from './group-match'
import { cutText, membersOf } from './group-members'
import type { CloudPicture } from './group-picture'
import { reasonText } from './group-words'

const ids = (spec: GroupSpec, picture: CloudPicture): string[] =>
  membersOf(spec, picture)
    .members.map(({ id }) => id)
    .sort()

const world = aPicture({
  volumes: {
    v1: { metadata: { tier: 'db' } },
    v2: { type: 'silver' },
    v3: { tenant: 'bank', projectId: 'p-bank' },
    loose: { type: 'gold-plain', backend: 'cinder@other' },
  },
  servers: { web: { metadata: { role: 'front' } }, db: { tenant: 'bank', projectId: 'p-bank' } },
  links: [
    ['v1', 'web'],
    ['v2', 'web'],
    ['v3', 'db'],
  ],
})

test('a pattern fits as people mean it: * is any letters, everything else is itself', () => {
  expect([fits('db-*', 'db-1'), fits('db-*', 'web-1'), fits('*', ''), fits('a.c', 'abc')]).toEqual([
    true,
    false,
    true,
    false,
  ])
  expect([fits('a*b*a', 'aba'), fits('aa*aa', 'aaa'), fits('*x*', 'axb')]).toEqual([true, false, true])
})

test('a pattern fits exactly what a regular expression of the same meaning fits', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '.'), maxLength: 8 })
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 10 })
  fc.assert(
    fc.property(letters, text, (pattern, word) => {
      const same = new RegExp(`^${pattern.replace(/[.]/g, '\\.').replaceAll('*', '.*')}$`)
      expect(fits(pattern, word)).toBe(same.test(word))
    }),
  )
})

test.each<[string, Condition[], string[]]>([
  ['a tenant has its volumes and servers', [{ on: 'tenant', is: 'bank' }], ['db', 'v3']],
  ['a tenant is known by its id too', [{ on: 'tenant', is: 'p-bank' }], ['db', 'v3']],
  [
    'a type finds volumes, which bring their server and its volumes',
    [{ on: 'type', is: 'silver' }],
    ['v1', 'v2', 'web'],
  ],
  ['a backend', [{ on: 'backend', is: 'cinder@other' }], ['loose']],
  ['metadata of a volume', [{ on: 'volume-metadata', key: 'tier', is: 'd*' }], ['v1', 'v2', 'web']],
  ['metadata of a server', [{ on: 'server-metadata', key: 'role', is: 'front' }], ['v1', 'v2', 'web']],
  ['a server', [{ on: 'server', is: 'd*' }], ['db', 'v3']],
  [
    'all conditions of a rule hold',
    [
      { on: 'tenant', is: 'bank' },
      { on: 'server', is: 'web' },
    ],
    [],
  ],
  [
    'a volume condition and a server condition: volumes attached to such a server',
    [
      { on: 'type', is: 'gold*' },
      { on: 'server', is: 'db' },
    ],
    ['db', 'v3'],
  ],
  ['a rule that asks for nothing finds nothing', [], []],
])('%s', (_, all, expected) => {
  expect(ids(aGroup('g', [], { selection: { rules: [{ all }] } }), world)).toEqual(expected)
})

test('each member says what found it, and what it came along with', () => {
  const spec = aGroup('g', [{ on: 'type', is: 'silver' }], { selection: { byHand: { volumes: ['v3'], servers: [] } } })
  const why = Object.fromEntries(
    membersOf(spec, world).members.map((one) => [
      one.id,
      one.why.map((reason) => reasonText(reason, spec.selection.rules)),
    ]),
  )
  expect(why).toEqual({
    v2: ['volume type silver'],
    web: ['volume v2 is attached to it'],
    v1: ['a volume of server web'],
    v3: ['by hand'],
    db: ['volume v3 is attached to it'],
  })
})

test('what is kept out stays out, and the cut is named from the side of the member', () => {
  const spec = aGroup('g', [{ on: 'server', is: 'web' }], { selection: { except: { volumes: ['v2'], servers: [] } } })
  const { members, cuts } = membersOf(spec, world)
  expect(members.map(({ id }) => id).sort()).toEqual(['v1', 'web'])
  expect(cuts).toMatchObject([{ member: { id: 'web' }, without: { id: 'v2' }, why: 'kept-out' }])
  expect(cuts.map(cutText).join()).toContain('server web is in the group without the volume v2')
})

test('something by hand that the cloud does not have is named, and is no member', () => {
  const spec = aGroup('g', [], { selection: { byHand: { volumes: ['gone'], servers: ['nobody'] } } })
  expect(membersOf(spec, world)).toMatchObject({ members: [], unknown: { volumes: ['gone'], servers: ['nobody'] } })
})

test('a stage is the first that names a server; one that none names starts after all; marks pass on to volumes', () => {
  const spec = aGroup('g', [{ on: 'server', is: '*' }], {
    stages: [
      { match: [{ by: 'metadata', key: 'role', is: 'front' }], gates: [] },
      { match: [{ by: 'name', name: 'w*' }], gates: [] },
    ],
    marks: [{ mark: 'replicates-itself', match: { by: 'id', id: 'db' } }],
  })
  const found = new Map(membersOf(spec, world).members.map((one) => [one.id, one]))
  expect([found.get('web')?.stage, found.get('db')?.stage, found.get('v1')?.stage]).toEqual([0, 2, null])
  expect([found.get('db')?.mark, found.get('v3')?.mark, found.get('v1')?.mark]).toEqual([
    'replicates-itself',
    'replicates-itself',
    null,
  ])
})

test('a volume that an unmarked server has too does not take the mark of the other', () => {
  const shared = aPicture({
    volumes: { v: {} },
    servers: { a: {}, b: {} },
    links: [
      ['v', 'a'],
      ['v', 'b'],
    ],
  })
  const spec = aGroup('g', [{ on: 'server', is: 'a' }], {
    marks: [{ mark: 'recover-only', match: { by: 'id', id: 'a' } }],
  })
  expect(membersOf(spec, shared).members.find(({ id }) => id === 'v')?.mark).toBeNull()
})

test('a member of two groups is named with both', () => {
  const groups = ['shop', 'bank'].map((group) => ({
    group,
    members: membersOf(aGroup(group, [{ on: 'server', is: 'web' }]), world).members,
  }))
  const conflicts = conflictsOf(groups)
  expect(conflicts).toHaveLength(3)
  expect(conflicts[0]).toMatchObject({ kind: 'server', name: 'web', groups: ['bank', 'shop'] })
  expect(conflictText(conflicts)).toContain('server web would be in “bank” and “shop”, and 2 more members are')
  expect(conflictsOf(groups.slice(0, 1))).toEqual([])
})

const id = fc.integer({ min: 0, max: 9 })
const anyWorld = fc.record({
  links: fc.array(fc.tuple(id, id), { maxLength: 12 }),
  tenants: fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 10, maxLength: 10 }),
  types: fc.array(fc.constantFrom('x', 'y'), { minLength: 10, maxLength: 10 }),
  tenant: fc.constantFrom('a', 'b', 'c'),
  type: fc.constantFrom('x', 'y'),
  out: fc.array(id, { maxLength: 2 }),
})

const made = ({ links, tenants, types }: { links: [number, number][]; tenants: string[]; types: string[] }) =>
  aPicture({
    volumes: Object.fromEntries(tenants.map((tenant, at) => [`v${at}`, { tenant, type: types[at] ?? 'x' }])),
    servers: Object.fromEntries(tenants.map((_, at) => [`s${at}`, { tenant: tenants[9 - at] ?? 'a' }])),
    links: links.map(([volume, server]) => [`v${volume}`, `s${server}`] as const),
  })

test('nothing attached to a member is left out without being named, and nobody is a member twice', () => {
  fc.assert(
    fc.property(anyWorld, (input) => {
      const picture = made(input)
      const except = { volumes: input.out.map((at) => `v${at}`), servers: [] }
      const { members, cuts } = membersOf(
        aGroup('g', [{ on: 'type', is: input.type }], { selection: { except } }),
        picture,
      )
      const keys = members.map(({ kind, id: member }) => `${kind} ${member}`)
      expect(new Set(keys).size).toBe(keys.length)
      for (const one of members) {
        const hanging = one.kind === 'volume' ? picture.serversOf(one.id) : picture.volumesOf(one.id)
        for (const other of hanging) {
          const kind = one.kind === 'volume' ? 'server' : 'volume'
          const isCut = cuts.some(({ member, without }) => member.id === one.id && without.id === other)
          expect(keys.includes(`${kind} ${other}`) || isCut).toBe(true)
        }
        expect(except.volumes.includes(one.id)).toBe(false)
        expect(one.why.length).toBeGreaterThan(0)
      }
    }),
  )
})

test('one more condition never finds more, and one more rule never finds less', () => {
  fc.assert(
    fc.property(anyWorld, (input) => {
      const picture = made(input)
      const tenant: Condition = { on: 'tenant', is: input.tenant }
      const type: Condition = { on: 'type', is: input.type }
      const of = (...rules: Condition[][]) =>
        new Set(ids(aGroup('g', [], { selection: { rules: rules.map((all) => ({ all })) } }), picture))
      for (const one of of([tenant, type])) expect(of([tenant])).toContain(one)
      for (const one of of([tenant])) expect(of([tenant], [type])).toContain(one)
    }),
  )
})
