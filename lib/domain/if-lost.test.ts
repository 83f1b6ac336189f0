import { expect, test } from 'vitest'
import { attention } from './attention'
import { exposureFigures, pointAt } from './exposure'
import { type FateImage, fate, type Parent } from './fate'
import { behind, ifLost, type Lane } from './if-lost'
import { streams } from './streams'
import { tallyBuilder } from './tally'
import type { Verdict } from './verdict-words'

const NOW = 1_000_000_000
interface Image extends FateImage {
  readonly parent: Parent<Image>
}
const image = (over: Partial<Image> = {}): Image => ({
  verdict: 'following',
  primarySite: 'a',
  heldUntilAt: NOW - 10_000,
  parent: { kind: 'none' },
  ...over,
})
const fateOf = (some: Image) => fate(some, ({ parent }) => parent)
const lost = (reason: string) => ({ kind: 'lost', reason })

test('an image that follows recovers; one that is broken is lost for the reason of its verdict', () => {
  expect(fateOf(image())).toEqual({ kind: 'recovers' })
  expect(fateOf(image({ verdict: 'stopped' }))).toEqual({ kind: 'recovers' })
  const reasons: readonly (readonly [Verdict, string])[] = [
    ['two-primaries', 'split-brain'],
    ['split-brain', 'split-brain'],
    ['copying', 'copying'],
    ['no-copy', 'no-copy'],
    ['error', 'error'],
  ]
  for (const [verdict, reason] of reasons) expect(fateOf(image({ verdict }))).toEqual(lost(reason))
})

test('without a known point nothing is counted on', () => {
  expect(fateOf(image({ heldUntilAt: null }))).toEqual(lost('stale-evidence'))
  expect(fateOf(image({ parent: { kind: 'not-read' } }))).toEqual(lost('stale-evidence'))
})

test('a clone is lost with its parent, however far up the chain', () => {
  const orphan = image({ parent: { kind: 'not-mirrored' } })
  const child = image({ parent: { kind: 'mirrored', image: orphan } })
  const grandchild = image({ parent: { kind: 'mirrored', image: child } })
  expect(fateOf(grandchild)).toEqual(lost('parent-not-mirrored'))
  const copying = image({ verdict: 'copying' })
  expect(fateOf(image({ parent: { kind: 'mirrored', image: copying } }))).toEqual(lost('parent-not-mirrored'))
})

test('a parent that is primary at the other site is there already', () => {
  const there = image({ primarySite: 'b', verdict: 'stopped', heldUntilAt: null })
  expect(fateOf(image({ parent: { kind: 'mirrored', image: there } }))).toEqual({ kind: 'recovers' })
})

test('a ring of parents ends', () => {
  const ring = image()
  expect(fate(ring, () => ({ kind: 'mirrored', image: ring }))).toEqual(lost('parent-not-mirrored'))
})

const read = (site: string, ageMs: number) => ({ site, observedAt: NOW - ageMs, roundMs: 500 })

function lane(points: readonly number[], { toAgeMs = 1000, fromAgeMs = 1000, caughtUp = 0, copying = 0 } = {}): Lane {
  const builder = tallyBuilder({ pair: 'a~b', pool: 'p', from: 'a', to: 'b', objectiveSec: 120 })
  const held = { caughtUp: false, sampled: false, grade: 'measured' } as const
  for (const ageSec of points) {
    builder.add('following', { ...held, untilAt: NOW - ageSec * 1000 }, { kind: 'recovers' }, 120)
  }
  for (let i = 0; i < caughtUp; i++) {
    builder.add('following', { ...held, caughtUp: true, sampled: true, untilAt: 1 }, { kind: 'recovers' }, 120)
  }
  for (let i = 0; i < copying; i++) {
    builder.add('copying', { ...held, untilAt: null, grade: 'unknown' }, { kind: 'lost', reason: 'copying' }, 120)
  }
  return {
    tally: builder.finish(),
    from: read('a', fromAgeMs),
    to: read('b', toAgeMs),
    times: { sampledAt: NOW - 3000, fastSampledAt: NOW - 2000 },
  }
}

const ifLostA = (lanes: readonly Lane[], over = {}) =>
  ifLost({ site: 'a', lanes, twoPrimaries: 0, notMirrored: null, reads: lanes.map(({ from }) => from), ...over }, NOW)

test('if a site is lost: who recovers where, worst and median, and what is lost and why', () => {
  expect(ifLostA([lane([10, 30, 200], { caughtUp: 2, copying: 4 })], { notMirrored: 7, twoPrimaries: 1 })).toEqual({
    site: 'a',
    known: true,
    primaries: 17,
    recover: 5,
    targets: [{ site: 'b', images: 5 }],
    worstHeldUntilAt: NOW - 200_000,
    medianHeldUntilAt: NOW - 10_000,
    worstGrade: 'measured',
    behindObjective: 1,
    lost: [
      { reason: 'not-mirrored', images: 7 },
      { reason: 'copying', images: 4 },
      { reason: 'split-brain', images: 1 },
    ],
    readAt: NOW - 1000,
  })
})

test('copies at a site that cannot be read are not counted on', () => {
  expect(ifLostA([lane([10, 30], { toAgeMs: 40_000 })])).toMatchObject({
    recover: 0,
    worstHeldUntilAt: null,
    worstGrade: 'unknown',
    lost: [{ reason: 'stale-evidence', images: 2 }],
  })
})

test('when the site itself is silent its copies are still counted, as bounded and not as known', () => {
  expect(ifLostA([lane([10, 30], { fromAgeMs: 40_000 })])).toMatchObject({
    known: false,
    recover: 2,
    worstGrade: 'bounded',
  })
})

test('streams count old readings as unknown, and never as following', () => {
  const { whole, pools } = streams([lane([10], { caughtUp: 1 })], NOW)
  expect(whole).toMatchObject([{ from: 'a', to: 'b', pool: null, images: 2, byVerdict: { following: 2 } }])
  expect(pools).toMatchObject([{ pool: 'p', worstHeldUntilAt: NOW - 10_000 }])
  expect(streams([lane([10], { toAgeMs: 50_000 })], NOW).whole).toMatchObject([{ byVerdict: { unknown: 1 } }])
})

test('median and p95 are never made smaller by rounding', () => {
  const points = [NOW - 40_000, NOW - 30_000, NOW - 20_000, NOW - 10_000]
  expect(exposureFigures(points, NOW)).toEqual({ worstSec: 40, p95Sec: 40, medianSec: 30 })
  expect(pointAt([], 0.5)).toBeNull()
})

test('what needs a hand comes worst first, each with a way to it, and keeps its beginning', () => {
  const quiet = {
    condition: 'ok',
    silentSince: null,
    error: '',
    skewMs: 3,
    poolsWithoutDaemon: [],
    unpairedPools: [],
  } as const
  const input = {
    sites: [
      { ...quiet, name: 'a', skewMs: -2400 },
      { ...quiet, name: 'b', condition: 'silent', silentSince: 5 } as const,
    ],
    clouds: [],
    lanes: [lane([500])],
    byVerdict: { 'split-brain': 4, following: 100 },
    hollow: [],
    tearingClones: 12,
    unknownNow: 2,
    parentNotMirrored: 2,
    schedules: [{ lane: lane([500]), without: 3, tight: 1, tightestSec: 300 }],
    suspensions: [],
    outages: [],
    apart: {},
    statements: [],
  }
  const first = attention(input, [], NOW)
  expect(first.map((item) => item.key)).toEqual([
    'silent:b',
    'verdict:split-brain',
    'clones',
    'clock:a',
    'parents',
    'behind:a~b/p/a',
    'schedule:a~b/p/a',
    'tight:a~b/p/a',
    'verdict:unknown',
  ])
  expect(first[0]).toMatchObject({ since: 5, action: { href: '/sites/b' } })
  expect(first[1]).toMatchObject({ title: '4 images in split-brain', action: { href: '/images?verdict=split-brain' } })
  const second = attention(input, first, NOW + 9000)
  expect(second[1]?.since).toBe(NOW)
})

test('an image that has another objective than its pool is late by its own', () => {
  const builder = tallyBuilder({ pair: 'a~b', pool: 'p', from: 'a', to: 'b', objectiveSec: 120 })
  const held = { caughtUp: false, sampled: false, grade: 'measured', untilAt: NOW - 60_000 } as const
  builder.add('following', held, { kind: 'recovers' }, 120)
  builder.add('following', held, { kind: 'recovers' }, 30)
  const mixed = { ...lane([]), tally: builder.finish() }
  expect(behind(mixed, 'all', NOW)).toBe(1)
  expect(behind(mixed, 'recovering', NOW)).toBe(1)
  expect(behind(mixed, 'all', NOW + 90_000)).toBe(2)
})
