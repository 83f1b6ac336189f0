import fc from 'fast-check'
import { expect, test } from 'vitest'
import { modeAdvice } from './mode-advice'
import { intervalSec, tooTight } from './objective'

const MIB = 2 ** 20
const known = { writeBytesPerSec: 10 * MIB, linkBytesPerSec: 100 * MIB }

test('an objective below two minutes wants a journal, and says what it costs', () => {
  const advice = modeAdvice({ ...known, objectiveSec: 60 })
  expect(advice).toMatchObject({ mode: 'journal', interval: null, unknowns: [] })
  expect(advice.reasons.join(' ')).toContain('below twice the shortest schedule')
  expect(advice.reasons.join(' ')).toContain('20 MiB/s for 10 MiB/s')
})

test('an objective that leaves room wants snapshots, at the longest schedule that keeps it', () => {
  expect(modeAdvice({ ...known, objectiveSec: 120 })).toMatchObject({ mode: 'snapshot', interval: '1m' })
  expect(modeAdvice({ ...known, objectiveSec: 900 })).toMatchObject({ mode: 'snapshot', interval: '5m' })
  expect(modeAdvice({ ...known, objectiveSec: 86_400 })).toMatchObject({ mode: 'snapshot', interval: '12h' })
})

test('a link that is slower than the writes: neither, where no schedule is short enough', () => {
  expect(modeAdvice({ writeBytesPerSec: 90 * MIB, linkBytesPerSec: 100 * MIB, objectiveSec: 30 }).mode).toBe('neither')
  expect(modeAdvice({ writeBytesPerSec: 300 * MIB, linkBytesPerSec: 100 * MIB, objectiveSec: 180 }).mode).toBe(
    'neither',
  )
  expect(modeAdvice({ writeBytesPerSec: 300 * MIB, linkBytesPerSec: 100 * MIB, objectiveSec: 600 })).toMatchObject({
    mode: 'snapshot',
    interval: '2m',
  })
})

test('what is not known is named, and is not taken for nothing', () => {
  const advice = modeAdvice({ writeBytesPerSec: null, linkBytesPerSec: null, objectiveSec: 60 })
  expect(advice.mode).toBe('journal')
  expect(advice.unknowns).toHaveLength(2)
  expect(advice.reasons.join(' ')).not.toContain('0.0 MiB/s')
})

test('a schedule that is advised never breaks the objective by design', () => {
  const bytes = fc.option(fc.integer({ min: 1, max: 10_000 * MIB }))
  fc.assert(
    fc.property(
      bytes,
      bytes,
      fc.integer({ min: 1, max: 200_000 }),
      (writeBytesPerSec, linkBytesPerSec, objectiveSec) => {
        const { mode, interval, reasons } = modeAdvice({ writeBytesPerSec, linkBytesPerSec, objectiveSec })
        expect(reasons.length).toBeGreaterThan(0)
        expect(interval === null).toBe(mode !== 'snapshot')
        if (interval !== null) expect(tooTight(objectiveSec, intervalSec(interval) ?? Number.NaN)).toBe(false)
      },
    ),
  )
})
