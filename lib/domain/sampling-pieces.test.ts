import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PIECE_BYTES, PIECES, pieceOffsets, sampledDifference } from './sampling-pieces'

test('the same seed gives the same places, each once, inside the image', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 1 << 30 }), (seed, size) => {
      const places = pieceOffsets(seed, size)
      expect(pieceOffsets(seed, size)).toEqual(places)
      expect(new Set(places).size).toBe(places.length)
      expect(places.length).toBe(Math.min(PIECES, Math.ceil(size / PIECE_BYTES)))
      for (const place of places) expect(place % PIECE_BYTES === 0 && place < size).toBe(true)
    }),
  )
})

test('a piece that one side did not read counts for nothing', () => {
  expect(sampledDifference(['x', 'y', null, 'z'], ['x', 'n', 'q', null])).toEqual({ compared: 2, differ: 1, asked: 4 })
})
