import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isFreshRead, paceMs } from './cloud-age'
import { byWorst, type VolumeStanding, worstOf } from './cloud-exposure'
import { RPO_SPEC, typeObjective } from './cloud-objective'
import { isVolumeImage, orphanImages } from './cloud-orphans'
import { durationSec } from './duration'
import { glancePlace } from './glance-place'

const held = (untilAt: number, breachAt = untilAt + 1000): VolumeStanding => ({
  kind: 'held',
  untilAt,
  breachAt,
  grade: 'measured',
})
const lost: VolumeStanding = { kind: 'no-copy', why: 'not mirrored' }
const dark: VolumeStanding = { kind: 'unknown', why: 'not read' }

test('a server is as exposed as its worst volume', () => {
  expect(worstOf([held(300), held(100), held(200)])).toMatchObject({ kind: 'held', heldUntilAt: 100, breachAt: 1100 })
})

test('an objective that is nearer counts, whichever volume it is of', () => {
  expect(worstOf([held(100, 9_000), held(200, 500)])).toMatchObject({ heldUntilAt: 100, breachAt: 500 })
})

test('unknown where one is unknown, and without a copy where one has none, with the reason', () => {
  expect(worstOf([held(1), dark])).toMatchObject({ kind: 'unknown', unknown: 1, grade: 'unknown', why: 'not read' })
  expect(worstOf([dark, held(1), lost])).toMatchObject({ kind: 'no-copy', withoutCopy: 1, why: 'not mirrored' })
  expect(worstOf([])).toMatchObject({ kind: 'none', heldUntilAt: null })
})

test('adding a volume never makes a server look better', () => {
  const any = fc.oneof(
    fc.integer({ min: 0, max: 1000 }).map((at) => held(at)),
    fc.constant(lost),
    fc.constant(dark),
  )
  fc.assert(
    fc.property(fc.array(any, { minLength: 1 }), any, (some, one) => {
      expect(byWorst(worstOf([...some, one]), worstOf(some))).toBeLessThanOrEqual(0)
    }),
  )
})

test('worst first: without a copy, unknown, late before early, and what has no volume last', () => {
  const rows = [worstOf([]), worstOf([held(500)]), worstOf([lost]), worstOf([held(100)]), worstOf([dark])]
  expect([...rows].sort(byWorst).map(({ kind, heldUntilAt }) => [kind, heldUntilAt])).toEqual([
    ['no-copy', null],
    ['unknown', null],
    ['held', 100],
    ['held', 500],
    ['none', null],
  ])
})

test('a volume type says its objective as a duration; what is none is said and not guessed', () => {
  const type = (text: string) => ({ name: 'gold', extraSpecs: { [RPO_SPEC]: text } })
  expect(typeObjective({ name: 'gold', extraSpecs: {} })).toEqual({ kind: 'none' })
  expect(typeObjective(type('30s'))).toEqual({ kind: 'set', sec: 30 })
  expect(typeObjective(type(' 1h '))).toEqual({ kind: 'set', sec: 3600 })
  for (const bad of ['', '30', 'soon', '0s', '-1m', '1.5m', '1ms'])
    expect(typeObjective(type(bad))).toMatchObject({ kind: 'bad', text: expect.stringContaining('gold') })
})

test('a duration is a whole number and a unit', () => {
  expect(['30s', '2m', '1h', '1d', '500ms'].map(durationSec)).toEqual([30, 120, 3600, 86_400, 0.5])
  expect(['', '5', 'm', '5w', '1h30m'].map(durationSec)).toEqual([null, null, null, null, null])
})

const ID = '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0'

test('only images that are named as Cinder names them can be orphans', () => {
  expect(isVolumeImage(`volume-${ID}`)).toBe(true)
  for (const name of [`volume-${ID}.deleted`, `volume-${ID}@s`, 'volume-db', ID, `img-volume-${ID}`])
    expect(isVolumeImage(name)).toBe(false)
})

test('an orphan is in a pool of a backend, bears a volume’s name, has no volume, and had none at the look before', () => {
  const image = (id: string, pool = 'volumes') => ({ id, pool, name: `volume-${ID.slice(0, -1)}${id}` })
  const images = [image('1'), image('2'), image('3', 'other'), { id: '4', pool: 'volumes', name: 'db' }]
  const look = (before: string[]) =>
    orphanImages(images, new Set(['volumes']), new Set([`volumes/${image('2').name}`]), new Set(before))
  expect(look([])).toEqual({ candidates: new Set(['1']), orphans: [] })
  expect(look(['1', '9']).orphans).toEqual(['1'])
})

test('a Glance image is where its rbd location says; hidden locations are a guess that says so; elsewhere is nowhere', () => {
  const url = 'rbd://fsid/images/abc%2Fd/snap'
  expect(glancePlace({ id: 'x', locations: ['file:///x', url] })).toEqual({
    pool: 'images',
    image: 'abc/d',
    fsid: 'fsid',
    by: 'location',
  })
  expect(glancePlace({ id: 'x', locations: [] })).toMatchObject({ pool: 'images', image: 'x', by: 'guess' })
  expect(glancePlace({ id: 'x', locations: ['swift://x'] })).toBeNull()
  expect(glancePlace({ id: 'x', locations: ['rbd://f/p/%zz/s'] })).toMatchObject({ image: '%zz' })
})

test('the many are read no more than a tenth of the time, services every 15 s', () => {
  expect(paceMs('services', 900)).toBe(15_000)
  expect(paceMs('volumes', 1_000)).toBe(60_000)
  expect(paceMs('volumes', 30_000)).toBe(300_000)
})

test('what failed three times in a row is not known any more, and what was never read never was', () => {
  const read = { kind: 'volumes', observedAt: 0, tookMs: 1_000 } as const
  expect(isFreshRead(read, 180_000)).toBe(true)
  expect(isFreshRead(read, 180_001)).toBe(false)
  expect(isFreshRead({ ...read, observedAt: null }, 0)).toBe(false)
})
