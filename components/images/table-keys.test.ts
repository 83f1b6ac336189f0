import { expect, test } from 'vitest'
import { nextActive } from './table-keys'

test('keys move within the list and never out of it', () => {
  expect(nextActive('ArrowDown', 0, 3, 10)).toBe(1)
  expect(nextActive('ArrowUp', 0, 3, 10)).toBe(0)
  expect(nextActive('PageDown', 1, 3, 10)).toBe(2)
  expect(nextActive('End', 0, 100_000, 10)).toBe(99_999)
  expect(nextActive('Home', 50, 100, 10)).toBe(0)
  expect(nextActive('x', 50, 100, 10)).toBeNull()
})
