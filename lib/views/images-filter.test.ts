import { expect, test } from 'vitest'
import { filterOfText, filterText, ImagesRequest, isFiltered, NO_FILTER } from './images-filter'

test('a filter survives the way through the URL', () => {
  const filter = { ...NO_FILTER, q: 'vol a/b&c', verdict: ['split-brain', 'two-primaries'], behind: 'yes' } as const
  const kept = { ...filter, verdict: [...filter.verdict] }
  expect(filterOfText(filterText(kept))).toEqual(kept)
})

test('no filter is an empty text', () => {
  expect(filterText(NO_FILTER)).toBe('')
  expect(isFiltered(NO_FILTER)).toBe(false)
  expect(filterOfText('')).toEqual(NO_FILTER)
})

test('a word that is not understood is refused and never widens the filter', () => {
  expect(() => filterOfText('verdict=splitbrain')).toThrow()
  expect(() => filterOfText('veredict=split-brain')).toThrow()
  expect(() => filterOfText('behind=1')).toThrow()
})

test('a window is bounded', () => {
  expect(ImagesRequest.parse({ offset: '200', limit: '50' })).toMatchObject({ offset: 200, limit: 50, sort: 'worst' })
  expect(() => ImagesRequest.parse({ limit: '100000' })).toThrow()
  expect(() => ImagesRequest.parse({ offset: '-1' })).toThrow()
})
