import { expect, test } from 'vitest'
import { offsetsOf } from './use-row-windows'

test('a screen of rows asks for the windows that it lies in', () => {
  expect(offsetsOf(0, 0, 100)).toEqual([0])
  expect(offsetsOf(80, 120, 100)).toEqual([0, 100])
  expect(offsetsOf(100, 199, 100)).toEqual([100])
  expect(offsetsOf(99_990, 99_999, 100)).toEqual([99_900])
})
