/** So many pieces of an image are compared at both sites: a sample, never a proof that the rest is the same. */
export const PIECES = 32
export const PIECE_BYTES = 65_536

/** Where the pieces begin, by a seed that both sites are given: the same places at both. Whole pieces, in order, no place twice. */
export function pieceOffsets(seed: number, sizeBytes: number, count = PIECES): readonly number[] {
  const places = Math.ceil(sizeBytes / PIECE_BYTES)
  if (places <= count) return Array.from({ length: places }, (_, place) => place * PIECE_BYTES)
  const chosen = new Set<number>()
  let state = seed >>> 0
  while (chosen.size < count) {
    // A step of mulberry32: spread evenly enough, and the same everywhere.
    state = (state + 0x6d2b79f5) >>> 0
    let word = Math.imul(state ^ (state >>> 15), state | 1)
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61)
    chosen.add(Math.floor((((word ^ (word >>> 14)) >>> 0) / 4_294_967_296) * places))
  }
  return [...chosen].sort((a, b) => a - b).map((place) => place * PIECE_BYTES)
}

export interface SampledDifference {
  /** Pieces that both sites read. */
  readonly compared: number
  readonly differ: number
  readonly asked: number
}

/** What the hashes of both sites say; a piece that one of them did not read counts for nothing. */
export function sampledDifference(
  left: readonly (string | null)[],
  right: readonly (string | null)[],
): SampledDifference {
  let compared = 0
  let differ = 0
  for (const [index, hash] of left.entries()) {
    const other = right[index] ?? null
    if (hash === null || other === null) continue
    compared++
    if (hash !== other) differ++
  }
  return { compared, differ, asked: left.length }
}
