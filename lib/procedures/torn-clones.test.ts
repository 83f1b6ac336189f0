import { expect, test } from 'vitest'
import type { ImageMember, Plan } from '@/lib/domain/plan'
import { tornAsks } from './torn-clones'

const image = (name: string, over: Partial<ImageMember>): ImageMember => ({
  ...{ kind: 'image', key: name, image: { pool: 'volumes', namespace: '', name }, globalId: name },
  ...{ mode: 'snapshot', family: name, generation: 0, outsideParent: null, sizeBytes: 1 },
  ...over,
})
const parent = { pool: 'images', namespace: '', name: 'base' }
const MEMBERS = [
  image('plain', {}),
  image('inside', { generation: 1 }),
  image('outside', { outsideParent: parent }),
  image('by-journal', { mode: 'journal', generation: 1 }),
]
const plan = (procedure: Plan['procedure'], members: readonly ImageMember[] = MEMBERS): Plan => ({
  ...{ procedure, version: 1, from: 'west', to: 'north', steps: [], members },
  options: { allOrNothing: false, clients: 'wait' },
})

test('clones in snapshot mode have to be agreed to before their copies are promoted, wherever their parent is', () => {
  const [ask] = tornAsks(plan('planned-failover'))
  expect(ask).toMatchObject({ consent: 'torn-clones', keys: ['inside', 'outside'] })
  expect(ask?.title).toBe('2 clones in snapshot mode: the copies at north may be torn')
  expect(ask?.remedy).toContain('resync their copies first')
  expect(tornAsks(plan('cinder-failover'))).toEqual([ask])
})

test('where the primary is lost there is nothing to resync from, and that is not proposed', () => {
  for (const procedure of ['forced-failover', 'cinder-forced'] as const)
    expect(tornAsks(plan(procedure))[0]?.remedy).toMatch(/^There is no better copy\./)
})

test('nothing is asked of images without a parent, of clones by journal, nor of what promotes no copy', () => {
  expect(
    tornAsks(plan('planned-failover', [image('plain', {}), image('j', { mode: 'journal', generation: 2 })])),
  ).toEqual([])
  for (const procedure of ['demote', 'resync', 'reprotect', 'disable'] as const)
    expect(tornAsks(plan(procedure))).toEqual([])
  expect(tornAsks(null)).toEqual([])
})
