import { expect, test } from 'vitest'
import { sheetScale } from './sheet'
import type { Sentence } from './status-sentence'
import type { ServiceWords } from './status-words'

const service = { name: 'Payments', sentence: 'Cards.', objective: '5 minutes', note: null }
const said = (text: string): ServiceWords => ({
  ...{ tone: 'ok', state: 'Protected', since: null, readAt: 0, silent: [] },
  sentences: [{ about: 'place', sure: 'known', text } satisfies Sentence],
})
const services = (count: number, words: ServiceWords) => Array.from({ length: count }, () => ({ service, words }))

test('what fits on a sheet is printed as it is', () => {
  expect(sheetScale([])).toBe(1)
  expect(sheetScale(services(10, said('Its data is served from eu-west.')))).toBe(1)
})

test('the more there is to say, the smaller it is printed, and never so small that nobody could read it', () => {
  const scales = [400, 1_200, 1_600, 90_000].map((letters) => sheetScale(services(10, said('x'.repeat(letters)))))
  expect(scales[0]).toBe(1)
  expect(scales[1]).toBeLessThan(1)
  expect(scales[2]).toBeLessThan(scales[1] as number)
  expect(scales[3]).toBe(0.55)
})
