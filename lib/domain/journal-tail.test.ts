import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exposureSec } from './exposure'
import type { JournalPosition } from './journal-position'
import {
  addSample,
  COMMIT_MARGIN_MS,
  furthest,
  heldInJournal,
  NO_SAMPLES,
  startsAnew,
  type TailSeries,
  tailSample,
  thinned,
} from './journal-tail'

const at = (tag: number, entry: number): JournalPosition => ({ tag, entry })
const series = (...samples: readonly (readonly [number, JournalPosition])[]): TailSeries =>
  samples.reduce((all, [time, tail]) => addSample(all, tailSample(time, tail, null)), NO_SAMPLES)

test('a copy holds everything up to the newest sample whose tail it has committed', () => {
  const samples = series([1000, at(1, 5)], [2000, at(1, 9)], [3000, at(1, 20)])
  expect(heldInJournal(samples, at(1, 12))).toEqual({ untilAt: 2000, caughtUp: false, exact: true })
})

test('a copy that has committed the newest tail is caught up at that sample, however long ago it is', () => {
  expect(heldInJournal(series([1000, at(1, 5)]), at(1, 5))).toEqual({ untilAt: 1000, caughtUp: true, exact: true })
})

test('without a commit position nothing of a journal with entries is held', () => {
  expect(heldInJournal(series([1000, at(1, 5)]), null)).toBeNull()
})

test('a commit position in a newer tag lies after everything of the older ones', () => {
  expect(heldInJournal(series([1000, at(3, 50)], [2000, at(5, 2)]), at(4, 0))?.untilAt).toBe(1000)
})

test('where the tail is not found, the own commit position counts for an earlier time, and not as measured', () => {
  const samples = addSample(NO_SAMPLES, tailSample(60_000, null, at(1, 9)))
  expect(heldInJournal(samples, at(1, 9))).toEqual({
    untilAt: 60_000 - COMMIT_MARGIN_MS,
    caughtUp: true,
    exact: false,
  })
})

test('a journal in which nothing was ever written is held by a copy that has committed nothing', () => {
  const samples = addSample(NO_SAMPLES, tailSample(60_000, null, null))
  expect(heldInJournal(samples, null)?.untilAt).toBe(60_000 - COMMIT_MARGIN_MS)
})

test('a tail that went back makes everything before it void, itself included until it is confirmed', () => {
  const before = series([1000, at(4, 50)])
  const again = tailSample(2000, at(0, 3), null)
  expect(startsAnew(before, again)).toBe(true)
  const after = addSample(before, again)
  expect(heldInJournal(after, at(4, 50))).toBeNull()
  expect(heldInJournal(addSample(after, tailSample(3000, at(0, 3), null)), at(0, 3))?.untilAt).toBe(3000)
})

/** A writer, a replayer and a sampler, each at its own pace. Times in milliseconds. */
const life = fc.record({
  gaps: fc.array(fc.oneof(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1000, max: 20_000 })), {
    minLength: 5,
    maxLength: 120,
  }),
  newTags: fc.array(fc.integer({ min: 0, max: 119 }), { maxLength: 4 }),
  ackMs: fc.integer({ min: 0, max: 50 }),
  pollMs: fc.integer({ min: 100, max: 5000 }),
  commitMs: fc.integer({ min: 100, max: 5000 }),
  stepMs: fc.integer({ min: 500, max: 2000 }),
  tailDelayMs: fc.integer({ min: 0, max: 250 }),
  clientsDelayMs: fc.integer({ min: 0, max: 250 }),
  phase: fc.integer({ min: 0, max: 5000 }),
  diesAt: fc.integer({ min: 30_000, max: 200_000 }),
  lostTails: fc.array(fc.integer({ min: 0, max: 99 }), { maxLength: 6 }),
})
type Life = typeof life extends fc.Arbitrary<infer T> ? T : never

interface Entry {
  readonly position: JournalPosition
  readonly appendedAt: number
  readonly ackedAt: number
}

function entriesOf({ gaps, newTags, ackMs, diesAt }: Life): Entry[] {
  const entries: Entry[] = []
  let now = 0
  let tag = 0
  let entry = 0
  for (let i = 0; now < diesAt; i++) {
    now += gaps[i % gaps.length] as number
    if (newTags.includes(i)) {
      tag++
      entry = 0
    }
    entries.push({ position: at(tag, entry++), appendedAt: now, ackedAt: now + ackMs })
  }
  return entries.filter((some) => some.appendedAt <= diesAt)
}

const newestAt = (entries: readonly Entry[], time: number): JournalPosition | null =>
  entries.findLast((entry) => entry.appendedAt <= time)?.position ?? null

/** The replayer polls every pollMs and applies what it finds; its position is written down every commitMs. */
const appliedBy = ({ pollMs, phase }: Life, time: number): number =>
  phase + Math.floor((time - phase) / pollMs) * pollMs
const committedBy = (some: Life, time: number): number =>
  appliedBy(some, Math.floor(time / some.commitMs) * some.commitMs)

function sampled(some: Life, entries: readonly Entry[], thin: boolean) {
  let all = NO_SAMPLES
  let position: JournalPosition | null = null
  let held: ReturnType<typeof heldInJournal> = null
  for (let k = 0; ; k++) {
    const askedAt = k * some.stepMs
    const tailAt = askedAt + some.tailDelayMs
    const clientsAt = tailAt + some.clientsDelayMs
    if (clientsAt > some.diesAt) break
    // An own commit position that is never older than the margin allows stands in where the tail is not found.
    const tail = some.lostTails.includes(k % 100) ? null : newestAt(entries, tailAt)
    all = addSample(all, tailSample(askedAt, tail, newestAt(entries, tailAt - COMMIT_MARGIN_MS)))
    position = furthest(position, newestAt(entries, committedBy(some, clientsAt)))
    held = heldInJournal(all, position)
    if (thin) all = thinned(all, held?.untilAt ?? null, askedAt)
  }
  return { all, position, held }
}

test('a claim is never smaller than what was really lost, and within 15 s of it', () => {
  fc.assert(
    fc.property(life, (some) => {
      const entries = entriesOf(some)
      const applied = newestAt(entries, appliedBy(some, some.diesAt))
      const appliedCount = applied === null ? 0 : entries.findIndex((e) => e.position === applied) + 1
      const firstLost = entries.slice(appliedCount).find((entry) => entry.ackedAt <= some.diesAt)
      const lossSec = firstLost === undefined ? 0 : (some.diesAt - firstLost.ackedAt) / 1000
      const { held } = sampled(some, entries, true)
      if (held === null) return
      expect(firstLost?.ackedAt ?? Number.POSITIVE_INFINITY).toBeGreaterThan(held.untilAt - 1e-9)
      if (some.lostTails.length === 0) {
        expect(exposureSec(held.untilAt, some.diesAt)).toBeLessThanOrEqual(lossSec + 15)
      }
    }),
    { numRuns: 500 },
  )
})

test('thinning only ever makes a claim larger, and by no more than a tenth', () => {
  const cut = fc.array(fc.nat({ max: 2000 }), { minLength: 1, maxLength: 20 })
  const tails = fc.array(fc.record({ gap: fc.integer({ min: 500, max: 30_000 }), written: fc.nat({ max: 3 }) }), {
    minLength: 2,
    maxLength: 400,
  })
  fc.assert(
    fc.property(tails, cut, fc.nat({ max: 1200 }), (steps, thinAfter, reached) => {
      let now = 0
      let entry = 0
      let all = NO_SAMPLES
      let thin = NO_SAMPLES
      for (const [index, { gap, written }] of steps.entries()) {
        now += gap
        entry += written
        const sample = tailSample(now, at(0, entry), null)
        all = addSample(all, sample)
        thin = addSample(thin, sample)
        if (thinAfter.includes(index)) thin = thinned(thin, null, now)
      }
      thin = thinned(thin, null, now)
      const whole = heldInJournal(all, at(0, reached))
      const fewer = heldInJournal(thin, at(0, reached))
      if (whole === null) return void expect(fewer).toBeNull()
      const wholeMs = now - whole.untilAt
      if (fewer === null) throw new Error('the oldest sample was dropped')
      expect(now - fewer.untilAt).toBeGreaterThanOrEqual(wholeMs)
      expect(now - fewer.untilAt).toBeLessThanOrEqual(wholeMs * 1.1 + 61_000)
      expect(fewer.caughtUp).toBe(whole.caughtUp)
    }),
  )
})

test('a day of samples every two seconds is kept in some hundreds', () => {
  let all = NO_SAMPLES
  for (let k = 0; k < 43_200; k++) {
    all = addSample(all, tailSample(k * 2000, at(0, k), null))
    if (k % 30 === 0) all = thinned(all, null, k * 2000)
  }
  expect(all.samples.length).toBeLessThan(400)
  expect(heldInJournal(all, at(0, 1000))).not.toBeNull()
})
