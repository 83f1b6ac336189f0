import { expect, test } from 'vitest'
import type { ImageMember } from '@/lib/domain/plan'
import type { Amount } from '@/lib/views/evidence'
import { ownWriteFinding } from './own-writes'

const MIB = 2 ** 20
const PLAN = { from: 'north', to: 'west' }
const member = (name: string): ImageMember => ({
  ...{ kind: 'image', key: name, image: { pool: 'volumes', namespace: '', name }, globalId: name, mode: 'journal' },
  ...{ family: name, generation: 0, outsideParent: null, sizeBytes: 1 },
})
const wrote = (bytes: number): Amount => ({ kind: 'known', bytes, sure: 'exact', text: '' })
const dark: Amount = { kind: 'unknown', text: 'no answer' }
const one = (name: string, chosen: Amount, other: Amount) => ({ member: member(name), chosen, other })

test('a side with nothing of its own that is chosen over one with 12 MiB is warned of, with the figures', () => {
  const found = ownWriteFinding([one('a', wrote(8 * MIB), wrote(0)), one('b', wrote(0), wrote(12 * MIB))], PLAN, 2)
  expect(found).toMatchObject({
    severity: 'warns',
    keys: ['b'],
    title: 'west has written more since the split than north, which is chosen: 1 image',
  })
  expect(found.evidence).toBe(
    'volumes/b: nothing of its own at north, 12 MiB of its own at west; volumes/a: 8 MiB of its own at north, nothing of its own at west',
  )
})

test('what is not known is said, and never taken for nothing', () => {
  expect(ownWriteFinding([one('a', wrote(0), dark)], PLAN, 1)).toMatchObject({ severity: 'unknown', keys: ['a'] })
})

test('where the chosen side has no less the finding passes, and says how many it has looked at', () => {
  const found = ownWriteFinding([one('a', wrote(MIB), wrote(MIB))], PLAN, 30)
  expect(found).toMatchObject({ severity: 'pass', keys: [] })
  expect(found.title).toContain('of the first 1 of 30 images')
})
