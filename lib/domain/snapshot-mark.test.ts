import fc from 'fast-check'
import { expect, test } from 'vitest'
import { continuesFrom, copyHolds, heldBySnapshot, type SeenSnapshot, usefulMarks } from './snapshot-mark'

const copy = (id: number, primarySnapId: number, complete = true): SeenSnapshot => ({
  id,
  complete,
  primarySnapId,
  primary: false,
  takenAt: 9_999,
})
const own = (id: number, takenAt: number): SeenSnapshot => ({
  id,
  complete: true,
  primarySnapId: null,
  primary: true,
  takenAt,
})

test('a copy holds its newest complete snapshot; one that is still being copied does not count', () => {
  expect(copyHolds([copy(4, 20), copy(7, 31), copy(9, 40, false)])).toEqual({ kind: 'snapshot', primarySnapId: 31 })
})

test('a copy without a complete snapshot holds nothing', () => {
  expect(copyHolds([copy(4, 20, false)])).toEqual({ kind: 'nothing' })
})

test("the primary's own time counts, never the time at which the copy was made", () => {
  const held = heldBySnapshot([{ snapId: 20, takenAt: 1_000 }], 20)
  expect(held).toEqual({ untilAt: 1_000, snapId: 20, exact: true })
})

test('a snapshot whose time was never read counts as the next older one, and not as measured', () => {
  const marks = [
    { snapId: 20, takenAt: 1_000 },
    { snapId: 40, takenAt: 3_000 },
  ]
  expect(heldBySnapshot(marks, 31)).toEqual({ untilAt: 1_000, snapId: 31, exact: false })
  expect(heldBySnapshot(marks, 10)).toBeNull()
})

test('after a switch the old primary holds its own demotion, where the new primary went on from it', () => {
  const held = copyHolds([copy(4, 20), own(8, 5_000)])
  expect(held).toEqual({ kind: 'own-demotion', snapId: 8, takenAt: 5_000 })
  expect(continuesFrom([copy(3, 8), own(5, 6_000)], 8)).toBe(true)
  expect(continuesFrom([copy(3, 7), own(5, 6_000)], 8)).toBe(false)
})

test('dropping marks that can no longer be an answer changes no answer', () => {
  const marks = fc
    .uniqueArray(fc.nat({ max: 50 }), { minLength: 1 })
    .map((ids) => ids.sort((a, b) => a - b).map((snapId) => ({ snapId, takenAt: snapId * 1000 })))
  fc.assert(
    fc.property(marks, fc.nat({ max: 55 }), fc.nat({ max: 20 }), (all, held, later) => {
      const kept = usefulMarks(all, held)
      expect(heldBySnapshot(kept, held + later)).toEqual(heldBySnapshot(all, held + later))
    }),
  )
})

test('a claim by marks is never smaller than the loss, whichever marks were missed', () => {
  const taken = fc.array(fc.integer({ min: 1, max: 60_000 }), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(taken, fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), fc.nat(), (gaps, seen, pick) => {
      let now = 0
      const truth = gaps.map((gap, index) => {
        now += gap
        return { snapId: 10 + index * 3, takenAt: now }
      })
      const marks = truth.filter((_, index) => seen[index])
      const held = truth[pick % truth.length] as (typeof truth)[number]
      const claim = heldBySnapshot(marks, held.snapId)
      if (claim !== null) expect(claim.untilAt).toBeLessThanOrEqual(held.takenAt)
      if (claim?.exact) expect(claim.untilAt).toBe(held.takenAt)
    }),
  )
})
