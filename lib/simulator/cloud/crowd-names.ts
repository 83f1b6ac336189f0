import { bits } from '../random'

const NAMES = ['web', 'api', 'db', 'queue', 'cache', 'files', 'build', 'mail', 'metrics', 'search']

/** A name as people give them. */
export const wordOf = (seed: number, number: number): string =>
  `${NAMES[bits(seed, number, 92) % NAMES.length]}-${String(number % 1_000).padStart(3, '0')}`
