import { expect, test } from 'vitest'
import type { Attention, IfLost } from '@/lib/domain/summary'
import type { PoolPulse, SitePulse } from './shell'
import { wallAnswer } from './wall-answer'
import { wallSites } from './wall-sites'

const NOW = Date.UTC(2026, 10, 21, 12, 0, 0)

const site = (name: string, over: Partial<SitePulse> = {}): SitePulse => ({
  ...{ name, state: 'ok', lastOkAt: NOW - 2_000, silentSince: null, error: '', roundMs: 400 },
  ...over,
})
const silent = (name: string, agoMs = 60_000): SitePulse =>
  site(name, { state: 'silent', lastOkAt: NOW - agoMs, silentSince: NOW - agoMs })

const lost = (name: string, over: Partial<IfLost> = {}): IfLost => ({
  ...{ site: name, known: true, primaries: 100, recover: 100, targets: [{ site: 'other', images: 100 }] },
  ...{ worstHeldUntilAt: NOW - 42_000, medianHeldUntilAt: NOW - 9_000, worstGrade: 'measured', behindObjective: 0 },
  ...{ lost: [], readAt: NOW - 2_000 },
  ...over,
})
const broken = (name: string) => lost(name, { recover: 96, lost: [{ reason: 'split-brain', images: 4 }] })

const item = (key: string, severity: Attention['severity'], since: number, title = key): Attention => ({
  ...{ key, severity, title, detail: '', since, action: { label: '', href: '' } },
})

interface World {
  sites: SitePulse[]
  ifLost: IfLost[] | null
  attention: Attention[] | null
  unknown?: number
  pools?: PoolPulse[]
}

const pool = (site: string, pair: string | null): PoolPulse => ({
  ...{ site, pool: 'volumes', pair, observedAt: NOW, sampledAt: null, fastSampledAt: null },
})

const viewOf = ({ sites, ifLost, attention, unknown = 0, pools = [] }: World) => ({
  sites,
  pools,
  ifLost,
  attention,
  counts: { images: 200, byVerdict: { following: 200 - unknown, unknown }, behindObjective: 0 },
})
const answer = (world: World, lostAt: number | null = null, now = NOW) => wallAnswer(viewOf(world), lostAt, now)
const well: World = { sites: [site('a'), site('b')], ifLost: [lost('a'), lost('b')], attention: [] }

test('all is well', () => {
  expect(answer(well)).toMatchObject({
    tone: 'ok',
    verdict: 'Protected',
    text: 'all 200 images come back',
    since: null,
  })
})

test('images that would be lost are counted, with the oldest of their causes and the reasons', () => {
  const attention = [item('verdict:split-brain', 'critical', NOW - 500_000), item('parents', 'warning', NOW - 900_000)]
  expect(answer({ ...well, ifLost: [lost('a'), broken('b')], attention })).toMatchObject({
    tone: 'bad',
    verdict: 'NOT protected',
    text: '4 of 200 images would be lost',
    since: NOW - 900_000,
    detail: '4 in split-brain',
  })
})

test('a site that does not answer is the answer, whatever else is wrong', () => {
  const ifLost = [lost('a'), lost('b', { recover: 0, lost: [{ reason: 'stale-evidence', images: 100 }] })]
  const attention = [item('silent:a', 'critical', NOW - 60_000)]
  expect(answer({ sites: [silent('a'), site('b')], ifLost, attention })).toMatchObject({
    tone: 'bad',
    text: 'a does not answer',
    since: NOW - 60_000,
    detail: '100 of 100 images elsewhere would be lost: 100 whose copy cannot be read',
  })
  const harmless = answer({ sites: [silent('a'), site('b')], ifLost: [lost('a'), lost('b')], attention })
  expect(harmless).toMatchObject({ tone: 'unknown', verdict: 'NOT KNOWN everywhere', text: 'a does not answer' })
})

test('a site that answers and of which a pool cannot be read is not called silent', () => {
  const ifLost = [lost('a', { known: false, readAt: NOW - 90_000 }), lost('b')]
  expect(answer({ ...well, ifLost })).toMatchObject({ text: 'a cannot be read in full', since: NOW - 90_000 })
})

test('where nothing is seen nothing is claimed, and it is said since when', () => {
  const dark = { ...well, sites: [silent('a', 90_000), silent('b', 60_000)] }
  expect(answer(dark)).toMatchObject({
    tone: 'unknown',
    verdict: 'NOT KNOWN',
    text: 'no site answers',
    since: NOW - 60_000,
  })
  expect(answer(well, NOW - 3_000)).toMatchObject({ tone: 'unknown', since: NOW - 3_000, verdict: 'NOT KNOWN' })
  expect(answer(well, null, NOW + 300_000)).toMatchObject({
    tone: 'unknown',
    text: 'nothing is being read',
    since: NOW - 2_000,
  })
  const fresh = { sites: [site('a', { state: 'new', lastOkAt: null })], ifLost: null, attention: null }
  expect(answer(fresh)).toMatchObject({ tone: 'unknown', text: 'no site has been read yet', since: null })
  expect(answer({ sites: [], ifLost: null, attention: null })).toMatchObject({ text: 'no site is configured' })
  expect(answer({ ...well, unknown: 7 })).toMatchObject({ tone: 'unknown', text: '7 images cannot be read' })
})

test('late is protected and late, with since; a warning is said; a critical item is never green', () => {
  const late = { ...well, ifLost: [lost('a', { behindObjective: 20 }), lost('b')] }
  expect(answer({ ...late, attention: [item('behind:a~b/p/a', 'warning', NOW - 600_000)] })).toMatchObject({
    tone: 'behind',
    verdict: 'Protected, late',
    text: '20 images behind their objective',
    since: NOW - 600_000,
  })
  expect(answer({ ...well, attention: [item('x', 'warning', NOW, 'The clock of a is off')] })).toMatchObject({
    tone: 'behind',
    text: 'the clock of a is off',
  })
  expect(answer({ ...well, attention: [item('daemon:b', 'critical', NOW, 'No rbd-mirror runs at b')] })).toMatchObject({
    tone: 'bad',
    text: 'no rbd-mirror runs at b',
  })
})

test('nothing mirrored is not protected', () => {
  const none = { primaries: 0, recover: 0, targets: [], worstHeldUntilAt: null }
  expect(answer({ ...well, ifLost: [lost('a', none), lost('b', none)] })).toMatchObject({ tone: 'unknown' })
})

const bare = { primaries: 0, recover: 0, targets: [], worstHeldUntilAt: null, known: false, readAt: null } as const

test('with nothing mirrored at all it is said, and what it means, and not that nobody has looked', () => {
  const world = { ...well, ifLost: [lost('a', bare), lost('b', bare)], pools: [pool('a', null), pool('b', null)] }
  expect(answer(world)).toEqual({
    tone: 'bad',
    verdict: 'NOT protected',
    text: 'nothing is mirrored',
    since: null,
    detail: 'If a site is lost now, all that it has is lost with it.',
  })
  expect(answer({ ...world, pools: [] })).toMatchObject({ verdict: 'NOT KNOWN', text: 'no site has been read yet' })
})

test('a site of which no pool is mirrored is named beside others that are, and stands before images that are lost', () => {
  const pools = [pool('a', 'a~b'), pool('b', 'a~b'), pool('c', null)]
  const sites = [site('a'), site('b'), site('c')]
  const world = { sites, pools, attention: [], ifLost: [lost('a'), lost('b'), lost('c', bare)] }
  expect(answer(world)).toMatchObject({ tone: 'bad', text: 'nothing of c is mirrored', since: null })
  const both = { ...world, ifLost: [broken('a'), lost('b'), lost('c', bare)] }
  expect(answer(both)).toMatchObject({
    text: '4 of 200 images would be lost',
    detail: '4 in split-brain · nothing of c is mirrored',
  })
  expect(wallSites(viewOf(both), NOW).map((one) => one.site.name)).toEqual(['c', 'a', 'b'])
  const dark = { ...world, sites: [silent('a'), site('b'), site('c')] }
  expect(answer(dark)).toMatchObject({ text: 'a does not answer', detail: 'nothing of c is mirrored' })
})

test('sites stand worst first, silent before broken, and keep their places while figures tick', () => {
  const world = viewOf({
    sites: [site('fine'), site('late'), silent('dark'), site('broken')],
    ifLost: [lost('fine'), lost('late', { behindObjective: 3 }), lost('dark'), broken('broken')],
    attention: [item('behind:late~x/p/late', 'warning', NOW - 9_000)],
  })
  const names = (now: number) => wallSites(world, now).map((one) => `${one.site.name} ${one.tone}`)
  expect(names(NOW)).toEqual(['dark unknown', 'broken bad', 'late behind', 'fine ok'])
  expect(names(NOW + 20_000)).toEqual(names(NOW))
  expect(wallSites(world, NOW).find((one) => one.site.name === 'late')?.since).toBe(NOW - 9_000)
})

const suspended: Attention = {
  ...item('behind:a~b/volumes/a', 'suspended', NOW - 300_000),
  note: { kind: 'suspended', until: NOW + 3600_000, by: 'Anna', reason: 'fibre is spliced' },
}

test('lag that a planned suspension explains is told as one, and never as if all were well', () => {
  const ifLost = [lost('a', { behindObjective: 12 }), lost('b')]
  expect(answer({ ...well, ifLost, attention: [suspended] })).toMatchObject({
    tone: 'behind',
    verdict: 'Protected, suspended',
    text: '12 images behind their objective',
    since: NOW - 300_000,
    detail: expect.stringContaining('as planned: suspended until 13:00 UTC by Anna: fibre is spliced · at worst'),
  })
})

test('one direction that is late beside it without a plan is late', () => {
  const ifLost = [lost('a', { behindObjective: 12 }), lost('b')]
  const attention = [suspended, item('behind:a~b/vms/b', 'warning', NOW - 60_000)]
  expect(answer({ ...well, ifLost, attention }).verdict).toBe('Protected, late')
})

test('a silent site that is waited for says who, when and why, and is as unknown as ever', () => {
  const note = { kind: 'acknowledged', at: NOW - 60_000, by: 'Anna', reason: 'power', expectedAt: null } as const
  const attention = [{ ...item('silent:a', 'critical', NOW - 90_000), note }]
  expect(
    answer({ sites: [silent('a'), site('b')], ifLost: [lost('a', { known: false }), lost('b')], attention }),
  ).toMatchObject({
    tone: 'unknown',
    detail: expect.stringContaining('outage acknowledged by Anna at 11:59 UTC: not failed over, because power'),
  })
})
