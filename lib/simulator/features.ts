import { type Copy, standing } from './image-state'

const USUAL = ['layering', 'exclusive-lock', 'object-map', 'fast-diff', 'deep-flatten']
/** In the order of their bits, in which librbd prints them. */
const ORDER = ['layering', 'striping', 'exclusive-lock', 'object-map', 'fast-diff', 'deep-flatten', 'journaling']

/** What a user can turn on and off of an image that is there. */
export const CHANGEABLE: readonly string[] = ['exclusive-lock', 'object-map', 'fast-diff', 'journaling']

/** An image's features as a user chose them, journaling among them. */
export const chosenFeatures = (copy: Copy): readonly string[] => [
  ...(copy.features ?? USUAL),
  ...(copy.journaling ? ['journaling'] : []),
]

/** The copy with these features. */
export const withFeatures = (copy: Copy, chosen: readonly string[]): Copy => ({
  ...copy,
  journaling: chosen.includes('journaling'),
  features: ORDER.filter((one) => one !== 'journaling' && chosen.includes(one)),
})

/** Features as librbd names them. */
export const featuresOf = (copy: Copy): string[] => [
  ...chosenFeatures(copy),
  ...(copy.mode === 'snapshot' && standing(copy) !== 'primary' ? ['non-primary'] : []),
]
