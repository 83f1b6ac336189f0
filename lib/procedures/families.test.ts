import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Chosen, families } from './families'

const chosen = (name: string, parent: string | null = null): Chosen => ({
  key: name,
  image: { pool: 'p', namespace: '', name },
  globalId: `g-${name}`,
  mode: 'journal',
  parent: parent === null ? null : { pool: 'p', namespace: '', name: parent },
  sizeBytes: null,
})

test('a clone and its parent are one family, the parent a generation before', () => {
  const { members } = families([chosen('clone', 'parent'), chosen('parent')], new Map())
  expect(members.map(({ key, family, generation }) => [key, family, generation])).toEqual([
    ['clone', 'parent', 1],
    ['parent', 'parent', 0],
  ])
})

test('a parent that images outside the choice share stays, and must be whole at the target', () => {
  const { members, shared } = families(
    [chosen('clone', 'parent'), chosen('parent')],
    new Map([['p/parent', ['p/other']]]),
  )
  expect(shared).toMatchObject([{ chosen: { key: 'parent' }, by: ['p/other'] }])
  expect(members).toMatchObject([{ key: 'clone', family: 'clone', generation: 0, outsideParent: { name: 'parent' } }])
})

test('a parent outside the choice is named with its clone', () => {
  expect(families([chosen('clone', 'golden')], new Map()).members[0]?.outsideParent?.name).toBe('golden')
})

test('in any forest every clone comes in the family of its parent, one generation later', () => {
  const forest = fc.array(fc.option(fc.nat(11), { nil: null }), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(forest, (parents) => {
      const all = parents.map((parent, index) =>
        chosen(`i${index}`, parent === null || parent >= index ? null : `i${parent}`),
      )
      const { members } = families(all, new Map())
      expect(members).toHaveLength(all.length)
      for (const member of members) {
        const parent = members.find(
          ({ image }) => image.name === all.find(({ key }) => key === member.key)?.parent?.name,
        )
        if (parent === undefined) continue
        expect(member.family).toBe(parent.family)
        expect(member.generation).toBe(parent.generation + 1)
      }
    }),
  )
})
