import { type Copy, standing } from './image-state'

const PLAIN = ['layering', 'exclusive-lock', 'object-map', 'fast-diff', 'deep-flatten']

/** Features as librbd names them. */
export const featuresOf = (copy: Copy): string[] => [
  ...PLAIN,
  ...(copy.journaling ? ['journaling'] : []),
  ...(copy.mode === 'snapshot' && standing(copy) !== 'primary' ? ['non-primary'] : []),
]
