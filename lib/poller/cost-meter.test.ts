import { expect, test } from 'vitest'
import { CostMeter } from './cost-meter'

test('waiting is no cost: the least of the last readings counts', () => {
  const meter = new CostMeter()
  for (const tookMs of [400, 40, 900, 60]) meter.note(tookMs, 20)
  expect(meter.perImageMs()).toBe(2)
})

test('a cluster that has grown slow is believed after a while, and a clock too coarse is not', () => {
  const meter = new CostMeter()
  meter.note(0, 100)
  expect(meter.perImageMs()).toBe(0.05)
  for (let i = 0; i < 20; i++) meter.note(500, 100)
  expect(meter.perImageMs()).toBe(5)
})
