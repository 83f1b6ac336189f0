import { expect, test } from 'vitest'
import { countOf, countText } from './count-text'
import { durationShort, durationText } from './duration-text'
import { shortId } from './short-id'
import { sizeText } from './size-text'
import { clockText, momentText } from './time-text'

test.each([
  [-3, '0 s'],
  [0, '0 s'],
  [42.9, '42 s'],
  [60, '1 min'],
  [200, '3 min 20 s'],
  [605, '10 min'],
  [4140, '1 h 09 min'],
  [187_200, '2 d 04 h'],
])('%d seconds read as %s', (seconds, text) => expect(durationText(seconds)).toBe(text))

test('a short duration has one unit', () => {
  expect([42, 119, 200, 8000, 400_000].map(durationShort)).toEqual(['42 s', '119 s', '3 min', '2 h', '4 d'])
})

test('a moment of another day names the day, and times are UTC', () => {
  const at = Date.UTC(2026, 10, 21, 2, 14, 7)
  expect(clockText(at)).toBe('02:14:07')
  expect(momentText(at, at + 60_000)).toBe('02:14:07 UTC')
  expect(momentText(at, at + 86_400_000)).toBe('21 Nov 02:14:07 UTC')
  expect(momentText(at, Date.UTC(2027, 0, 1))).toBe('21 Nov 2026 02:14:07 UTC')
})

test('identifiers are shortened in the middle and keep both ends', () => {
  expect(shortId('volume-1')).toBe('volume-1')
  expect(shortId('volume-0f3c2a77-1111-2222-3333-44445555e4a1')).toBe('volume-0f3c2a77-1…55e4a1')
})

test('sizes and counts', () => {
  expect([0, 512, 1024, 1536, 200 * 2 ** 30, 6.3 * 2 ** 40].map(sizeText)).toEqual([
    '0 B',
    '512 B',
    '1 KiB',
    '1.5 KiB',
    '200 GiB',
    '6.3 TiB',
  ])
  expect(countText(1204)).toBe('1,204')
  expect([countOf(1, 'image'), countOf(2, 'image')]).toEqual(['1 image', '2 images'])
})
