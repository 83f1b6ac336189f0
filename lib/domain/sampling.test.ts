import fc from 'fast-check'
import { expect, test } from 'vitest'
import { breachAt, intervalSec, objectiveSec, tooTight } from './objective'
import { samplingPlan } from './sampling'

test('what fits into the budget is sampled at every step', () => {
  expect(samplingPlan(['a', 'b'], 1, 0.1)).toEqual({ set: ['a', 'b'], rest: [], restPerStep: 0, stepMs: 2000 })
})

test('what does not fit takes turns, nobody is left out, and the budget holds', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 2000 }),
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 100 }),
      (n, cost, pct) => {
        const images = Array.from({ length: n }, (_, i) => `${i}`)
        const plan = samplingPlan(images, cost, pct / 100)
        expect([...plan.set, ...plan.rest]).toEqual(images)
        if (plan.rest.length > 0) expect(plan.restPerStep).toBeGreaterThan(0)
        const perStep = plan.set.length + Math.min(plan.restPerStep, plan.rest.length)
        expect((perStep * cost) / plan.stepMs).toBeLessThanOrEqual(pct / 100 + 1e-9)
      },
    ),
  )
})

test('the objective of a pool in a pair comes before that of the pool, and that before the default', () => {
  const objectives = { defaultSec: 120, pools: { fast: 30, 'a~b/fast': 15 } }
  expect(objectiveSec(objectives, 'a~b', 'fast')).toBe(15)
  expect(objectiveSec(objectives, 'b~c', 'fast')).toBe(30)
  expect(objectiveSec(objectives, 'a~b', 'slow')).toBe(120)
})

test('a breach begins where the point held plus the objective lies; without a point there is none', () => {
  expect(breachAt(1000, 120)).toBe(121_000)
  expect(breachAt(null, 120)).toBeNull()
})

test("Ceph's intervals in seconds, and an objective below twice of one is too tight", () => {
  expect(['1m', '2h', '1d', '', 'often'].map(intervalSec)).toEqual([60, 7200, 86_400, null, null])
  expect(tooTight(119, 60)).toBe(true)
  expect(tooTight(120, 60)).toBe(false)
})
