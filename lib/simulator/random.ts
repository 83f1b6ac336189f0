/** 32 well-mixed bits from a seed and up to two numbers. The same arguments give the same bits for ever. */
export function bits(seed: number, a: number, b = 0): number {
  let h = (seed ^ Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)) >>> 0
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad)
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97)
  return (h ^ (h >>> 15)) >>> 0
}

/** A number in [0, 1). */
export const fraction = (seed: number, a: number, b = 0): number => bits(seed, a, b) / 4294967296

/** 32 bits from text (FNV-1a). */
export function textBits(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return bits(h >>> 0, 0)
}

const ODD = 0x9e3779b1
const ODD_INVERSE = 0x0e8b2f51 // ODD * ODD_INVERSE = 1 (mod 2^32)

const BYTE = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, '0'))

/** Two bytes of hex; tables, because every name of every image is made of them. */
const hex16 = (n: number): string => (BYTE[(n >>> 8) & 255] as string) + (BYTE[n & 255] as string)
const hex32 = (n: number): string => hex16(n >>> 16) + hex16(n)

/**
 * A uuid whose first eight digits can be turned back into `index`. So 100,000 generated images are found by name
 * without a table of names.
 */
export function uuidAt(seed: number, salt: number, index: number): string {
  const key = bits(seed, salt)
  const mixed = Math.imul((index ^ key) >>> 0, ODD) >>> 0
  const head = (mixed ^ (mixed >>> 16)) >>> 0
  const b = bits(key, index, 1)
  const c = bits(key, index, 2)
  const d = bits(key, index, 3)
  const variant = '89ab'[c & 3]
  return `${hex32(head)}-${hex16(b >>> 16)}-4${hex16(b).slice(1)}-${variant}${hex16(c >>> 16).slice(1)}-${hex32(d)}${hex16(c)}`
}

/** The index that `uuidAt` was given, where `uuid` was made with the same seed and salt; any number otherwise. */
export function indexOfUuid(seed: number, salt: number, uuid: string): number {
  const key = bits(seed, salt)
  const head = Number.parseInt(uuid.slice(0, 8), 16)
  if (Number.isNaN(head)) return -1
  const mixed = (head ^ (head >>> 16)) >>> 0
  return (Math.imul(mixed, ODD_INVERSE) ^ key) >>> 0
}
