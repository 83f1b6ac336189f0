import { expect, test } from 'vitest'
import { type Box, edgeBetween, layoutSites } from './layout'

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

test.each([1, 2, 3, 4, 5, 6])('%d sites stand inside the map and apart', (count) => {
  const width = 860
  const { boxes, height } = layoutSites(count, width)
  expect(boxes).toHaveLength(count)
  for (const box of boxes) {
    expect(box.x).toBeGreaterThanOrEqual(0)
    expect(box.x + box.width).toBeLessThanOrEqual(width)
    expect(box.y).toBeGreaterThanOrEqual(0)
    expect(box.y + box.height).toBeLessThanOrEqual(height)
  }
  for (const [index, box] of boxes.entries()) {
    for (const other of boxes.slice(index + 1)) expect(overlap(box, other)).toBe(false)
  }
})

test('no sites, no boxes', () => {
  expect(layoutSites(0, 800).boxes).toEqual([])
})

test('the two directions of a pair lie on different sides, and both labels inside the map', () => {
  const { boxes, height } = layoutSites(2, 800)
  const [left, right] = boxes as [Box, Box]
  const there = edgeBetween(left, right)
  const back = edgeBetween(right, left)
  expect(there.label.y).toBeLessThan(left.y + left.height / 2 - 20)
  expect(back.label.y).toBeGreaterThan(left.y + left.height / 2 + 20)
  expect(there.label.x).toBeCloseTo(400, 0)
  for (const { label } of [there, back]) {
    expect(label.y).toBeGreaterThan(12)
    expect(label.y).toBeLessThan(height - 12)
  }
})
